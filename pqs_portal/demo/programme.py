"""What the programme leaves behind in the demo: registers, mentors' records, who waits, notes, closed days."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from accounts.models import Membership, Organisation, User
from pathway.models import Cohort, Enrolment, MentorRecord, Nomination, ParticipationNeed, ReadinessItem
from pathway.services.people import Companions, enrol
from pathway.services.readiness import begin_lists, tick_item
from portfolio.models import Note
from portfolio.services.actions import note_action
from portfolio.services.later import keep_note
from pqs_portal.demo.shown import shown_mentor
from pqs_portal.lib.dates import next_working_day
from sessions_catalogue.models import (
    Attendance,
    BlockItem,
    CalendarPeriod,
    Facilitation,
    PlannedSession,
    ProgrammeSession,
    ScheduledSession,
    SessionPlan,
    Suggestion,
    WorksheetTemplate,
)
from sessions_catalogue.services.worksheets import save_worksheet
from sessions_catalogue.services.workspace import save_entry, set_opened

AFTERNOON, NINETY = dt.time(14, 0), dt.timedelta(minutes=90)


class Office:
    """The L&D lead's side of the demo, and the little that Sam writes around sessions."""

    def __init__(self, organisation: Organisation, cohort: Cohort, people: dict[str, User]) -> None:
        self.organisation, self.cohort, self.people = organisation, cohort, people
        self.lead, self.today = people["helen"], timezone.localdate()
        self.sessions = {row.number: row for row in ProgrammeSession.objects.supplied()}

    def fill(self, data: dict[str, Any]) -> None:
        self.mentors(data["mentors"])
        self.registers(data["missed"])
        self.second_cohort(data["second_cohort"])
        self.waiting(data["waiting"])
        self.calendar(data["periods"])
        self.template(**data["template"])
        self.suggestions(data["suggestions"])
        self.ready(data["ready"])
        self.writing(data["writing"])

    def enrolment_of(self, key: str) -> Enrolment:
        return self.cohort.enrolments.get(supervisor=self.people[key])

    def mentors(self, rows: list[dict[str, Any]]) -> None:
        """Registered until the next 30 November, when registrations are renewed."""
        until = dt.date(self.today.year, 11, 30)
        until = until if until > self.today + dt.timedelta(days=60) else until.replace(year=until.year + 1)
        for row in rows:
            facts = {
                "registered_until": until,
                "has_two_years": True,
                "capacity": row["capacity"],
                "about": row["about"],
                "checked_by": self.lead,
                "checked_on": self.today,
            }
            MentorRecord.objects.update_or_create(
                organisation=self.organisation, mentor=self.people[row["person"]], defaults=facts
            )

    def registers(self, missed: dict[str, list[int]]) -> None:
        """Everybody was at what has been held, but for the sessions in ``missed``."""
        held = ScheduledSession.objects.filter(cohort=self.cohort, ends_at__lt=timezone.now()).select_related("session")
        away = {(self.people[key].pk, number) for key, numbers in missed.items() for number in numbers}
        for scheduled in held:
            for enrolment in self.cohort.enrolments.all():
                was_away = (enrolment.supervisor_id, scheduled.session.number) in away
                Attendance.objects.create(
                    organisation=self.organisation,
                    enrolment=enrolment,
                    scheduled=scheduled,
                    state=Attendance.State.MISSED if was_away else Attendance.State.ATTENDED,
                    recorded_at=scheduled.ends_at,
                    recorded_by=self.lead,
                )

    def second_cohort(self, data: dict[str, Any]) -> None:
        """Begun now, so that who missed a session finds another date for it; with somebody who runs the first."""
        cohort = Cohort.objects.create(
            organisation=self.organisation,
            name=data["name"],
            programme=self.cohort.programme,
            starts_on=self.today,
            places=data["places"],
            status=Cohort.Status.PUBLISHED,
            published_at=timezone.now() - dt.timedelta(days=2),
            published_by=self.lead,
        )
        mentor, manager = self.people[data["mentor"]], self.people[data["line_manager"]]
        enrolment = enrol(
            pk=uuid.uuid4(),
            cohort=cohort,
            supervisor=self.people[data["person"]],
            kind=Enrolment.Kind.PATHWAY,
            starts_on=self.today,
            companions=Companions(mentor=mentor, line_manager=manager, is_registered=True, has_two_years=True),
            on=self.today,
            by=self.lead,
        )
        ParticipationNeed.objects.create(organisation=self.organisation, enrolment=enrolment, text=data["need"])
        first_on = self.today + dt.timedelta(days=9)
        SessionPlan.objects.create(
            organisation=self.organisation,
            cohort=cohort,
            shape=SessionPlan.Shape.FORTNIGHTLY,
            first_on=first_on,
            starts_at=AFTERNOON,
        )
        for number, session in self.sessions.items():
            on = next_working_day(first_on + dt.timedelta(days=14 * (number - 1)))
            starts_at = timezone.make_aware(dt.datetime.combine(on, AFTERNOON))
            scheduled = ScheduledSession.objects.create(
                organisation=self.organisation,
                cohort=cohort,
                session=session,
                starts_at=starts_at,
                ends_at=starts_at + NINETY,
                mode=ScheduledSession.Mode.ONLINE,
                joining_link="https://meet.northshire.example/pathway",
                places=12,
            )
            if number == 1:
                Facilitation.objects.create(
                    organisation=self.organisation,
                    scheduled=scheduled,
                    member=self.people[data["facilitator"]],
                    invited_by=self.lead,
                )

    def waiting(self, rows: list[dict[str, Any]]) -> None:
        """Nominated by their line manager, or asking by themselves and waiting for the line manager's yes."""
        for row in rows:
            person, manager = self.people[row["person"]], self.people[row["line_manager"]]
            agreed = row["status"] == Nomination.Status.WAITING
            Nomination.objects.create(
                organisation=self.organisation,
                membership=Membership.objects.get(organisation=self.organisation, user=person),
                typed_name=person.name,
                typed_email=person.email,
                source=row["source"],
                status=row["status"],
                line_manager=manager,
                line_manager_email=manager.email,
                made_by=manager if agreed else person,
                time_agreed_at=timezone.now() if agreed else None,
                time_agreed_by=manager if agreed else None,
                answer=row["answer"],
            )

    def calendar(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            starts_on = self._next(*row["from"])
            CalendarPeriod.objects.create(
                organisation=self.organisation,
                kind=row["kind"],
                label=row["label"],
                starts_on=starts_on,
                ends_on=starts_on + dt.timedelta(days=row["days"] - 1),
            )

    def _next(self, month: int, day: int) -> dt.date:
        on = dt.date(self.today.year, month, day)
        return on if on >= self.today else on.replace(year=on.year + 1)

    def template(self, name: str, sessions: list[int]) -> None:
        plan = SessionPlan.objects.create(organisation=self.organisation, name=name)
        PlannedSession.objects.bulk_create(
            PlannedSession(plan=plan, session=self.sessions[number], position=position)
            for position, number in enumerate(sessions, start=1)
        )

    def suggestions(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            answered = timezone.now() if row["answer"] else None
            Suggestion.objects.create(
                organisation=self.organisation,
                author=self.people.get(row["author"] or ""),
                text=row["text"],
                theme=row["theme"],
                status=row["status"],
                answer=row["answer"],
                answered_at=answered,
                answered_by=self.lead if answered else None,
                published_at=answered,
            )

    def ready(self, done: int) -> None:
        begin_lists(organisation=self.organisation, by=self.lead)
        for item in ReadinessItem.objects.filter(organisation=self.organisation)[:done]:
            tick_item(item=item, done_on=self.today - dt.timedelta(days=150), note="", by=self.lead)

    def writing(self, data: dict[str, Any]) -> None:
        sam = self.enrolment_of(data["author"])
        by = sam.supervisor
        for row in data["notes"]:
            session = self.sessions[row["session"]]
            items = BlockItem.objects.filter(block__session=session, block__kind=row["block"])
            entry = save_entry(
                enrolment=sam,
                session=session,
                item=items.filter(kind__in=row["kinds"]).first(),
                text=row["text"],
                ticked_on=self.today - dt.timedelta(days=14),
                revision=0,
                by=by,
            )
            if row["open"]:
                set_opened(
                    entry_or_worksheet=entry,
                    to_mentor=True,
                    is_material=False,
                    nobody_recognisable=True,
                    by=by,
                    shown=shown_mentor(sam),
                )
        sheet = data["worksheet"]
        save_worksheet(
            pk=uuid.uuid4(),
            enrolment=sam,
            template=WorksheetTemplate.objects.get(key=sheet["key"]),
            about=sheet["about"],
            answers=sheet["answers"],
            revision=0,
            by=by,
        )
        session = self.sessions[data["after_session"]]
        note_action(
            pk=uuid.uuid4(),
            enrolment=sam,
            text=data["action"],
            due_on=self.today + dt.timedelta(days=6),
            area=session.area,
            session=session,
            by=by,
        )
        keep_note(
            pk=uuid.uuid4(),
            enrolment=sam,
            belongs_to=Note.For.REFLECTION,
            text=data["note"],
            area=session.area,
            session=session,
            by=by,
        )
