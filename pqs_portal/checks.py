"""What `manage.py check --deploy` refuses: settings that are good for trying the portal out, and for nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from accounts.models import Organisation

SHORTEST_SECRET = 50
EXAMPLES = ("dev", "change", "example", "secret", "insecure", "django-insecure")
EMBEDDED_SOCKETS = "pqs-s-"  # devtools/embedded.py


@register(Tags.security, deploy=True)
def environment_is_production(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    if settings.DEVELOPMENT:
        yield Error("PORTAL_ENV is development.", hint="Set PORTAL_ENV=production.", id="portal.E001")


@register(Tags.security, deploy=True)
def secret_is_secret(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    secret = settings.SECRET_KEY
    if len(secret) < SHORTEST_SECRET or secret.lower().startswith(EXAMPLES):
        yield Error(
            "SECRET_KEY is too short or an example.",
            hint="Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'",
            id="portal.E002",
        )


@register(Tags.security, deploy=True)
def servers_are_not_embedded(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    hint = "Name a server that is backed up and outlives this machine."
    database = settings.DATABASES["default"]
    host = database.get("OPTIONS", {}).get("host") or database.get("HOST", "")
    if is_embedded(str(host)):
        yield Error("DATABASE_URL leads to the embedded PostgreSQL.", hint=hint, id="portal.E003")
    if is_embedded(settings.REDIS_URL):
        yield Error("REDIS_URL leads to the embedded Valkey.", hint=hint, id="portal.E004")


def is_embedded(address: str) -> bool:
    """A socket in a temporary folder, as `make run` makes them."""
    path = address.removeprefix("redis+socket://").removeprefix("unix://")
    temporary = {tempfile.gettempdir(), "/tmp", "/var/tmp"}  # noqa: S108 -- recognised, not used
    return path.startswith("/") and (
        EMBEDDED_SOCKETS in path or any(path.startswith(f"{folder}/") for folder in temporary)
    )


@register(Tags.security, deploy=True)
def worker_is_a_process(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    if settings.CELERY_TASK_ALWAYS_EAGER:
        yield Error("Celery runs tasks inside the request.", hint="Unset CELERY_TASK_ALWAYS_EAGER.", id="portal.E005")


@register(Tags.security, deploy=True)
def data_is_real(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """Demo people have published passwords. A database that cannot be asked yet is for /readyz to report."""
    try:
        has_demo = Organisation.objects.filter(is_demo=True).exists()
    except DatabaseError:
        return
    if has_demo:
        yield Error(
            "The database holds the demo organisation, whose passwords everybody can read.",
            hint="Begin with an empty database.",
            id="portal.E006",
        )
