"""What the demo's people have written, dated back by moving the stamps that the services set to now."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from observations.models import Observation, ObservationVersion
from observations.services.release import reflect_on_observation, release_observation
from observations.services.write import Written, plan_observation, record_observation
from pathway.models import Area, Cohort, Enrolment, LineManagement, Mentoring
from pathway.services.steps import agree_date
from portfolio.models import Comment, Evidence, EvidenceMapping, EvidenceVersion
from portfolio.services.comments import add_comment
from portfolio.services.evidence import Content, log_evidence
from portfolio.services.sharing import share_evidence
from pqs_portal.demo.shown import shown_mentor
from pqs_portal.lib.dates import working_days_before
from pqs_portal.lib.uploads import check_upload
from sessions_catalogue.models import ProgrammeSession

NOTES = b"Supervision agreement, version 2\n\nHow we begin, how we end, what goes on record, and when we look again.\n"


def ago(days: int) -> dt.datetime:
    """At the end of that working day."""
    then = dt.datetime.combine(timezone.localdate() - dt.timedelta(days=days), dt.time(17, 30))
    return min(timezone.make_aware(then), timezone.now())


class Desk:
    """Everything one needs to write on somebody's behalf."""

    def __init__(self, cohort: Cohort, people: dict[str, User]) -> None:
        self.people = people
        rows = Enrolment.objects.filter(cohort=cohort).select_related("supervisor", "organisation")
        self.enrolments = {row.supervisor_id: row for row in rows}
        self.areas = {area.number: area for area in cohort.programme.standard.areas.all()}
        self.pieces: dict[str, Evidence] = {}
        began = timezone.make_aware(dt.datetime.combine(cohort.starts_on, dt.time(9, 0)))
        for relation in (Mentoring, LineManagement):
            relation.objects.filter(enrolment__cohort=cohort).update(created_at=began)
        Enrolment.objects.filter(cohort=cohort).update(created_at=began)

    def enrolment_of(self, key: str) -> Enrolment:
        found: Enrolment = self.enrolments[self.people[key].pk]
        return found

    def evidence(self, row: dict[str, Any]) -> None:
        author, at = self.people[row["author"]], ago(row["days_ago"])
        areas = {self.areas[number].pk: why for number, why in row["areas"] if number in self.areas}
        files = [check_upload(SimpleUploadedFile("agreement.txt", NOTES), 10_000)] if row.get("file") else []
        session = ProgrammeSession.objects.filter(organisation=None, number=row["session"] or 0).first()
        chosen = {self.areas[int(number)]: places for number, places in row.get("statements", {}).items()}
        piece = log_evidence(
            pk=uuid.uuid4(),
            enrolment=self.enrolment_of(row["author"]),
            content=Content(
                title=row["title"],
                body=row["body"],
                happened_on=timezone.localdate(at),
                areas=areas,
                files=files,
                kind=row.get("kind"),
                tags=row.get("tags"),
                statements={
                    area.pk: list(area.statements.filter(position__in=places).values_list("pk", flat=True))
                    for area, places in chosen.items()
                },
            ),
            session=session,
            by=author,
        )
        if row["audience"] != Evidence.Audience.ONLY_ME:
            piece = share_evidence(
                evidence=piece,
                audience=row["audience"],
                version=piece.version,
                nobody_recognisable=True,
                rationales={},
                by=author,
                shown=shown_mentor(piece.enrolment),
            )
        Evidence.objects.filter(pk=piece.pk).update(created_at=at, updated_at=at)
        EvidenceVersion.objects.filter(evidence=piece).update(created_at=at)
        EvidenceMapping.objects.filter(evidence=piece, area__number__in=row.get("best", ())).update(is_best=True)
        self.pieces[row["title"]] = piece

    def comment(self, row: dict[str, Any]) -> None:
        comment = add_comment(
            pk=uuid.uuid4(),
            evidence=self.pieces[row["evidence"]],
            text=row["text"],
            by=self.people[row["author"]],
        )
        Comment.objects.filter(pk=comment.pk).update(created_at=ago(row["days_ago"]))

    def observation(self, row: dict[str, Any]) -> None:
        enrolment, observer = self.enrolment_of(row["supervisor"]), self.people[row["observer"]]
        if "planned_working_days_ago" in row:
            self._booked(enrolment, observer, row)
            return
        at = ago(row["days_ago"])
        areas: list[Area] = [self.areas[number] for number in row["areas"]]
        written = Written(
            kind=row["kind"],
            with_whom=row["with_whom"],
            asked_beforehand=True,
            observed_on=timezone.localdate(at),
            mode=Observation.Mode.IN_PERSON,
            **{name: row[name] for name in ("context", "noticed", "strengths", "development_points")},
        )
        made = record_observation(pk=uuid.uuid4(), enrolment=enrolment, written=written, areas=areas, by=observer)
        release_observation(observation=made, version=made.version, by=observer)
        made.refresh_from_db()
        reflect_on_observation(observation=made, reflection=row["reflection"], by=enrolment.supervisor)
        later = at + dt.timedelta(days=3)
        Observation.objects.filter(pk=made.pk).update(created_at=at, released_at=later, reflected_at=later)
        ObservationVersion.objects.filter(observation=made).update(created_at=at)

    def _booked(self, enrolment: Enrolment, observer: User, row: dict[str, Any]) -> None:
        """Planned for a day that has passed, so that it waits to be recorded."""
        step = enrolment.cohort.programme.milestones.get(kind="formative_observation")
        agree_date(enrolment=enrolment, milestone=step, due_on=timezone.localdate(), by=observer)
        on = working_days_before(timezone.localdate(), row["planned_working_days_ago"])
        at = timezone.make_aware(dt.datetime.combine(on, dt.time(10, 0)))
        made = plan_observation(
            pk=uuid.uuid4(),
            enrolment=enrolment,
            kind=row["kind"],
            planned_at=at,
            mode=Observation.Mode.IN_PERSON,
            by=observer,
        )
        Observation.objects.filter(pk=made.pk).update(created_at=ago(20), booked_at=ago(20))
