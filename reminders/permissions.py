"""Who may do what with notices: everybody with their own, nobody with another's."""

from __future__ import annotations

from enum import StrEnum

import rules

from accounts.models import User
from reminders.models import Notification


class Perm(StrEnum):
    SEE_NOTICES = "reminders.see_notices"
    MARK_READ = "reminders.mark_read"


@rules.predicate
def is_recipient(user: User, notification: Notification | None) -> bool:
    return notification is not None and notification.recipient_id == user.pk


rules.add_perm(Perm.SEE_NOTICES, rules.always_true)
rules.add_perm(Perm.MARK_READ, is_recipient)
