"""What a production portal is refused for."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import DatabaseError

from pqs_portal import checks
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.unit

SOCKET = "/tmp/pqs-s-1/pg"  # noqa: S108 -- looked at, not used
# The same each time: it is part of the names of tests, which two processes must agree on.
GOOD = "q7Vt3Zp0" * 11


def ids(check):
    return [message.id for message in check(None)]


@pytest.mark.parametrize(("development", "found"), [(True, ["portal.E001"]), (False, [])])
def test_development(settings, development, found):
    settings.DEVELOPMENT = development
    assert ids(checks.environment_is_production) == found


@pytest.mark.parametrize(
    ("secret", "found"),
    [
        (GOOD, []),
        (GOOD[:49], ["portal.E002"]),
        ("dev-" + GOOD, ["portal.E002"]),
        ("change-me-" + GOOD, ["portal.E002"]),
        ("django-insecure-" + GOOD, ["portal.E002"]),
    ],
)
def test_secret(settings, secret, found):
    settings.SECRET_KEY = secret
    assert ids(checks.secret_is_secret) == found


@pytest.mark.parametrize(
    ("address", "embedded"),
    [
        (SOCKET, True),
        ("/var/folders/x/pqs-s-1/pg", True),
        ("redis+socket:///tmp/pqs-s-1/valkey.sock", True),
        ("unix:///tmp/other.sock", True),
        ("/var/run/postgresql", False),
        ("unix:///run/redis/redis.sock", False),
        ("db.example.org", False),
        ("redis://redis:6379/0", False),
        ("", False),
    ],
)
def test_embedded(address, embedded):
    assert checks.is_embedded(address) is embedded


@pytest.mark.parametrize("place", ["HOST", "OPTIONS"])
def test_both_servers_are_looked_at(monkeypatch, place):
    database = {"HOST": SOCKET} if place == "HOST" else {"OPTIONS": {"host": SOCKET}}
    servers = SimpleNamespace(DATABASES={"default": database}, REDIS_URL="redis+socket:///tmp/pqs-s-1/valkey.sock")
    monkeypatch.setattr(checks, "settings", servers)
    assert ids(checks.servers_are_not_embedded) == ["portal.E003", "portal.E004"]


def test_real_servers(monkeypatch):
    servers = SimpleNamespace(DATABASES={"default": {"HOST": "db", "OPTIONS": {}}}, REDIS_URL="redis://redis:6379/0")
    monkeypatch.setattr(checks, "settings", servers)
    assert ids(checks.servers_are_not_embedded) == []


@pytest.mark.parametrize(("eager", "found"), [(True, ["portal.E005"]), (False, [])])
def test_eager_celery(settings, eager, found):
    settings.CELERY_TASK_ALWAYS_EAGER = eager
    assert ids(checks.worker_is_a_process) == found


@pytest.mark.django_db
@pytest.mark.parametrize(("is_demo", "found"), [(True, ["portal.E006"]), (False, [])])
def test_demo_data(is_demo, found):
    OrganisationFactory(is_demo=is_demo)
    assert ids(checks.data_is_real) == found


def test_a_database_that_is_not_there_is_for_readyz(monkeypatch):
    def unreachable(**lookup):
        raise DatabaseError

    monkeypatch.setattr(checks.Organisation.objects, "filter", unreachable)
    assert ids(checks.data_is_real) == []


@pytest.mark.slow
def test_production_settings_are_clean():
    """In a process of its own, since settings are read once; the database need not be there."""
    environment = {
        "PORTAL_ENV": "production",
        "SECRET_KEY": GOOD,
        "SITE_URL": "https://portal.example.gov.uk",
        "DATABASE_URL": "postgres://portal:secret@127.0.0.1:1/portal",
        "REDIS_URL": "redis://redis:6379/0",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False, cwd=settings.BASE_DIR
    )
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout + done.stderr
