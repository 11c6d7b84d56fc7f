"""Whose dates they are: by cohort or by a place, without what is cancelled or falls into a pause; and what a register
says of them."""

import datetime as dt

import pytest
from django.utils import timezone

from pathway.models import Enrolment, EnrolmentChange
from sessions_catalogue import timeline
from sessions_catalogue.layout import at_local
from sessions_catalogue.meetings import meetings_of
from sessions_catalogue.models import Attendance, Facilitation, Place, WorkspaceEntry
from tests.factories.accounts import member
from tests.factories.pathway import CohortFactory, EnrolmentFactory
from tests.factories.sessions_catalogue import ProgrammeSessionFactory, ScheduledSessionFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

HELD, LATER = dt.date(2027, 3, 3), dt.date(2027, 4, 7)
TODAY = dt.date(2027, 3, 10)
DAY = dt.timedelta(days=1)
LONG_AGO = at_local(dt.date(2025, 1, 1), dt.time(10))


@pytest.fixture
def held(world):
    world.cohort.published_at = at_local(dt.date(2027, 1, 4), dt.time(10))
    world.cohort.save()
    Enrolment.objects.filter(cohort=world.cohort).update(created_at=LONG_AGO)
    return delivery(world.cohort, 4, HELD)


def delivery(cohort, number, on, **fields):
    session = ProgrammeSessionFactory(number=number)
    return ScheduledSessionFactory(cohort=cohort, session=session, starts_at=at_local(on, dt.time(10)), **fields)


def recorded(enrolment, scheduled, state, **fields):
    return Attendance.objects.create(
        organisation=enrolment.organisation, enrolment=enrolment, scheduled=scheduled, state=state, **fields
    )


def entry(kind, today=TODAY, enrolments=None):
    people = Enrolment.objects.all() if enrolments is None else enrolments
    return next((one for one in timeline.entries(people, today) if one.kind == kind), None)


def test_a_session_past_its_day_is_held_as_long_as_no_register_says_otherwise(world, held):
    assert entry("session").done_on == HELD
    recorded(world.enrolment, held, Attendance.State.ATTENDED)
    assert (entry("session").done_on, entry("session_catch_up")) == (HELD, None)


def test_who_missed_it_is_asked_to_catch_up_instead_of_its_follow_up(world, held):
    at = at_local(dt.date(2027, 3, 4), dt.time(9))
    recorded(world.enrolment, held, Attendance.State.MISSED, recorded_at=at)
    assert (entry("session").done_on, entry("session_follow_up")) == (None, None)
    offer = entry("session_catch_up")
    assert (offer.title, offer.waiting_on_id) == ("Catch up on session 4: Title of 4", world.supervisor.pk)
    assert (offer.remind_from, offer.due_on, offer.done_on) == (dt.date(2027, 3, 4), dt.date(2027, 3, 31), None)
    assert offer.url == f"/people/{world.enrolment.pk}/catch-up/"


def test_studying_the_blocks_puts_it_behind_them(world, held):
    recorded(world.enrolment, held, Attendance.State.MISSED, studied_on=TODAY)
    assert (entry("session").done_on, entry("session_catch_up")) == (HELD, None)


def test_so_does_being_at_another_delivery_of_the_session(world, held):
    recorded(world.enrolment, held, Attendance.State.MISSED)
    elsewhere = delivery(CohortFactory(organisation=world.organisation), 4, LATER)
    Place.objects.create(
        organisation=world.organisation,
        enrolment=world.enrolment,
        scheduled=elsewhere,
        reason=Place.Reason.CATCH_UP,
        made_by=world.supervisor,
    )
    dates = [one.due_on for one in timeline.entries(Enrolment.objects.all(), TODAY) if one.kind == "session"]
    assert dates == [HELD, LATER]
    recorded(world.enrolment, elsewhere, Attendance.State.ATTENDED)
    assert entry("session_catch_up", today=LATER) is None


def test_a_cancelled_delivery_is_nobodys_date(world, held):
    held.cancelled_at = timezone.now()
    held.save()
    assert timeline.entries(Enrolment.objects.all(), TODAY) == []


def test_what_falls_into_a_pause_is_left_out(world, held):
    delivery(world.cohort, 5, LATER)
    EnrolmentChange.objects.create(
        organisation=world.organisation,
        enrolment=world.enrolment,
        kind=EnrolmentChange.Kind.PAUSE,
        starts_on=HELD,
        ends_on=LATER,
        days=(LATER - HELD).days,
        made_by=world.ld_lead,
    )
    assert {one.due_on for one in timeline.entries(Enrolment.objects.all(), TODAY) if one.kind == "session"} == {LATER}


def test_who_takes_single_sessions_has_only_the_dates_of_their_places(world, held):
    single = EnrolmentFactory(
        cohort=world.cohort,
        kind=Enrolment.Kind.PROGRAMME_ONLY,
        taking_part_as=Enrolment.TakingPartAs.SINGLE_SESSIONS,
    )
    own = Enrolment.objects.filter(pk=single.pk)
    assert entry("session", enrolments=own) is None
    Place.objects.create(
        organisation=world.organisation,
        enrolment=single,
        scheduled=held,
        reason=Place.Reason.SINGLE,
        made_by=world.ld_lead,
    )
    assert entry("session", enrolments=own).due_on == HELD


def place_at(scheduled, enrolment, **fields):
    return Place.objects.create(
        organisation=enrolment.organisation,
        enrolment=enrolment,
        scheduled=scheduled,
        reason=Place.Reason.CATCH_UP,
        made_by=enrolment.supervisor,
        **fields,
    )


def test_a_place_that_was_given_up_for_another_is_no_date(world, held):
    other = CohortFactory(organisation=world.organisation)
    place_at(delivery(other, 5, HELD), world.enrolment, given_up_at=timezone.now())
    place_at(delivery(other, 6, LATER), world.enrolment)
    assert [(one.number, one.on) for one in meetings(world)] == [(4, HELD), (6, LATER)]


def meetings(world):
    return meetings_of(Enrolment.objects.filter(pk=world.enrolment.pk)).get(world.enrolment.pk, [])


def came(world, on):
    at = at_local(on, dt.time(12))
    Enrolment.objects.filter(pk=world.enrolment.pk).update(created_at=at)


def test_what_was_held_before_somebody_came_is_neither_attended_nor_missed(world, held):
    came(world, HELD + DAY)
    delivery(world.cohort, 5, LATER)
    assert [one.number for one in meetings(world)] == [5]
    assert meetings(world)[0].told_from == HELD + DAY
    recorded(world.enrolment, held, Attendance.State.ATTENDED)
    assert [one.number for one in meetings(world)] == [4, 5]


def test_who_comes_on_the_day_itself_is_there(world, held):
    came(world, HELD)
    assert [one.number for one in meetings(world)] == [4]


def test_who_is_entered_with_a_year_begun_on_paper_was_there(world, held):
    came(world, LATER)
    type(world.cohort).objects.update(published_at=at_local(LATER, dt.time(11)))
    assert [one.number for one in meetings(world)] == [4]
    assert entry("session_follow_up").remind_from is None


def test_who_was_moved_comes_with_what_they_attended(world, held):
    second = delivery(world.cohort, 5, HELD + DAY)
    EnrolmentChange.objects.create(
        organisation=world.organisation,
        enrolment=world.enrolment,
        kind=EnrolmentChange.Kind.MOVE,
        starts_on=HELD,
        made_by=world.ld_lead,
    )
    EnrolmentChange.objects.update(created_at=at_local(LATER, dt.time(10)))
    assert meetings(world) == []
    before = delivery(CohortFactory(organisation=world.organisation), 4, HELD - DAY)
    recorded(world.enrolment, before, Attendance.State.ATTENDED)
    recorded(world.enrolment, second, Attendance.State.MISSED)
    assert [(one.number, one.missed_on is None) for one in meetings(world)] == [(4, True), (5, False)]


def test_who_begins_later_than_the_cohort_has_its_dates_from_then_on(world, held):
    delivery(world.cohort, 5, LATER)
    Enrolment.objects.filter(pk=world.enrolment.pk).update(starts_on=LATER)
    type(world.cohort).objects.update(starts_on=dt.date(2027, 1, 4))
    assert [one.number for one in meetings(world)] == [5]
    # Dates that a lead puts before the start of the whole cohort are everybody's.
    type(world.cohort).objects.update(starts_on=LATER)
    assert [one.number for one in meetings(world)] == [4, 5]


def test_a_follow_up_that_was_given_is_done(world, held):
    WorkspaceEntry.objects.create(
        organisation=world.organisation, enrolment=world.enrolment, session=held.session, ticked_on=TODAY
    )
    assert entry("session_follow_up").done_on == TODAY


def test_a_cancelled_session_is_told_once_and_its_move_no_more(world, held):
    world.cohort.published_at = timezone.now() - dt.timedelta(days=1)
    world.cohort.save()
    facilitator = member(world.organisation)
    Facilitation.objects.create(
        organisation=world.organisation, scheduled=held, member=facilitator, invited_by=world.ld_lead
    )
    single = EnrolmentFactory(
        cohort=world.cohort,
        kind=Enrolment.Kind.PROGRAMME_ONLY,
        taking_part_as=Enrolment.TakingPartAs.SINGLE_SESSIONS,
    )
    held.moved_at = held.cancelled_at = timezone.now()
    held.moved_from = held.starts_at - dt.timedelta(days=1)
    held.save()
    found = timeline.events(timezone.now() - dt.timedelta(days=1))
    assert {event.title for event in found} == {"Session 4 on Wednesday 3 March 2027, 10:00 is cancelled"}
    assert {event.recipient_id for event in found} == {world.supervisor.pk, world.mentor.pk, facilitator.pk}
    assert single.supervisor_id not in {event.recipient_id for event in found}
    urls = {event.recipient_id: event.url for event in found}
    assert urls[facilitator.pk] == f"/deliveries/{held.pk}/"
    assert len(found) == 3


def test_who_has_a_place_hears_of_its_move_while_their_year_goes_on(world, held):
    guest = EnrolmentFactory(cohort=CohortFactory(organisation=world.organisation))
    place_at(held, guest)
    heard = lambda: {event.recipient_id for event in timeline.events(timezone.now() - dt.timedelta(hours=1))}  # noqa: E731
    moved(held, held.starts_at - DAY)
    assert guest.supervisor_id in heard()
    today = timezone.localdate()
    for fields in ({"ended_on": today}, {"ended_on": None, "paused_from": today, "paused_until": today + DAY}):
        Enrolment.objects.filter(pk=guest.pk).update(**fields)
        assert guest.supervisor_id not in heard()


def moved(scheduled, from_, at=None):
    scheduled.moved_from, scheduled.moved_at = from_, at or timezone.now()
    scheduled.save()
    return {event.title for event in timeline.events(timezone.now() - dt.timedelta(hours=1))}


def test_put_back_at_its_old_time_it_takes_place_after_all(world, held):
    assert moved(held, held.starts_at) == {"Session 4 takes place on Wednesday 3 March 2027, 10:00 after all"}


def test_what_is_taken_out_of_a_draft_is_no_news(world, held):
    held.cancelled_at = timezone.now()
    held.save()
    world.cohort.published_at = timezone.now() + dt.timedelta(seconds=1)
    world.cohort.save()
    assert timeline.events(timezone.now() - dt.timedelta(hours=1)) == []
