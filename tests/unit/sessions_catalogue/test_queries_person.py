"""One person's sessions as others see them."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from sessions_catalogue.queries_person import AttendanceLine, attendance_for
from tests.factories.pathway import CohortFactory
from tests.factories.sessions_catalogue import AttendanceFactory, ProgrammeSessionFactory, held

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

TODAY = timezone.localdate()


def mark(enrolment, number, cohort=None, **fields):
    session = ProgrammeSessionFactory(number=number, title=f"Title {number}")
    scheduled = held(cohort or enrolment.cohort, session=session)
    return AttendanceFactory(enrolment=enrolment, scheduled=scheduled, **fields).scheduled.held_on


def test_each_session_once_and_what_stands_last(world):
    again = CohortFactory(organisation=world.organisation)
    on = mark(world.enrolment, 2, state="missed")
    mark(world.enrolment, 2, again)
    mark(world.enrolment, 1, state="missed", studied_on=TODAY)
    mark(world.enrolment, 1, again, state="missed")
    mark(world.enrolment, 3, state="missed")
    found = attendance_for(world.enrolment, world.supervisor)
    assert found.lines == [
        AttendanceLine(1, "Title 1", TODAY, "Studied since", "done"),
        AttendanceLine(2, "Title 2", on, "There", "done"),
        AttendanceLine(3, "Title 3", on, "Not there", "info"),
    ]
    assert (found.behind, found.missed) == (2, 1)


@pytest.mark.parametrize(
    ("role", "lines", "links"),
    [("supervisor", 1, True), ("mentor", 1, False), ("line_manager", 1, False), ("ld_lead", 1, True),
     ("admin", 1, False), ("outsider", 0, False), ("panel_member", 0, False)],
)  # fmt: skip
def test_who_sees_what(world, role, lines, links):
    mark(world.enrolment, 1)
    found = attendance_for(world.enrolment, getattr(world, role))
    assert (len(found.lines), bool(found.catch_up_url), bool(found.certificate_url)) == (lines, links, links)


def test_nothing_yet(world):
    found = attendance_for(world.enrolment, world.supervisor)
    assert (found.lines, found.certificate_url, bool(found.catch_up_url)) == ([], "", True)
    page = render_to_string("components/attendance.html", vars(found))
    assert "No session has been marked" in page


def test_the_part_of_a_page(world):
    mark(world.enrolment, 4)
    page = render_to_string("components/attendance.html", vars(attendance_for(world.enrolment, world.supervisor)))
    assert "Title 4" in page
    assert f"/people/{world.enrolment.pk}/certificate/" in page
