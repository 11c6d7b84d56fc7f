"""A cohort's board: who stands first and why, what can be asked of it, and the file of it."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from pathway.models import Enrolment
from sessions_catalogue.models import Attendance
from tests.factories.pathway import CohortFactory, EnrolmentFactory, MentoringFactory, MilestoneFactory
from tests.factories.portfolio import shared
from tests.factories.sessions_catalogue import PlaceFactory, ProgrammeSessionFactory, ScheduledSessionFactory

TODAY = timezone.localdate()


def board_url(cohort, query=""):
    return reverse("insights:cohort", args=[cohort.pk]) + query


def csv_url(cohort, query=""):
    return reverse("insights:cohort_csv", args=[cohort.pk]) + query


def beside(cohort, name, **fields):
    enrolment = MentoringFactory(enrolment=EnrolmentFactory(cohort=cohort, **fields)).enrolment
    User.objects.filter(pk=enrolment.supervisor_id).update(name=name)
    return enrolment


def held(cohort, number, days_ago=3):
    starts_at = timezone.now() - dt.timedelta(days=days_ago)
    return ScheduledSessionFactory(cohort=cohort, session=ProgrammeSessionFactory(number=number), starts_at=starts_at)


def missed(enrolment, scheduled):
    return Attendance.objects.create(
        organisation=enrolment.organisation, enrolment=enrolment, scheduled=scheduled, state="missed"
    )


def names(answer):
    return [row.name for row in answer.context["rows"]]


@pytest.fixture
def cohort(world):
    """Three people: Ada missed a session, Ben is paused, and the world's own has nothing to be said."""
    world.supervisor.name = "Cleo"
    world.supervisor.save()
    ada = beside(world.cohort, "Ada")
    beside(world.cohort, "Ben", paused_from=TODAY, paused_until=TODAY + dt.timedelta(days=30))
    missed(ada, held(world.cohort, 4))
    return world.cohort


def test_who_missed_a_session_stands_first_with_that_reason(world, sign_in, cohort):
    rows = sign_in(world.ld_lead).get(board_url(cohort)).context["rows"]
    assert [(row.name, row.tag, row.reason) for row in rows] == [
        ("Ada", "To catch up", "Session 4"),
        ("Ben", "", ""),
        ("Cleo", "", ""),
    ]
    assert [row.year.sessions_count for row in rows] == ["0 of 1", "1 of 1", "1 of 1"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?show=missed", ["Ada"]),
        ("?show=paused", ["Ben"]),
        ("?show=no_mentor", []),
        ("?sort=name", ["Ada", "Ben", "Cleo"]),
        ("?sort=observations&show=everybody", ["Ada", "Ben", "Cleo"]),
        ("?show=nonsense&sort=nonsense", ["Ada", "Ben", "Cleo"]),
    ],
)
def test_it_shows_and_orders_what_is_asked(world, sign_in, cohort, query, expected):
    assert names(sign_in(world.ld_lead).get(board_url(cohort, query))) == expected


def test_sorting_by_attended_puts_the_fewest_first(world, sign_in, cohort):
    held(cohort, 5)
    for scheduled in cohort.scheduled_sessions.all():
        missed(world.enrolment, scheduled)
    assert names(sign_in(world.ld_lead).get(board_url(cohort, "?sort=attended"))) == ["Cleo", "Ada", "Ben"]


def test_a_session_counts_once_however_many_dates_of_it_somebody_had(world, sign_in, cohort):
    ada = Enrolment.objects.get(supervisor__name="Ada")
    again = held(CohortFactory(organisation=world.organisation), 4, days_ago=2)
    PlaceFactory(enrolment=ada, scheduled=again)
    mark = missed(ada, again)
    lead = sign_in(world.ld_lead)
    [row] = lead.get(board_url(cohort, "?show=missed")).context["rows"]
    assert (row.reason, row.year.sessions_count) == ("Session 4", "0 of 1")
    assert [word for _, _, word in row.session_details] == ["to catch up", "to catch up"]
    mark.state = "attended"
    mark.save()
    counts = {row.name: row.year.sessions_count for row in lead.get(board_url(cohort)).context["rows"]}
    assert counts["Ada"] == "1 of 1"


def test_a_column_opens_its_detail(world, sign_in, cohort):
    page = sign_in(world.ld_lead).get(board_url(cohort, "?detail=sessions&show=missed")).content.decode()
    assert "Session 4: Title of 4" in page
    assert "to catch up" in page


def test_nothing_is_late_and_nobody_chased_while_a_year_is_paused(world, sign_in):
    MilestoneFactory(programme=world.cohort.programme, title="Agreement", due_month=0)
    Enrolment.objects.filter(pk=world.enrolment.pk).update(
        starts_on=TODAY - dt.timedelta(days=40), paused_from=TODAY, paused_until=TODAY + dt.timedelta(days=9)
    )
    missed(world.enrolment, held(world.cohort, 4))
    [row] = sign_in(world.ld_lead).get(board_url(world.cohort)).context["rows"]
    assert (row.reason, row.year.overdue, row.can_be_nudged) == ("", [], False)
    assert row.year.status.startswith("Paused until ")


def test_the_file_has_the_rows_of_the_screen_and_runs_nothing(world, sign_in, cohort):
    User.objects.filter(name="Ada").update(name="=1+1")
    answer = sign_in(world.ld_lead).get(csv_url(cohort, "?show=missed"))
    header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (header[0], header[6]) == ("Name", "Sessions to catch up on")
    assert (row[0], row[4], row[5], row[6]) == ("'=1+1", "0", "1", "4")
    assert answer.headers["Content-Disposition"].endswith('.csv"')


def long_quiet(world):
    Enrolment.objects.filter(pk=world.enrolment.pk).update(starts_on=TODAY - dt.timedelta(weeks=9))


def test_the_lead_reads_of_quiet_on_the_screen_and_neither_in_print_nor_in_the_file(world, sign_in):
    long_quiet(world)
    client = sign_in(world.ld_lead)
    words = '<span class="pp-quiet pp-no-print">Nothing shared or attended for a while</span>'
    assert words in client.get(board_url(world.cohort)).content.decode()
    assert "attended for a while" not in client.get(csv_url(world.cohort)).content.decode()
    shared(world.enrolment)
    assert words not in client.get(board_url(world.cohort)).content.decode()


def test_an_admin_reads_nothing_of_quiet(world, sign_in):
    long_quiet(world)
    assert "for a while" not in sign_in(world.admin).get(board_url(world.cohort)).content.decode()


@pytest.mark.parametrize("role", ["supervisor", "mentor", "line_manager", "panel_member"])
def test_the_file_is_for_leads_and_admins(world, sign_in, role):
    assert sign_in(getattr(world, role)).get(csv_url(world.cohort)).status_code == 403
    assert sign_in(world.other.ld_lead).get(csv_url(world.cohort)).status_code == 404


@pytest.mark.parametrize("people", [1, 3])
def test_the_file_costs_the_same_however_many(world, sign_in, people, django_assert_num_queries):
    for _ in range(people - 1):
        MentoringFactory(enrolment=EnrolmentFactory(cohort=world.cohort))
    client = sign_in(world.ld_lead)
    client.get(csv_url(world.cohort))
    with django_assert_num_queries(11):
        client.get(csv_url(world.cohort))
