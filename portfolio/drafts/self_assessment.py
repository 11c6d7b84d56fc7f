"""Self-assessments and mentors' views of them while they are being written."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping, Sequence

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Fields, Finder, Place, Read, Windows
from accounts.models import Organisation, User
from accounts.services.working_copies import Unsaved, unsaved_words
from pathway.models import Enrolment
from portfolio.models import MentorView, Point, SelfAssessment
from portfolio.permissions import Perm
from portfolio.queries.self_assessment import own_pieces_by_area, scale_words
from pqs_portal.lib.drafts import Payload, first_of

SELF_ASSESSMENT = "self_assessment"
MENTOR_VIEW = "mentor_view"
PART = re.compile(r"(?:level|why|evidence)_((\d+)(?:_part_(\d+))?)")


def target_of(form: str, enrolment_id: uuid.UUID, point: str) -> uuid.UUID:
    """There is no row before the first save."""
    return uuid.uuid5(enrolment_id, f"{form} {point}")


def reader(words: Callable[[], Sequence[str]], titles: Callable[[], Mapping[str, str]]) -> Read:
    """``words`` gives the levels, lowest first; ``titles`` those of the writer's evidence, by id."""

    def read(payload: Payload) -> Fields:
        levels = {str(number): word for number, word in enumerate(words(), start=1)}
        found, named = {}, None
        for part in map(PART.fullmatch, payload):
            if part:
                name, area, statement = part.groups()
                label = f"Area {area}, statement {statement}" if statement else f"Area {area}"
                level, why = (first_of(payload, f"{field}_{name}") for field in ("level", "why"))
                pieces = payload.get(f"evidence_{name}", [])
                if pieces and named is None:
                    named = titles()
                chosen = [(named or {}).get(pk, "") for pk in pieces]
                found[label] = ". ".join(filter(None, (levels.get(level, ""), why, *chosen)))
        return list(found.items())

    return read


def assessment_place(enrolment: Enrolment, point: str, row: SelfAssessment | None) -> Place | None:
    """What is done is not written on until it is opened again."""
    if row and row.is_done:
        return None
    return _place("self_assessment_edit", enrolment, point, row)


def unsaved_in_assessment(user: User, row: SelfAssessment) -> list[Unsaved]:
    """What its writer typed since it was saved; nothing is kept once it is done: ``assessment_place``."""
    if row.is_done:
        return []
    url = reverse("portfolio:self_assessment_edit", args=[row.enrolment_id, row.point])
    target = target_of(SELF_ASSESSMENT, row.enrolment_id, row.point)
    return unsaved_words(author=user, form=SELF_ASSESSMENT, windows={target: (url, "")})


def view_place(enrolment: Enrolment, point: str, row: MentorView | None) -> Place | None:
    """Once both are open the mentor's stays as it was."""
    if row and row.opened_at:
        return None
    return _place("mentor_view", enrolment, point, row)


def view_reader(view: MentorView) -> Read:
    """A mentor chooses no evidence, and reads no titles."""
    return reader(lambda: view.words, dict)


def levels_reader(row: SelfAssessment | MentorView, enrolment: Enrolment) -> Read:
    """What is saved, by the scale that it was begun with."""
    return view_reader(row) if isinstance(row, MentorView) else reader(lambda: row.words, _titles(enrolment))


def _titles(enrolment: Enrolment) -> Callable[[], Mapping[str, str]]:
    def titles() -> Mapping[str, str]:
        mine = own_pieces_by_area(enrolment.supervisor, enrolment)
        return {str(piece.id): piece.title for pieces in mine.values() for piece in pieces}

    return titles


def _place(page: str, enrolment: Enrolment, point: str, row: SelfAssessment | MentorView | None) -> Place:
    def words() -> Sequence[str]:
        return row.words if row else scale_words(enrolment.organisation)

    url = reverse(f"portfolio:{page}", args=[enrolment.pk, point])
    # A mentor chooses no evidence, and reads no titles.
    read = reader(words, dict if isinstance(row, MentorView) or page == "mentor_view" else _titles(enrolment))
    return Place(enrolment.organisation_id, url, read, row.revision if row else 0)


def find_assessment(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    years = Enrolment.objects.of_supervisor(user).select_related("organisation")
    for enrolment in years:
        for point in Point.values:
            if target_of(SELF_ASSESSMENT, enrolment.pk, point) == target_id:
                row = SelfAssessment.objects.visible_to(user).filter(enrolment=enrolment, point=point).first()
                may = user.has_perm(Perm.WRITE_EVIDENCE, enrolment)
                return assessment_place(enrolment, point, row) if may else None
    return None


def find_view(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    years = Enrolment.objects.mentored_by(user).select_related("organisation")
    for enrolment in years:
        for point in Point.values:
            if target_of(MENTOR_VIEW, enrolment.pk, point) == target_id:
                row = MentorView.objects.filter(mentor=user, enrolment=enrolment, point=point).first()
                return view_place(enrolment, point, row) if user.has_perm(Perm.GIVE_VIEW, enrolment) else None
    return None


DRAFTS: Mapping[str, Finder] = {SELF_ASSESSMENT: find_assessment, MENTOR_VIEW: find_view}


def windows_of(form: str) -> Windows:
    return lambda row: [(form, target_of(form, row.enrolment_id, row.point))]


WINDOWS: Sequence[tuple[type[Model], Windows]] = [
    (SelfAssessment, windows_of(SELF_ASSESSMENT)),
    (MentorView, windows_of(MENTOR_VIEW)),
]
