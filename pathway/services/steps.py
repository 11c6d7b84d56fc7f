"""Steps recorded by hand, taken back, and moved to another date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from pathway.models import Cohort, Enrolment, Milestone, MilestoneCompletion, MilestoneDate
from pqs_portal.lib.clamd import ScannerAway, verdict_on
from pqs_portal.lib.uploads import CheckedFile

COHORTS = AuditEvent.Category.COHORTS
FileState = MilestoneCompletion.FileState
AT_ONCE = 50  # files a scan looks at before it lets other tasks have their turn


@dataclass(frozen=True)
class Record:
    """What is said about a step that was done."""

    done_on: dt.date
    took_part: str = ""
    note: str = ""
    file: CheckedFile | None = None


@dataclass(frozen=True)
class PastStep:
    """One step of a year begun before the portal; ``enrolment`` is empty for what was done for everybody."""

    milestone: Milestone
    done_on: dt.date
    enrolment: Enrolment | None = None


@transaction.atomic
def record_step(
    *, milestone: Milestone, cohort: Cohort, enrolment: Enrolment | None, record: Record, by: User
) -> MilestoneCompletion:
    """Once for the person, the cohort or the organisation, by the step's level; a second press changes nothing."""
    row: MilestoneCompletion
    row, made = MilestoneCompletion.objects.standing().get_or_create(
        organisation=cohort.organisation,
        milestone=milestone,
        cohort=None if milestone.level == Milestone.Level.ORGANISATION else cohort,
        enrolment=enrolment,
        defaults={
            "done_on": record.done_on,
            "took_part": record.took_part,
            "note": record.note,
            "recorded_by": by,
            **file_fields(record.file),
        },
    )
    if made:
        subject = enrolment.supervisor if enrolment else None
        audit.record("recorded step", by=by, category=COHORTS, target=row, subject=subject)
    return row


def file_fields(checked: CheckedFile | None) -> dict[str, object]:
    if checked is None:
        return {}
    # The stored name is not the person's: nothing they typed becomes a path.
    content = ContentFile(checked.content, name=checked.sha256)
    state = FileState.CHECKING if settings.CLAMD_ADDRESS else FileState.CLEAN
    return {"file": content, "file_name": checked.name, "file_type": checked.content_type, "file_state": state}


def scan_waiting_files() -> int:
    """Ask the scanner about every file that waits; returns how many got an answer. While it is away they wait."""
    answered = 0
    waiting = MilestoneCompletion.objects.filter(file_state=FileState.CHECKING).order_by("created_at")
    for completion in waiting[:AT_ONCE]:
        try:
            verdict = verdict_on(completion.file, settings.CLAMD_ADDRESS)
        except ScannerAway:
            break
        answered += waiting.filter(pk=completion.pk).update(file_state=verdict)
    return answered


@transaction.atomic
def record_past_steps(*, cohort: Cohort, steps: Sequence[PastStep], by: User) -> int:
    """Tick what was done before the portal; what is recorded already stays as it is."""
    rows = [
        MilestoneCompletion(
            organisation=cohort.organisation,
            milestone=step.milestone,
            cohort=None if step.milestone.level == Milestone.Level.ORGANISATION else cohort,
            enrolment=step.enrolment,
            done_on=step.done_on,
            recorded_by=by,
        )
        for step in steps
    ]
    MilestoneCompletion.objects.bulk_create(rows, ignore_conflicts=True)
    audit.record("recorded past steps", by=by, category=COHORTS, target=cohort)
    return len(rows)


@transaction.atomic
def undo_step(*, completion: MilestoneCompletion, by: User) -> None:
    """The step is open again; the row stays, with who took it back."""
    now = timezone.now()
    standing = MilestoneCompletion.objects.standing().filter(pk=completion.pk)
    if standing.update(discarded_at=now, discarded_by=by):
        audit.record("took back step", by=by, category=COHORTS, target=completion)


@transaction.atomic
def agree_date(*, enrolment: Enrolment, milestone: Milestone, due_on: dt.date, by: User) -> MilestoneDate:
    row, _ = MilestoneDate.objects.update_or_create(
        enrolment=enrolment,
        milestone=milestone,
        defaults={"due_on": due_on, "organisation": enrolment.organisation},
    )
    audit.record("agreed another date", by=by, category=COHORTS, target=row, subject=enrolment.supervisor)
    return row
