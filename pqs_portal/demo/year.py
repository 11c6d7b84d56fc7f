"""A whole year in the demo: everything that Anwen has written up to its last month."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, User
from observations.models import Observation
from pathway.models import Enrolment
from pathway.services.statement_sets import mark_complete
from portfolio.models import (
    CpdRecord,
    Note,
    Objective,
    ObjectiveReview,
    Plan,
    Point,
    Reflection,
    ReflectionComment,
)
from portfolio.services.area_words import give_word
from portfolio.services.cpd import Answers, say_submitted, write_record
from portfolio.services.later import keep_note
from portfolio.services.opening import Readers
from portfolio.services.plan import (
    Wanted,
    begin_objective,
    carry_objective,
    close_objective,
    make_objective,
    open_plan,
    review_objective,
    save_objective,
)
from portfolio.services.reflection import Piece, open_reflection, save_reflection, save_word_limit
from portfolio.services.reflection_comments import About, comment_on
from portfolio.services.self_assessment import save_assessment
from pqs_portal.demo.people import LONDON_START, NINETY, make_cohort
from pqs_portal.demo.portfolio import finished_assessment, rated
from pqs_portal.demo.programme import Office
from pqs_portal.demo.shown import shown_mentor
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
        for number in self.data["complete_statements"]:
            # The one area of which the wording was found whole; what is shown is still marked as our paraphrase.
            area = self.desk.areas[number]
            mark_complete(organisation=self.organisation, area=area, by=self.people["helen"])
        for row in self.data["evidence"]:
            self.desk.evidence(self.days_ago(row) | {"author": WRITER})
        for row in self.data["comments"]:
            self.desk.comment(self.days_ago(row))
        for row in self.data["observations"]:
            self.desk.observation(self.days_ago(row))
        self.assessments(**self.data["assessments"])
        self.plan(self.data["plan"], self.data["plan_shared_day"])
        self.reflection(self.data["reflection"], self.data["reflection_comments"])
        for row in self.data["cpd"]:
            self.cpd_record(row)
        for row in self.data["notes"]:
            self.note(row)
        for row in self.data["words"]:
            self.area_word(row)

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

    def day(self, day: int | None) -> dt.date | None:
        return None if day is None else self.cohort.starts_on + dt.timedelta(days=day)

    def plan(self, rows: list[dict[str, Any]], shared_day: int) -> None:
        """Objectives in the order they were written. Open to the mentor, whose reviews come after."""
        objectives = [self.objective(row) for row in rows]
        plan = Plan.objects.get(enrolment=self.enrolment)
        everybody = Readers(True, True, nobody_recognisable=True, shown=shown_mentor(self.enrolment))
        plan = open_plan(plan=plan, revision=plan.revision, readers=everybody, by=self.writer)
        for objective, row in zip(objectives, rows, strict=True):
            objective.plan = plan
            for author, day, text in row["reviews"]:
                by = self.people[author]
                review = review_objective(pk=uuid.uuid4(), objective=objective, text=text, by=by)
                ObjectiveReview.objects.filter(pk=review.pk).update(created_at=self.at(day))
        Plan.objects.filter(pk=plan.pk).update(shared_at=self.at(shared_day))
        plan.versions.update(created_at=self.at(shared_day))

    def objective(self, row: dict[str, Any]) -> Objective:
        wanted = Wanted(
            areas=[self.desk.areas[number].pk for number in row["areas"]],
            target_on=self.day(row["target_day"]),
            **{name: row[name] for name in ("period", "need", "why", "source", "activity", "support", "success")},
        )
        if "carried" in row:
            before = Objective.objects.get(plan__enrolment=self.enrolment, status=Objective.Status.UNDER_WAY)
            made = carry_objective(objective=before, by=self.writer)
            Objective.objects.filter(pk=before.pk).update(how_it_went=self.data["plan"][1]["how_it_went"])
            made = save_objective(objective=made, revision=made.revision, wanted=wanted, by=self.writer)
        else:
            made = make_objective(pk=uuid.uuid4(), enrolment=self.enrolment, wanted=wanted, by=self.writer)
        if row["status"] != Objective.Status.NOT_STARTED == made.status:
            made = begin_objective(objective=made, by=self.writer)
        if row["status"] == Objective.Status.MET:
            made = close_objective(
                objective=made,
                revision=made.revision,
                is_met=True,
                how_it_went=row["how_it_went"],
                evidence=[self.desk.pieces[title].pk for title in row["evidence"]],
                by=self.writer,
            )
        return made

    def reflection(self, row: dict[str, Any], comments: list[dict[str, Any]]) -> None:
        """Done, open to the mentor, and talked about; the organisation wants it shorter than most."""
        save_word_limit(organisation=self.organisation, revision=0, fewest=600, most=1200, by=self.people["helen"])
        areas = [self.desk.areas[number].pk for number in row["areas"]]
        piece = Piece(title=row["title"], structure=row["structure"], parts=row["parts"], areas=areas)
        made = save_reflection(enrolment=self.enrolment, revision=0, piece=piece, finish=True, by=self.writer)
        readers = Readers(True, True, nobody_recognisable=True, shown=shown_mentor(self.enrolment))
        made = open_reflection(reflection=made, revision=made.revision, readers=readers, by=self.writer)
        read = made.versions.get(shared_with=self.mentor)
        done, shared = self.at(row["done_day"]), self.at(row["shared_day"])
        Reflection.objects.filter(pk=made.pk).update(done_at=done, shared_at=shared)
        made.versions.update(created_at=done)
        made.versions.filter(pk=read.pk).update(created_at=shared)
        for said in comments:
            about = About(read, said["part"], said["paragraph"])
            comment = comment_on(pk=uuid.uuid4(), reflection=made, about=about, text=said["text"], by=self.mentor)
            ReflectionComment.objects.filter(pk=comment.pk).update(created_at=self.at(said["day"]))

    def cpd_record(self, row: dict[str, Any]) -> None:
        made_from = self.desk.pieces[row["from"]].pk if "from" in row else None
        answers = Answers(
            happened_on=self.day(row["day"]) or self.cohort.starts_on,
            peer_on=self.day(row.get("peer_day")),
            peer_learnt=row.get("peer_learnt", ""),
            **{name: row[name] for name in ("title", "what_and_why", "learnt", "impact", "activity")},
        )
        record = write_record(
            pk=uuid.uuid4(),
            enrolment=self.enrolment,
            answers=answers,
            made_from=CpdRecord.MadeFrom.EVIDENCE if made_from else CpdRecord.MadeFrom.NOTHING,
            made_from_id=made_from,
            by=self.writer,
        )
        if "submitted_day" in row:
            say_submitted(record=record, on=self.day(row["submitted_day"]), by=self.writer)

    def note(self, row: dict[str, Any]) -> None:
        watched = row.get("from") == Note.CameFrom.OBSERVATION
        before = Observation.objects.filter(enrolment=self.enrolment, observed_on__lte=self.at(row["day"]).date())
        seen = before.order_by("-observed_on").first()
        note = keep_note(
            pk=uuid.uuid4(),
            enrolment=self.enrolment,
            belongs_to=row["for"],
            text=row["text"],
            session=ProgrammeSession.objects.supplied().filter(number=row.get("session", 0)).first(),
            came_from=row.get("from", ""),
            came_from_id=seen.pk if watched and seen else None,
            by=self.writer,
        )
        Note.objects.filter(pk=note.pk).update(created_at=self.at(row["day"]))

    def area_word(self, row: dict[str, Any]) -> None:
        give_word(
            enrolment=self.enrolment,
            area=self.desk.areas[row["area"]],
            level=row["level"],
            text=row["text"],
            revision=0,
            by=self.people[row["by"]],
        )
