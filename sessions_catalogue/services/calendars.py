"""People's private calendar addresses: made, renewed, ended. The address is told once; its hash is kept."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from sessions_catalogue.models import CalendarFeed
from sessions_catalogue.queries_calendar import hashed


@transaction.atomic
def make_feed(*, by: User) -> str:
    """The secret of a new address for the person's own dates; one that they had ends at once."""
    token = secrets.token_urlsafe(32)
    values = {"token_hash": hashed(token), "renewed_at": timezone.now()}
    _, is_new = CalendarFeed.objects.update_or_create(user=by, defaults=values)
    _record("made calendar address" if is_new else "renewed calendar address", by)
    return token


@transaction.atomic
def end_feed(*, by: User) -> bool:
    """The address leads nowhere from now on. False if there was none."""
    removed, _ = CalendarFeed.objects.visible_to(by).delete()
    if removed:
        _record("ended calendar address", by)
    return bool(removed)


def _record(verb: str, by: User) -> None:
    """Of no organisation: it may hold the dates of several, and none is told of it."""
    audit.record(verb, by=by, category=AuditEvent.Category.SIGN_IN, target=by, subject=by)
