"""Sending the mails that are due: at least once each, always under the same Message-ID."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections import Counter
from contextlib import suppress

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from reminders.emails import day_message
from reminders.models import Delivery
from reminders.services import claim
from reminders.services.truth import still_to_say

log = logging.getLogger(__name__)

# Seconds for each step of the conversation with the mail server.
TIMEOUT = 10
# A run ends before Celery would kill it; the next begins within a minute.
LONGEST_RUN = 300


def send_due(*, now: dt.datetime) -> Counter[str]:
    """Send what is due at ``now``; counts the outcomes: sent, cancelled, failed, put back, taken over.

    Nothing is claimed while the mail server cannot be reached, so an outage uses up nobody's attempts.
    """
    outcomes: Counter[str] = Counter()
    if given_up := claim.give_up_abandoned(now):
        outcomes["failed"] += given_up
    if not Delivery.objects.due(now).exists():
        return outcomes
    began = time.monotonic()
    connection = get_connection(timeout=TIMEOUT)
    try:
        while (elapsed := time.monotonic() - began) < LONGEST_RUN and _is_open(connection):
            moment = now + dt.timedelta(seconds=elapsed)
            delivery = claim.claim_next(moment)
            if delivery is None:
                break
            outcomes[_send(delivery, connection, moment)] += 1
    finally:
        _close(connection)
    return outcomes


def _send(delivery: Delivery, connection: BaseEmailBackend, now: dt.datetime) -> str:
    try:
        things = still_to_say(delivery, now)
        if not things:
            return claim.record_cancelled(delivery)
        day_message(delivery=delivery, things=things, connection=connection).send()
    except Exception as error:  # noqa: BLE001 -- whatever is wrong with one mail must not hold up the others
        _close(connection)
        return claim.record_failure(delivery, error, now)
    return claim.record_sent(delivery, now)


def _is_open(connection: BaseEmailBackend) -> bool:
    try:
        connection.open()
    except OSError as error:  # smtplib's errors are of this kind too
        log.warning("no mail is sent, the mail server cannot be used: %s", type(error).__name__)
        return False
    return True


def _close(connection: BaseEmailBackend) -> None:
    with suppress(OSError):
        connection.close()
