"""A whole year in the demo: everything that Anwen has written up to its last month."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, User
from pathway.models import Enrolment
from portfolio.models import Point
from portfolio.services.self_assessment import save_assessment
from pqs_portal.demo.people import LONDON_START, NINETY, make_cohort
from pqs_portal.demo.portfolio import finished_assessment, rated
from pqs_portal.demo.programme import Office
from pqs_portal.demo.work import Desk
from pqs_portal.lib.dates import next_working_day
from sessions_catalogue.models import ProgrammeSession, ScheduledSession

WRITER = "anwen"


class WholeYear:
    """``data`` is fixtures/demo/year.json; its days count from the first of the year."""

    def __init__(self, organisation: Organisation, people: dict[str, User], data: dict[str, Any]) -> None:
        self.organisation, self.people, self.data = organisation, people, data
        self.cohort = make_cohort(organisation, data["cohort"], people, people["helen"])
        self.desk = Desk(self.cohort, people)
        found: Enrolment = self.desk.enrolment_of(WRITER)
        self.enrolment = found
        self.writer, self.mentor = people[WRITER], people[data["mentor"]["person"]]

    def at(self, day: int) -> dt.datetime:
        on = self.cohort.starts_on + dt.timedelta(days=day)
        return timezone.make_aware(dt.datetime.combine(on, dt.time(17, 30)))

    def days_ago(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row as the desk takes it."""
        return row | {"days_ago": (timezone.localdate() - self.cohort.starts_on).days - row["day"]}

    def fill(self) -> None:
        self.sessions()
        for row in self.data["evidence"]:
            self.desk.evidence(self.days_ago(row) | {"author": WRITER})
        for row in self.data["comments"]:
            self.desk.comment(self.days_ago(row))
        for row in self.data["observations"]:
            self.desk.observation(self.days_ago(row))
        self.assessments(**self.data["assessments"])

    def sessions(self) -> None:
        """Every session on its day; the register says that everybody was there."""
        supplied = ProgrammeSession.objects.filter(organisation=None).order_by("number")
        for session, day in zip(supplied, self.data["sessions"], strict=True):
            on = next_working_day(self.cohort.starts_on + dt.timedelta(days=day))
            starts_at = timezone.make_aware(dt.datetime.combine(on, LONDON_START))
            ScheduledSession.objects.create(
                organisation=self.organisation,
                cohort=self.cohort,
                session=session,
                starts_at=starts_at,
                ends_at=starts_at + NINETY,
                venue="County Hall, room 2",
            )
        office = Office(self.organisation, self.cohort, self.people)
        office.mentors([self.data["mentor"]])
        office.registers({})

    def assessments(self, start: dict[str, Any], middle: dict[str, Any], end: dict[str, Any]) -> None:
        """Two that are done, with the mentor's view beside each; the last one is being written."""
        for point, row in ((Point.START, start), (Point.MIDDLE, middle)):
            finished_assessment(
                self.enrolment,
                point,
                own=row["own"],
                mentors=row["mentor"],
                mentor=self.mentor,
                done=self.at(row["done_day"]),
                shared=self.at(row["shared_day"]),
            )
        save_assessment(
            enrolment=self.enrolment,
            point=Point.END,
            revision=0,
            ratings=rated(self.enrolment, end["own"]),
            by=self.writer,
        )
