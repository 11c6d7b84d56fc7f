"""Rows of reminders, and things to be reminded of, for tests."""

import datetime as dt
import uuid

import factory
from django.utils import timezone

from pathway.timeline import TimelineEntry, TimelineEvent
from reminders.models import Delivery, Notification
from tests.factories import fake_timeline
from tests.factories.pathway import EnrolmentFactory


class DeliveryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Delivery

    organisation = factory.SubFactory("tests.factories.accounts.OrganisationFactory")
    recipient = factory.SubFactory("tests.factories.accounts.UserFactory")
    due_at = factory.LazyFunction(timezone.now)
    message_id = factory.LazyFunction(lambda: f"<{uuid.uuid4()}@test>")


class NotificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notification

    organisation = factory.SubFactory("tests.factories.accounts.OrganisationFactory")
    recipient = factory.SubFactory("tests.factories.accounts.UserFactory")
    kind = "preparation"
    key = factory.Sequence(lambda n: f"session:{n}")
    local_date = factory.LazyFunction(timezone.localdate)
    title = factory.Sequence(lambda n: f"Session {n}: prepare")
    url = "/sessions/5/"


def due_thing(enrolment=None, **values):
    """An entry of the fake timeline that waits on the enrolment's supervisor and is reminded of from today."""
    enrolment = enrolment or EnrolmentFactory()
    today = timezone.localdate()
    number = len(fake_timeline.ENTRIES) + 1
    entry = TimelineEntry(
        **{
            "key": f"session:{number}",
            "kind": "preparation",
            "organisation_id": enrolment.organisation_id,
            "enrolment_id": enrolment.pk,
            "waiting_on_id": enrolment.supervisor_id,
            "title": f"Session {number}: prepare",
            "url": f"/sessions/{number}/",
            "remind_from": today,
            "due_on": today + dt.timedelta(days=5),
            **values,
        }
    )
    fake_timeline.ENTRIES.append(entry)
    return entry


def news(organisation, recipient, **values):
    """An event of the fake timeline that happened just now."""
    number = len(fake_timeline.EVENTS) + 1
    event = TimelineEvent(
        **{
            "key": f"comment:{number}",
            "kind": "comment",
            "organisation_id": organisation.pk,
            "recipient_id": recipient.pk,
            "title": f"Comment {number} on your evidence",
            "url": f"/evidence/{number}/",
            "at": timezone.now(),
            **values,
        }
    )
    fake_timeline.EVENTS.append(event)
    return event
