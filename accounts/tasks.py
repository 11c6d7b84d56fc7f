"""Background work of accounts."""

from celery import shared_task
from django.utils import timezone

from accounts.services import mail


@shared_task
def send_account_mail() -> int:
    return mail.send_due_account_mail(now=timezone.now())
