"""The one mail of reminders: what is due or has happened, each thing with its link."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse

from pqs_portal.templatetags.portal import day_month, long_date
from reminders.models import Delivery, Notification


def day_message(
    *, delivery: Delivery, things: Sequence[Notification], connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """One mail with ``things`` (at least one) under the delivery's own Message-ID. No portfolio text in it."""
    organisation = delivery.organisation
    context = {
        "things": [{"title": one_line(thing.title), "by": _by(thing), "url": _absolute(thing.url)} for thing in things],
        "organisation": organisation,
        "notices_url": _absolute(reverse("reminders:notification_list")),
    }
    message = EmailMultiAlternatives(
        one_line(render_to_string("emails/reminders/day_subject.txt", context)),
        render_to_string("emails/reminders/day.txt", context).strip() + "\n",
        to=[delivery.recipient.email],
        reply_to=[organisation.help_email] if organisation.help_email else None,
        headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    message.attach_alternative(render_to_string("emails/reminders/day.html", context), "text/html")
    return message


def one_line(words: str) -> str:
    """No line ends and no control characters: nothing typed into a name can add a header or a line."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())


def _by(thing: Notification) -> str:
    """The date, unless the title says it already."""
    return long_date(thing.due_on) if thing.due_on and day_month(thing.due_on) not in thing.title else ""


def _absolute(url: str) -> str:
    return f"{settings.SITE_URL}{url}"
