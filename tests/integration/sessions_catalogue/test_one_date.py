"""One delivery: what a new date collides with, cancelled, given a new date; and what a lead sees of them."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from insights.queries.figures import coming_week
from pathway.models import Cohort, Enrolment
from pqs_portal.templatetags.portal import date_and_time
from sessions_catalogue import clashes, queries
from sessions_catalogue.layout import at_local
from sessions_catalogue.models import Attendance, CalendarPeriod, Facilitation, ScheduledSession
from tests.factories.sessions_catalogue import ProgrammeSessionFactory, ScheduledSessionFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

YEAR = timezone.localdate().year + 1
TEN = dt.time(10, 0)


@pytest.fixture(autouse=True)
def no_faith_days(monkeypatch):
    """They fall elsewhere every year; what is said of them is tested with fixed dates."""
    monkeypatch.setattr(clashes, "main_faith_days", lambda year: {})


def tuesday(month, day):
    on = dt.date(YEAR, month, day)
    return on + dt.timedelta(days=(1 - on.weekday()) % 7)


def dates_url(cohort):
    return f"/cohorts/{cohort.pk}/sessions/"


def edit_url(row):
    return f"{dates_url(row.cohort)}{row.pk}/"


def cancel_url(row):
    return f"{edit_url(row)}cancel/"


def sent_for(row, on, **changes):
    return {
        "held_on_day": on.day,
        "held_on_month": on.month,
        "held_on_year": on.year,
        "starts_at": "10:00",
        "minutes": "90",
        "mode": "face_to_face",
        "format": "group",
        "venue": "",
        "joining_link": "",
        "places": "",
        "revision": str(row.revision),
    } | changes


def scheduled(cohort, number, on, **fields):
    session = ProgrammeSessionFactory(number=number)
    return ScheduledSessionFactory(cohort=cohort, session=session, starts_at=at_local(on, TEN), **fields)


@pytest.fixture
def row(world):
    return scheduled(world.cohort, 6, tuesday(3, 3))


@pytest.fixture
def lead(world, sign_in):
    return sign_in(world.ld_lead)


def collisions(page):
    box = page.partition('id="collisions"')[2].partition("</ul>")[0]
    return [part.partition("</li>")[0] for part in box.split("<li>")[1:]]


# ---------------------------------------------------------------- looking before moving


def test_everything_a_date_collides_with_is_on_the_page_before_it_is_saved(world, lead, row):
    on = tuesday(6, 7)
    scheduled(world.cohort, 7, on, ends_at=at_local(on, dt.time(11, 30)))
    CalendarPeriod.objects.create(
        organisation=world.organisation, kind="closed", label="Moving house", starts_on=on, ends_on=on
    )
    Enrolment.objects.filter(pk=world.enrolment.pk).update(days_off=[2])
    answer = lead.post(edit_url(row), sent_for(row, on, starts_at="2pm"))
    page = answer.content.decode()
    assert collisions(page) == [
        "Closed: Moving house",
        "The one person does not work on Tuesdays",
        "Session 7 of this cohort is on the same day, 10:00 to 11:30",
    ]
    move = f"Move to {date_and_time(at_local(on, dt.time(14)))}"
    assert f">{move}</button>" in page
    row.refresh_from_db()
    assert row.revision == 1
    answer = lead.post(edit_url(row), sent_for(row, on, starts_at="2pm", checked=move), follow=True)
    assert "Closed: Moving house. The one person does not" in answer.content.decode()
    row.refresh_from_db()
    assert (row.starts_at, row.revision) == (at_local(on, dt.time(14)), 2)


def test_checking_saves_nothing_also_where_nothing_is_in_the_way(lead, row):
    page = lead.post(edit_url(row), sent_for(row, tuesday(6, 7), check="check", venue="Room 9")).content.decode()
    assert "Nothing stands in the way." in page
    assert 'value="Room 9"' in page
    row.refresh_from_db()
    assert (row.venue, row.revision) == ("", 1)


def test_another_date_than_the_one_that_was_shown_is_shown_first(lead, row):
    shown = f"Move to {date_and_time(at_local(tuesday(6, 7), TEN))}"
    answer = lead.post(edit_url(row), sent_for(row, tuesday(6, 14), checked=shown))
    assert answer.status_code == 200
    row.refresh_from_db()
    assert row.revision == 1


def test_a_new_place_on_a_bad_day_asks_nothing(world, lead, row):
    on = row.held_on
    CalendarPeriod.objects.create(
        organisation=world.organisation, kind="closed", label="Moving house", starts_on=on, ends_on=on
    )
    answer = lead.post(edit_url(row), sent_for(row, on, mode="online", format="mixed", places="12"), follow=True)
    assert "if you did not mean it" not in answer.content.decode()
    row.refresh_from_db()
    assert (row.mode, row.format, row.places, row.moved_at, row.revision) == ("online", "mixed", 12, None, 2)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"format": "in_pairs"}, "Choose one of the three"),
        ({"places": "0"}, "Enter a number of places from 1 to 999, or leave it empty"),
        ({"places": "many"}, "Enter a number of places from 1 to 999, or leave it empty"),
    ],
)
def test_wrong_input_says_how_to_mend_it(lead, row, wrong, message):
    page = lead.post(edit_url(row), sent_for(row, row.held_on, **wrong)).content.decode()
    assert page.count(message) == 2
    row.refresh_from_db()
    assert row.revision == 1


def test_the_second_lead_sees_the_new_fields_of_the_first(lead, row):
    lead.post(edit_url(row), sent_for(row, row.held_on, format="individual", places="8"))
    answer = lead.post(edit_url(row), sent_for(row, row.held_on, format="mixed"))
    page = " ".join(answer.content.decode().split())
    assert answer.status_code == 409
    assert ("On one’s own" in page, ">8<" in page.replace(" ", "")) == (True, True)


# ---------------------------------------------------------------- cancelling


def test_a_cancelled_session_leaves_every_list_but_the_leads(world, lead, sign_in, row):
    on = timezone.localdate() + dt.timedelta(days=3)
    ScheduledSession.objects.filter(pk=row.pk).update(starts_at=at_local(on, TEN), ends_at=at_local(on, dt.time(11)))
    assert "Cancel session 6 on" in lead.get(cancel_url(row)).content.decode()
    answer = lead.post(cancel_url(row), follow=True)
    page = answer.content.decode()
    assert "Session 6 is cancelled" in page
    assert "Give it a new date" in page
    assert page.count('data-label="When"') == 0
    row.refresh_from_db()
    assert (row.cancelled_by, row.revision) == (world.ld_lead, 2)
    assert AuditEvent.objects.get(target_id=row.pk).verb == "cancelled session"
    theirs = sign_in(world.supervisor).get(dates_url(world.cohort)).content.decode()
    assert ("No dates yet" in theirs, "Title of 6" in theirs, "Cancelled" in theirs) == (True, False, False)
    assert queries.next_sessions(world.supervisor) == {}
    assert queries.upcoming_area_dates(world.enrolment) == {}
    assert list(coming_week(world.ld_lead, world.organisation, timezone.now())) == []


def test_a_second_press_cancels_once(lead, row):
    for _ in range(2):
        assert lead.post(cancel_url(row)).url == dates_url(row.cohort)
    row.refresh_from_db()
    assert row.revision == 2
    assert AuditEvent.objects.filter(target_id=row.pk).count() == 1
    assert lead.get(cancel_url(row)).url == dates_url(row.cohort)


@pytest.mark.parametrize("how", ["held", "register", "closed"])
def test_what_has_been_held_or_is_over_is_not_cancelled(world, lead, row, how):
    if how == "held":
        ScheduledSession.objects.filter(pk=row.pk).update(starts_at=timezone.now() - dt.timedelta(minutes=1))
        words = "Session 6 has been held already, so it cannot be cancelled"
    elif how == "register":
        Attendance.objects.create(
            organisation=world.organisation, enrolment=world.enrolment, scheduled=row, state="attended"
        )
        words = "Session 6 has been held already, so it cannot be cancelled"
    else:
        Cohort.objects.filter(pk=world.cohort.pk).update(status=Cohort.Status.CLOSED)
        words = "This cohort is closed, so its dates stay as they are"
    assert words in lead.post(cancel_url(row), follow=True).content.decode()
    row.refresh_from_db()
    assert (row.cancelled_at, row.revision) == (None, 1)


@pytest.mark.parametrize("role", ["supervisor", "mentor", "line_manager", "admin", "outsider", "senior_leader"])
def test_only_leads_cancel(world, sign_in, row, role):
    status = 404 if role in ("outsider", "senior_leader") else 403
    client = sign_in(getattr(world, role))
    assert (client.get(cancel_url(row)).status_code, client.post(cancel_url(row)).status_code) == (status, status)
    assert sign_in(world.other.ld_lead).post(cancel_url(row)).status_code == 404
    row.refresh_from_db()
    assert row.cancelled_at is None


# ---------------------------------------------------------------- a new date


@pytest.mark.parametrize("is_same_time", [True, False])
def test_a_cancelled_session_gets_a_new_date_and_people_are_told(lead, row, is_same_time):
    lead.post(cancel_url(row))
    row.refresh_from_db()
    was = row.starts_at
    page = lead.get(edit_url(row)).content.decode()
    assert "Cancelled. It was to be on" in page
    assert ">Give it this date</button>" in page
    on = row.held_on if is_same_time else tuesday(6, 7)
    lead.post(edit_url(row), sent_for(row, on))
    row.refresh_from_db()
    assert (row.cancelled_at, row.cancelled_by, row.held_on, row.moved_from) == (None, None, on, was)
    assert row.moved_at is not None
    verbs = AuditEvent.objects.filter(target_id=row.pk).order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["cancelled session", "put session back"]


def test_moving_what_somebody_cancelled_meanwhile_says_so(lead, row):
    sent = sent_for(row, tuesday(6, 7))
    lead.post(cancel_url(row))
    answer = lead.post(edit_url(row), sent)
    assert (answer.status_code, "Cancelled" in answer.content.decode()) == (409, True)
    row.refresh_from_db()
    assert row.cancelled_at is not None


def test_a_session_that_has_another_date_by_now_gets_no_second(world, lead, row):
    lead.post(cancel_url(row))
    row.refresh_from_db()
    again = scheduled(world.cohort, 6, tuesday(6, 14))
    page = lead.post(edit_url(row), sent_for(row, tuesday(6, 7)), follow=True).content.decode()
    assert "This session has another date by now. Change that one" in page
    row.refresh_from_db()
    assert (row.cancelled_at is None, again.cancelled_at) == (False, None)


def test_what_was_cancelled_before_anybody_was_told_is_not_listed(world, lead, row):
    lead.post(cancel_url(row))
    Cohort.objects.filter(pk=world.cohort.pk).update(published_at=timezone.now())
    assert "Give it a new date" not in lead.get(dates_url(world.cohort)).content.decode()


# ---------------------------------------------------------------- the list


def test_a_lead_reads_who_runs_it_and_what_it_collides_with(world, lead, sign_in, row):
    on = row.held_on
    CalendarPeriod.objects.create(
        organisation=world.organisation, kind="school_holiday", label="Half term", starts_on=on, ends_on=on
    )
    Facilitation.objects.create(
        organisation=world.organisation, scheduled=row, member=world.outsider, invited_by=world.ld_lead
    )
    ScheduledSession.objects.filter(pk=row.pk).update(format="mixed", places=12)
    page = lead.get(dates_url(world.cohort)).content.decode()
    told = ["School holiday: Half term", "No place yet", "12 places", world.outsider.name]
    assert [words for words in told if words in page] == told
    theirs = sign_in(world.supervisor).get(dates_url(world.cohort)).content.decode()
    assert [words for words in told if words in theirs] == []
    assert ("Partly in a group" in theirs, "90 minutes" in theirs) == (True, True)
