"""What people wrote around a session, for themselves, and for the mentor they opened it to."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import Organisation, User
from pathway.models import Enrolment
from pqs_portal.lib.forms import in_words
from sessions_catalogue.models import ProgrammeSession, Worksheet, WorksheetTemplate, WorkspaceEntry


def own_enrolment(user: User, organisation: Organisation) -> Enrolment | None:
    """The person's year in the organisation, of whatever kind: the running one, else the last."""
    mine = Enrolment.objects.visible_to(user).filter(supervisor=user, organisation=organisation)
    newest = mine.select_related("cohort", "supervisor", "organisation").order_by(
        F("ended_on").desc(nulls_first=True), "-starts_on"
    )
    found: Enrolment | None = newest.first()
    return found


def mentor_of(enrolment: Enrolment) -> User | None:
    """Who mentors the person today."""
    pairing = enrolment.mentorings.current().select_related("mentor").order_by("-starts_on").first()
    return pairing.mentor if pairing else None


def own_entries(user: User, enrolment: Enrolment, session: ProgrammeSession) -> QuerySet[WorkspaceEntry]:
    """Everything the person wrote about the session, also beside an earlier version of it or in an earlier year."""
    versions = ProgrammeSession.objects.filter(
        series=session.series, number=session.number, organisation=session.organisation_id
    )
    mine = WorkspaceEntry.objects.of_author(user).filter(organisation=enrolment.organisation_id, session__in=versions)
    found: QuerySet[WorkspaceEntry] = mine.select_related("session", "item__block", "shared_with").order_by(
        "created_at"
    )
    return found


def worksheets_of_session(user: User, session: ProgrammeSession) -> QuerySet[WorksheetTemplate]:
    """Those that belong to it by number, and those of the tools it uses."""
    by_tool = Q(tool__in=session.blocks.values("items__tool"))
    supplied = session.organisation_id is None or session.copied_from_id is not None
    by_number = Q(session_number=session.number) if supplied else Q(pk__in=[])
    found: QuerySet[WorksheetTemplate] = WorksheetTemplate.objects.visible_to(user).filter(by_tool | by_number)
    return found.select_related("tool").distinct()


def own_worksheets(user: User, organisation: Organisation) -> QuerySet[Worksheet]:
    """Filled in by the person in the organisation and kept, in whichever year; newest first."""
    mine = Worksheet.objects.of_author(user).kept().filter(organisation=organisation)
    found: QuerySet[Worksheet] = mine.select_related("template", "shared_with")
    return found


@dataclass(frozen=True)
class Answer:
    """One field of a worksheet with what was filled in, scales and dates in words."""

    key: str
    label: str
    kind: str
    value: str


@dataclass(frozen=True)
class AnswerGroup:
    title: str
    text: str
    answers: list[Answer]


def answer_groups(template: WorksheetTemplate, answers: dict[str, str]) -> list[AnswerGroup]:
    """The fields in their groups, in the template's order; fields of no group come first, without a title."""
    groups = [{"key": "", "title": "", "text": ""}, *template.groups]
    found = []
    for group in groups:
        fields = [field for field in template.fields if field.get("group", "") == group["key"]]
        if fields:
            lines = [_answer(field, str(answers.get(field["key"], ""))) for field in fields]
            found.append(AnswerGroup(group["title"], group.get("text", ""), lines))
    return found


def _answer(field: dict[str, str], value: str) -> Answer:
    if field["kind"] == "scale":
        value = dict(scale_choices(field)).get(value, "")
    elif field["kind"] == "date" and value:
        value = in_words(dt.date.fromisoformat(value))
    return Answer(field["key"], field["label"], field["kind"], value)


def scale_choices(field: dict[str, str]) -> list[tuple[str, str]]:
    """1 to 5, with words at both ends."""
    words = {"1": field.get("low", ""), "5": field.get("high", "")}
    return [(point, f"{point}, {words[point]}" if words.get(point) else point) for point in "12345"]


@dataclass(frozen=True)
class Growth:
    """Several fillings of one worksheet beside each other: dates across, one row for each scale."""

    dates: list[dt.date]
    rows: list[tuple[str, list[str]]]


SIDE_BY_SIDE = 6


def growth(worksheet: Worksheet, user: User) -> Growth | None:
    """The writer's own fillings of the same worksheet (about the same supervisee), oldest first; from two on."""
    scales = [field for field in worksheet.template.fields if field["kind"] == "scale"]
    if not scales or worksheet.template.is_personal:
        return None
    mine = Worksheet.objects.of_author(user).kept().filter(template=worksheet.template)
    if worksheet.template.is_per_supervisee:
        mine = mine.filter(about=worksheet.about)
    filled = sorted(mine.order_by("-created_at")[:SIDE_BY_SIDE], key=filled_on)
    if len(filled) < 2:
        return None
    rows = [(field["label"], [str(row.answers.get(field["key"], "")) for row in filled]) for field in scales]
    return Growth([filled_on(row) for row in filled], rows)


def filled_on(worksheet: Worksheet) -> dt.date:
    """The date that was filled in, where the worksheet asks for one, else the day it was begun."""
    for field in worksheet.template.fields:
        typed = worksheet.answers.get(field["key"], "")
        if field["kind"] == "date" and typed:
            return dt.date.fromisoformat(typed)
    return timezone.localdate(worksheet.created_at)


@dataclass(frozen=True)
class Material:
    """A text of one's own, set aside for evidence. ``id`` is that of an entry or a worksheet, ``url`` its place."""

    id: uuid.UUID
    title: str
    url: str


def text_of_worksheet(template: WorksheetTemplate, answers: dict[str, str]) -> str:
    """What was filled in as plain text, heading by heading; questions left open are left out."""
    lines = [
        f"{answer.label}\n{answer.value}"
        for group in answer_groups(template, answers)
        for answer in group.answers
        if answer.value.strip()
    ]
    return "\n\n".join(lines)


def material_of(user: User, organisation: Organisation) -> list[Material]:
    """What the person has set aside for their portfolio and made nothing of yet, newest first."""
    waiting = {"organisation": organisation, "is_material": True, "evidence_id": None}
    entries = WorkspaceEntry.objects.of_author(user).filter(**waiting).select_related("session", "item")
    worksheets = own_worksheets(user, organisation).filter(
        is_material=True, evidence_id=None, template__is_personal=False
    )
    found = [(row.changed_at, _of_entry(row)) for row in entries]
    found += [(row.changed_at, _of_worksheet(row)) for row in worksheets]
    return [material for _, material in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _of_entry(entry: WorkspaceEntry) -> Material:
    title = entry.item.text if entry.item else f"Follow-up of session {entry.session.number}"
    return Material(entry.pk, title, entry.get_absolute_url())


def _of_worksheet(worksheet: Worksheet) -> Material:
    title = worksheet.template.title
    return Material(
        worksheet.pk, f"{title}, {worksheet.about}" if worksheet.about else title, worksheet.get_absolute_url()
    )
