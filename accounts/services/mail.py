"""The outbox for mail about one's account (reset links and the like)."""

from __future__ import annotations

import datetime as dt
import logging
import uuid

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q

from accounts.models import AccountMail

log = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=2)
LAST_ATTEMPT = 8


def queue_account_mail(*, to: str, subject: str, text: str, html: str = "") -> AccountMail:
    """Write the row; beat finds it within ten seconds, whatever happens to the queue."""
    return AccountMail.objects.create(to=to, subject=" ".join(subject.split()), text=text, html=html)


def send_due_account_mail(*, now: dt.datetime) -> int:
    """Send what is due, at least once each, and delete it; returns how many went."""
    sent = 0
    for mail in _claim(now):
        message = EmailMultiAlternatives(
            mail.subject, mail.text, to=[mail.to], headers={"Message-ID": f"<account-{mail.pk}@portal>"}
        )
        if mail.html:
            message.attach_alternative(mail.html, "text/html")
        try:
            message.send()
        except OSError as error:
            _put_back(mail, now, error)
        else:
            AccountMail.objects.filter(pk=mail.pk, claim_id=mail.claim_id).delete()
            sent += 1
    return sent


@transaction.atomic
def _claim(now: dt.datetime) -> list[AccountMail]:
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    due = AccountMail.objects.filter(free, due_at__lte=now, attempts__lt=LAST_ATTEMPT).order_by("due_at")
    ids = list(due.select_for_update(skip_locked=True).values_list("pk", flat=True)[:20])
    claim = uuid.uuid4()
    AccountMail.objects.filter(pk__in=ids).update(claim_id=claim, lease_until=now + LEASE, attempts=F("attempts") + 1)
    return list(AccountMail.objects.filter(claim_id=claim))


def _put_back(mail: AccountMail, now: dt.datetime, error: OSError) -> None:
    log.warning("account mail not sent: %s", type(error).__name__)
    again = now + dt.timedelta(minutes=2**mail.attempts)
    AccountMail.objects.filter(pk=mail.pk, claim_id=mail.claim_id).update(lease_until=None, due_at=again)
