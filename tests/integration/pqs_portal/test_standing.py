"""Who a person is in an organisation is asked in SQL: it says what the querysets say, whoever asks and when."""

import datetime as dt

import pytest
from django.utils import timezone

from pathway.models import Cohort, Enrolment, LineManagement, Mentoring, Nomination, PanelMember
from pqs_portal.standing import Standing, standing_of
from reminders.models import Notification
from sessions_catalogue.models import Facilitation
from tests.factories.pathway import NominationFactory
from tests.factories.reminders import NotificationFactory
from tests.factories.sessions_catalogue import FacilitationFactory, ScheduledSessionFactory


def by_querysets(user, organisation):
    here = {"organisation": organisation}
    return Standing(
        is_supervisor=Enrolment.objects.of_supervisor(user).filter(cohort__status="published", **here).exists(),
        is_mentor=Enrolment.objects.mentored_by(user).filter(**here).exists(),
        is_line_manager=Enrolment.objects.line_managed_by(user).filter(**here).exists(),
        is_panel_member=PanelMember.objects.current().filter(member=user, **here).exists(),
        is_facilitator=Facilitation.objects.current().filter(member=user, **here).exists(),
        is_asked=Nomination.objects.filter(line_manager=user, status="asked", **here).exists(),
        has_nomination=Nomination.objects.open().filter(membership__user=user, **here).exists(),
        unread=Notification.objects.visible_to(user).unread().filter(**here).count(),
    )


@pytest.fixture
def people(world):
    """Everybody of both organisations, each with something to their name in both."""
    facilitator = FacilitationFactory(scheduled=ScheduledSessionFactory(cohort=world.cohort)).member
    nominated = NominationFactory(organisation=world.organisation)
    asked = NominationFactory(organisation=world.organisation, status="asked", time_agreed_by=None, time_agreed_at=None)
    NotificationFactory.create_batch(2, organisation=world.organisation, recipient=world.mentor)
    NotificationFactory(organisation=world.organisation, recipient=world.mentor, read_at=timezone.now())
    NotificationFactory(organisation=world.other.organisation, recipient=world.other.mentor)
    names = ("supervisor", "mentor", "line_manager", "panel_member", "ld_lead", "outsider")
    return [
        *(getattr(side, name) for side in (world, world.other) for name in names),
        *(facilitator, nominated.membership.user, nominated.line_manager, asked.line_manager),
    ]


def standings(people, organisation):
    return [standing_of(type(person).objects.get(pk=person.pk), organisation) for person in people]


def expected(people, organisation):
    return [by_querysets(type(person).objects.get(pk=person.pk), organisation) for person in people]


def test_each_kind_of_standing_is_somebodys(world, people):
    found = standings(people, world.organisation)
    assert [sum(bool(getattr(one, name)) for one in found) for name in Standing.__dataclass_fields__] == [1] * 8
    assert max(one.unread for one in found) == 2


@pytest.mark.parametrize("status", Cohort.Status.values)
def test_it_follows_the_cohort(world, people, status):
    Cohort.objects.update(status=status)
    assert standings(people, world.organisation) == expected(people, world.organisation)


@pytest.mark.parametrize("days", [-1, 0, 1])
@pytest.mark.parametrize("field", ["starts_on", "ends_on"])
def test_it_follows_the_dates(world, people, field, days):
    day = timezone.localdate() + dt.timedelta(days=days)
    begun = {"starts_on": day - dt.timedelta(days=9)} if field == "ends_on" else {}
    for model in (Mentoring, LineManagement, PanelMember, Facilitation):
        model.objects.update(**begun, **{field: day})
    assert standings(people, world.organisation) == expected(people, world.organisation)


@pytest.mark.parametrize("status", Nomination.Status.values)
def test_it_follows_the_nomination(world, people, status):
    year = world.enrolment if status == "joined" else None
    placed = {"cohort": world.cohort, "placed_by": world.ld_lead, "enrolment": year}
    Nomination.objects.filter(status="waiting").update(status=status, **placed)
    assert standings(people, world.organisation) == expected(people, world.organisation)
