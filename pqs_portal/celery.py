"""The Celery application: rows in PostgreSQL are the truth, tasks only wake the work up."""

import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pqs_portal.settings")

app = Celery("pqs_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def load_names(**_signal: object) -> None:
    """The lists of names take a second and 60 MB: once, before the worker forks."""
    from pqs_portal.lib.confidentiality import find  # noqa: PLC0415 -- only a worker looks into files

    find("Anna")
