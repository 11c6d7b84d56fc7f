"""The one mail of reminders: what is due or has happened, each thing with its link, dates also as files."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from email.encoders import encode_base64
from email.mime.base import MIMEBase

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from pqs_portal.lib.calendar import CalendarEntry, invitation
from pqs_portal.templatetags.portal import day_month, long_date
from reminders.models import Delivery, Notification
from sessions_catalogue.queries_calendar import entries_for_keys

log = logging.getLogger(__name__)


def day_message(
    *, delivery: Delivery, things: Sequence[Notification], connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """One mail with ``things`` (at least one) under the delivery's own Message-ID. No portfolio text in it."""
    organisation = delivery.organisation
    files = _date_files(things, delivery.recipient)
    context = {
        "things": [{"title": one_line(thing.title), "by": _by(thing), "url": _absolute(thing.url)} for thing in things],
        "organisation": organisation,
        "notices_url": _absolute(reverse("reminders:notification_list")),
        "dates": len(files),
        "calendar_url": _absolute(reverse("sessions_catalogue:calendar")),
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
    for file in files:
        message.attach(file)
    return message


def _date_files(things: Sequence[Notification], recipient: User) -> list[MIMEBase]:
    """The dates that the mail speaks of, one to a file: Outlook opens one as an appointment, but several as a calendar
    of its own. Without them the mail still says everything, so that no fault of theirs holds it up."""
    try:
        return [_date_file(entry) for entry in entries_for_keys([thing.key for thing in things], recipient)]
    except Exception as error:  # noqa: BLE001 -- whatever it is, the mail matters more
        log.warning("a mail goes without its dates: %s", type(error).__name__)
        return []


def _date_file(entry: CalendarEntry) -> MIMEBase:
    file = MIMEBase("text", "calendar", method="PUBLISH", charset="utf-8")
    file.set_payload(invitation(entry, timezone.now()))
    encode_base64(file)  # as text, the lines' ends would be the mail program's
    name = f"{slugify(entry.title)[:60]}-{timezone.localdate(entry.starts_at)}.ics"
    file.add_header("Content-Disposition", "attachment", filename=name)
    return file


def one_line(words: str) -> str:
    """No line ends and no control characters: nothing typed into a name can add a header or a line."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())


def _by(thing: Notification) -> str:
    """The date, unless the title says it already."""
    return long_date(thing.due_on) if thing.due_on and day_month(thing.due_on) not in thing.title else ""


def _absolute(url: str) -> str:
    return f"{settings.SITE_URL}{url}"
