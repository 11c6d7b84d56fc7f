"""Taking a mail to send, and writing down what came of it: only the one who holds the claim may."""

from __future__ import annotations

import datetime as dt
import logging
import random
import uuid
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException

from django.db import transaction

from reminders.models import Delivery
from reminders.querysets import LAST_ATTEMPT

log = logging.getLogger(__name__)

# Longer than one whole conversation with a slow mail server (send.TIMEOUT for each of its steps).
LEASE = dt.timedelta(minutes=2)
LONGEST_PAUSE = 60  # minutes
PERMANENT = 500


@transaction.atomic
def claim_next(now: dt.datetime) -> Delivery | None:
    """The mail that is due longest, now ours until the lease ends; nobody waits for it, others take the next."""
    due = Delivery.objects.due(now).select_related("organisation", "recipient").order_by("due_at")
    delivery: Delivery | None = due.select_for_update(skip_locked=True, of=("self",)).first()
    if delivery is None:
        return None
    delivery.state = Delivery.State.SENDING
    delivery.claim_id = uuid.uuid4()
    delivery.lease_until = now + LEASE
    delivery.attempts += 1
    delivery.save(update_fields=["state", "claim_id", "lease_until", "attempts"])
    return delivery


def give_up_abandoned(now: dt.datetime) -> int:
    """Mails whose every sender was killed: what kills a process must not go on killing them."""
    values = {"state": Delivery.State.FAILED, "lease_until": None, "last_error": "never finished"}
    return Delivery.objects.abandoned_for_good(now).update(**values)


def record_sent(delivery: Delivery, now: dt.datetime) -> str:
    return _record(delivery, Delivery.State.SENT, sent_at=now, last_error="")


def record_cancelled(delivery: Delivery) -> str:
    return _record(delivery, Delivery.State.CANCELLED)


def record_failure(delivery: Delivery, error: Exception, now: dt.datetime) -> str:
    """Try again later, unless the recipient's server said never or it was the last attempt."""
    words = _describe(error)
    if is_permanent(error) or delivery.attempts >= LAST_ATTEMPT:
        log.error("mail %s given up after %s attempts: %s", delivery.pk, delivery.attempts, words)
        return _record(delivery, Delivery.State.FAILED, last_error=words)
    log.warning("mail %s put back after %s attempts: %s", delivery.pk, delivery.attempts, words)
    return _record(delivery, Delivery.State.QUEUED, due_at=now + pause_after(delivery.attempts), last_error=words)


def pause_after(attempts: int) -> dt.timedelta:
    """1, 2, 4 … 60 minutes, and up to a fifth more, so that not all come back at once."""
    minutes = min(2 ** (attempts - 1), LONGEST_PAUSE)
    return dt.timedelta(minutes=minutes * random.uniform(1, 1.2))  # noqa: S311 -- spreads, hides nothing


def is_permanent(error: Exception) -> bool:
    """Whether the server refused this mail for good. A refused sender is our own setting, which can be mended."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= PERMANENT


def _record(delivery: Delivery, state: Delivery.State, **values: object) -> str:
    """Write the outcome if the claim is still ours; says which outcome it was."""
    mine = Delivery.objects.filter(pk=delivery.pk, claim_id=delivery.claim_id, state=Delivery.State.SENDING)
    if mine.update(state=state, lease_until=None, **values):
        return "put back" if state == Delivery.State.QUEUED else str(state.value)
    log.warning("mail %s was taken over by another sender", delivery.pk)
    return "taken over"


def _describe(error: Exception) -> str:
    """Kind and codes, never the server's words: they repeat addresses."""
    codes: list[int] = []
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    elif isinstance(error, SMTPResponseException):
        codes = [error.smtp_code]
    return " ".join([type(error).__name__, *map(str, codes)])[:200]
