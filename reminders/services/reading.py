"""Marking notices as read. Not audited: nobody else is told what a person has read."""

from __future__ import annotations

import datetime as dt

from accounts.models import Organisation, User
from reminders.models import Notification


def mark_read(*, notification: Notification, by: User, now: dt.datetime) -> None:
    """The first time counts."""
    Notification.objects.visible_to(by).unread().filter(pk=notification.pk).update(read_at=now)


def mark_all_read(*, organisation: Organisation, by: User, now: dt.datetime) -> int:
    return Notification.objects.visible_to(by).unread().of(organisation).update(read_at=now)
