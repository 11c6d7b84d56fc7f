"""Composition root of the portal: settings, URLs, Celery and checks."""

from pqs_portal.celery import app as celery_app

__all__ = ["celery_app"]
