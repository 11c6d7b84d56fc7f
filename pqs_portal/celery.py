"""The Celery application: rows in PostgreSQL are the truth, tasks only wake the work up."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pqs_portal.settings")

app = Celery("pqs_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
