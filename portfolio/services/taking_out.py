"""Taking out for good what identifies somebody: the one change of saved versions, and the one loss that is meant.

The audit says who and when. What was taken out is written nowhere: not there, not in a log, a notice or a session.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts import audit
from accounts.drafts import together, windows_on
from accounts.models import AuditEvent, User, WorkingCopy
from accounts.services.copies_taken_out import close_windows, rewrite_copies
from accounts.services.said_fine import ask_everybody_again, talk_about
from observations.models import Observation
from pathway.models import Area, Enrolment, Mentoring
from pathway.querysets import EnrolmentQuerySet
from portfolio.drafts.area_words import AREA_WORD
from portfolio.drafts.comments import ANSWER, COMMENT
from portfolio.drafts.plan import REVIEW
from portfolio.drafts.reflection_comments import ANSWER as REFLECTION_ANSWER
from portfolio.drafts.reflection_comments import COMMENT as REFLECTION_COMMENT
from portfolio.drafts.self_assessment import MENTOR_VIEW
from portfolio.models import Attachment, Evidence, Objective, PortfolioExport, Reflection
from portfolio.queries.places import PLACES, Place, years_of
from portfolio.queries.taking_out import in_words, own_files, without
from portfolio.services.attachments import delete_on_commit
from portfolio.services.evidence import add_version
from portfolio.services.sharing import NotReady, withdraw_evidence
from portfolio.services.stored_exports import TAKEN_OUT, delete_exports
from pqs_portal.lib.passages import INSTEAD, pattern_of

PORTFOLIO, TAKEN = AuditEvent.Category.PORTFOLIO, AuditEvent.Category.TAKEN_OUT
# What is opened as a whole, where a row is a part of it.
WHOLES = ("evidence_id", "assessment_id", "plan_id", "reflection_id")
# Forms with which a mentor writes.
MENTORS_ALONE = frozenset({MENTOR_VIEW, AREA_WORD, REFLECTION_COMMENT})
OF_MENTORS = MENTORS_ALONE | {COMMENT, ANSWER, REFLECTION_ANSWER, REVIEW}
# Of a piece that was sent back: something was taken out of it, and it waits to be shared again.
ANSWERED = {"sent_back_for": ""}


@transaction.atomic
def take_out(*, enrolment: Enrolment, by: User, passages: Sequence[str] = (), files: Collection[uuid.UUID] = ()) -> int:
    """Of every text of the writer's years, and of what others say of them.

    Returns from how many places that the writer reads, as ``look_for`` has told; what others keep to themselves is
    cleaned and not told of.
    """
    years = years_of(by, enrolment)
    # Whoever saves a piece now waits, and then has begun from a version that is no longer the newest.
    mine = Evidence.objects.filter(enrolment__in=years).select_for_update().order_by("pk")
    pieces = list(mine.values_list("pk", flat=True))
    changed = _Changed()
    took = told = _take_files(files, enrolment, by, changed)
    if passages:
        pattern = pattern_of(passages)
        for place in PLACES:
            rows = _rewrite(place, place.rows(by, years), pattern)
            took += changed.note(place, rows)
            told += _read_by_writer(place, rows)
        changed.settle(by)
        close_windows(organisation_id=enrolment.organisation_id, windows=_everybodys(changed.windows, by, years))
        copies = rewrite_copies(_copies(by, years), lambda payload: payload | without(in_words(payload), pattern))
        took += len(copies)
        told += sum(copy.author_id == by.pk for copy in copies)
    if took:
        ask_everybody_again(things=changed.things | _talks(years, pieces))
        delete_exports(exports=PortfolioExport.objects.filter(enrolment__in=years), because=TAKEN_OUT)
        audit.record("took something out for good", by=by, category=TAKEN, target=enrolment)
    return told


def _talks(years: EnrolmentQuerySet, pieces: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Whatever two may say of these texts, also what was looked through and never sent."""
    objectives = Objective.objects.filter(plan__enrolment__in=years)
    reflections = Reflection.objects.filter(enrolment__in=years)
    others = (rows.values_list("pk", flat=True) for rows in (years, objectives, reflections))
    return {talk_about(thing) for thing in chain(pieces, *others)}


def _read_by_writer(place: Place, rows: Sequence[Any]) -> int:
    if not rows or not place.read_by_writer:
        return len(rows)
    read = place.model._default_manager.filter(place.read_by_writer, pk__in=[row.pk for row in rows])
    return int(read.count())


@dataclass
class _Changed:
    """``counted``: whose version or revision goes up; ``windows``: where the old words may stand on a screen;
    ``things``: what may have been looked through before it was opened."""

    counted: dict[type[models.Model], set[uuid.UUID]] = field(default_factory=dict)
    windows: set[tuple[str, uuid.UUID]] = field(default_factory=set)
    things: set[uuid.UUID] = field(default_factory=set)

    def note(self, place: Place, rows: Sequence[Any]) -> int:
        model, name = place.counts
        for row in rows:
            self.things |= {row.pk, *(getattr(row, whole, None) or row.pk for whole in WHOLES)}
            if model is None:
                self.windows |= windows_on(row)
            else:
                self.counted.setdefault(model, set()).add(getattr(row, name))
        return len(rows)

    def settle(self, by: User) -> None:
        """Whoever has an older text on their screen has not begun from the newest one any more."""
        for model, ids in self.counted.items():
            rows = model._default_manager.filter(pk__in=ids)
            if model is Evidence:
                rows.update(version=F("version") + 1, updated_at=timezone.now(), **ANSWERED)
            else:
                rows.update(revision=F("revision") + 1)
            for row in rows:
                if isinstance(row, Evidence):
                    add_version(row, by=by)
                self.windows |= windows_on(row)


def _everybodys(
    windows: Collection[tuple[str, uuid.UUID]], by: User, years: EnrolmentQuerySet
) -> list[tuple[User, str, uuid.UUID]]:
    """On the writer's screen, and on those of their mentors."""
    pairs = Mentoring.objects.current().filter(enrolment__in=years)
    mentors = User.objects.filter(pk__in=pairs.values("mentor"))
    theirs = [(mentor, *window) for mentor in mentors for window in windows if window[0] in OF_MENTORS]
    return [*((by, *window) for window in windows if window[0] not in MENTORS_ALONE), *theirs]


def _rewrite(place: Place, rows: models.QuerySet[Any], pattern: re.Pattern[str]) -> list[Any]:
    """The rows that held the words, without them."""
    changed: dict[str, list[Any]] = {}
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        for name, keys in place.texts.items():
            old = getattr(row, name)
            new = without(old, pattern, keys, most=_most(place.model, name))
            if new != old:
                setattr(row, name, new)
                changed.setdefault(name, []).append(row)
    for name, held in changed.items():
        place.model._default_manager.bulk_update(held, [name])
    if place.model is Attachment:
        # The bytes stay, and our server looks into them anew.
        rows.filter(pk__in={row.pk for held in changed.values() for row in held}).update(found=None, unread=False)
    return list({row.pk: row for held in changed.values() for row in held}.values())


def _most(model: type[models.Model], name: str) -> int | None:
    """The longest text that the column holds, or each of its texts."""
    column: Any = model._meta.get_field(name)
    most: int | None = getattr(column, "base_field", column).max_length
    return most


def _copies(by: User, years: EnrolmentQuerySet) -> Any:
    """Drafts of the writer, and of whoever else may write about the same texts."""
    about = {year.pk for year in years}
    for place in PLACES:
        if place.model is not Observation:  # what an observer types is theirs
            about |= set(place.rows(by, years).values_list(place.counts[1] or "pk", flat=True))
    standards = years.values("cohort__programme__standard")
    parts = about | set(Area.objects.filter(standard__in=standards).values_list("pk", flat=True))
    of_years = Q(target_id__in=about | {together(year.pk, part) for year in years for part in parts})
    for year in years:
        of_years |= Q(page__contains=str(year.pk))
    inside = Q(organisation__in=years.values("organisation"))
    return WorkingCopy.objects.filter(inside & (Q(author=by) | of_years))


def _take_files(wanted: Collection[uuid.UUID], enrolment: Enrolment, by: User, changed: _Changed) -> int:
    """Their bytes and their names; the rows stay, so that versions still say that there was a file."""
    rows = [row for row in own_files(enrolment, by) if row.pk in set(wanted)]
    for row in rows:
        delete_on_commit(row.file)
        gone = {"name": INSTEAD, "file": "", "sha256": "", "size": 0, "found": None, "unread": False}
        # Whoever still waits for it, the scanner too, waits no longer.
        gone |= {"state": Attachment.State.REFUSED, "removed_at": row.removed_at or timezone.now()}
        Attachment.objects.filter(pk=row.pk).update(**gone)
        changed.things |= {row.pk, row.evidence_id or row.pk}
        audit.record("took a file out for good", by=by, category=TAKEN, target=row)
    if rows:
        Evidence.objects.filter(pk__in=[row.evidence_id for row in rows]).update(**ANSWERED)
    return len(rows)


@transaction.atomic
def send_back(*, evidence: Evidence, reason: str, by: User) -> Evidence:
    """A reader closes the piece to every reader at once, because of ``reason``, one of ``Evidence.SentBackFor``.

    Raises NotReady where it is closed already.
    """
    before = evidence.audience
    if not evidence.is_shared:
        raise NotReady("Only its writer can read it already")
    withdraw_evidence(evidence=evidence, by=by)
    now = timezone.now()
    Evidence.objects.filter(pk=evidence.pk).update(sent_back_at=now, sent_back_by=by, sent_back_for=reason)
    evidence.refresh_from_db()
    subject = evidence.enrolment.supervisor
    audit.record("sent evidence back", by=by, category=PORTFOLIO, target=evidence, subject=subject, from_status=before)
    return evidence
