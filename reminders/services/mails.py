"""Which mail carries what: several things of one day travel together."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reminders.models import Delivery, Notification
from reminders.queries import Hearer

AT_A_TIME = 1000
REMINDERS_GO_AT = dt.time(8)
# News waits a little, so that five comments are one mail.
NEWS_WAITS = dt.timedelta(minutes=10)


def put_into_mails(*, today: dt.date, now: dt.datetime) -> int:
    """Give each notification without a mail the person's one open mail; returns how many found one."""
    total = 0
    while put := _put_some(today=today, now=now):
        total += put
    return total


@transaction.atomic
def _put_some(*, today: dt.date, now: dt.datetime) -> int:
    loose = Notification.objects.filter(delivery=None).order_by("organisation_id", "recipient_id", "pk")
    by_person: dict[Hearer, list[Notification]] = defaultdict(list)
    for notification in loose.select_for_update(skip_locked=True)[:AT_A_TIME]:
        by_person[(notification.organisation_id, notification.recipient_id)].append(notification)
    if not by_person:
        return 0
    mails = _open_mails(by_person, today=today, now=now)
    put = [notification for person in mails for notification in by_person[person]]
    for notification in put:
        notification.delivery = mails[(notification.organisation_id, notification.recipient_id)]
    Notification.objects.bulk_update(put, ["delivery"], batch_size=500)
    return len(put)


def _open_mails(
    by_person: dict[Hearer, list[Notification]], *, today: dt.date, now: dt.datetime
) -> dict[Hearer, Delivery]:
    """Each person's open mail, made where there is none, and locked so that no sender takes it meanwhile.

    A mail that a sender claims between the two statements is missing: its person's turn comes with the next run.
    """
    morning = timezone.make_aware(dt.datetime.combine(today, REMINDERS_GO_AT))
    with_reminder = {person for person, things in by_person.items() if any(thing.due_on for thing in things)}
    Delivery.objects.bulk_create(
        [
            _new_mail(person, due_at=max(morning, now) if person in with_reminder else now + NEWS_WAITS)
            for person in by_person
        ],
        ignore_conflicts=True,
    )
    rows = Delivery.objects.open().filter(
        organisation__in={organisation for organisation, _ in by_person}, recipient__in={who for _, who in by_person}
    )
    locked = rows.order_by("organisation_id", "recipient_id").select_for_update()
    found = {(mail.organisation_id, mail.recipient_id): mail for mail in locked}
    mails = {person: mail for person, mail in found.items() if person in by_person}
    # News that waits at night goes with the morning's reminders.
    early = [mail for person, mail in mails.items() if person in with_reminder and mail.due_at < morning]
    for mail in early:
        mail.due_at = morning
    Delivery.objects.bulk_update(early, ["due_at"], batch_size=500)
    return mails


def _new_mail(person: Hearer, *, due_at: dt.datetime) -> Delivery:
    organisation_id, recipient_id = person
    pk = uuid.uuid4()
    return Delivery(
        id=pk,
        organisation_id=organisation_id,
        recipient_id=recipient_id,
        due_at=due_at,
        message_id=f"<{pk}@{urlsplit(settings.SITE_URL).hostname}>",
    )
