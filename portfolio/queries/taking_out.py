"""Where words stand that are to be taken out for good, told to their writer before it is done."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.text import Truncator

from accounts.models import User, WorkingCopy
from observations.models import FocusWish, Observation
from pathway.models import Enrolment, ParticipationNeed
from pathway.querysets import EnrolmentQuerySet
from portfolio.models import (
    Action,
    Attachment,
    CpdRecord,
    Evidence,
    MentorView,
    Note,
    Objective,
    Plan,
    Reflection,
    SelfAssessment,
)
from portfolio.queries.places import OBSERVED, PLACES, Keys, Place, years_of
from pqs_portal.lib.drafts import Payload, is_in_words
from pqs_portal.lib.passages import INSTEAD, pattern_of, taken_out
from sessions_catalogue.models import Suggestion, Worksheet, WorkspaceEntry

TYPED = ("text you are typing", "texts you are typing")
# Long enough to store a file, too short to remove one and add another.
IN_ONE_GO = dt.timedelta(seconds=5)


@dataclass(frozen=True)
class Standing:
    """``what`` in words, how many of them hold the words, and which texts they belong to: (title, address or "", how
    many of them)."""

    what: str
    count: int
    texts: Sequence[tuple[str, str, int]]


@dataclass(frozen=True)
class Found:
    """``missing``: passages that stand nowhere; ``files``: those in which our own server found the words, and that
    are not chosen; ``observers``: in whose observations they stand; ``chosen``: how many files go as a whole."""

    places: Sequence[Standing]
    missing: Sequence[str]
    files: Sequence[Attachment]
    observers: Sequence[str]
    chosen: int = 0

    @property
    def total(self) -> int:
        """What ``take_out`` will say."""
        return sum(place.count for place in self.places) + self.chosen


def words_in(value: Any, keys: Keys = None, *, here: bool = True) -> Iterable[str]:
    """Every text of a column that a person has typed."""
    if isinstance(value, str):
        yield from [value] if here else []
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from words_in(inner, keys, here=keys is None or key in keys)
    elif isinstance(value, list):
        for inner in value:
            yield from words_in(inner, keys, here=here)


def without(
    value: Any, pattern: re.Pattern[str], keys: Keys = None, *, here: bool = True, most: int | None = None
) -> Any:
    """The same column without the words; no text in it longer than ``most``."""
    if isinstance(value, str):
        return taken_out(value, pattern, most) if here else value
    if isinstance(value, Mapping):
        return {key: without(inner, pattern, keys, here=keys is None or key in keys) for key, inner in value.items()}
    if isinstance(value, list):
        return [without(inner, pattern, keys, here=here, most=most) for inner in value]
    return value


def in_words(payload: Payload) -> Payload:
    """Those fields of a draft into which a person types words."""
    return {name: values for name, values in payload.items() if is_in_words(name)}


def look_for(passages: Sequence[str], *, enrolment: Enrolment, by: User, chosen: Sequence[Attachment] = ()) -> Found:
    """Counts what the writer reads; rows of others that the writer does not read are not told of."""
    patterns = {passage: pattern_of([passage]) for passage in passages}
    years, seen = years_of(by, enrolment), set[str]()
    standing: dict[tuple[str, str], Counter[tuple[str, str]]] = {}

    def holds(values: Iterable[str]) -> bool:
        # What stands for words that are gone is not looked into: it stays.
        parts = [part for value in values for part in value.split(INSTEAD)]
        held = {passage for passage, pattern in patterns.items() if any(map(pattern.search, parts))}
        seen.update(held)
        return bool(held)

    files = []
    for place in PLACES:
        for row in _rows_with_names(place, by, years).filter(place.read_by_writer):
            is_chosen = isinstance(row, Attachment) and row in chosen  # counted once, as a file
            if holds(_typed(row, place.texts)) and not is_chosen:
                standing.setdefault(place.name, Counter())[text_of(row, place, enrolment)] += 1
            if isinstance(row, Attachment) and row.removed_at is None and holds(words_in(row.found)) and not is_chosen:
                files.append(row)
    for copy in WorkingCopy.objects.visible_to(by).filter(organisation=enrolment.organisation_id):
        if holds(words_in(in_words(copy.payload))):
            standing.setdefault(TYPED, Counter())[_begun(copy)] += 1
    observed = [
        row.observer.name
        for row in Observation.objects.visible_to(by).filter(enrolment__in=years).select_related("observer")
        if row.is_released and holds(_typed(row, OBSERVED))
    ]
    return Found(
        places=[_standing(name, texts) for name, texts in standing.items()],
        missing=[passage for passage in passages if passage not in seen],
        files=files,
        observers=sorted(set(observed)),
        chosen=len(chosen),
    )


def _standing(name: tuple[str, str], texts: Counter[tuple[str, str]]) -> Standing:
    count = texts.total()
    return Standing(name[count != 1], count, [(*text, many) for text, many in texts.items() if text[0]])


def _rows_with_names(place: Place, by: User, years: EnrolmentQuerySet) -> QuerySet[Any]:
    """With what ``text_of`` asks for."""
    beside = [name for name in (place.year, place.beside) if name]
    rows = place.rows(by, years)
    return rows.select_related(*beside) if beside else rows


def text_of(row: Any, place: Place, enrolment: Enrolment) -> tuple[str, str]:
    """What a person calls the text that ``row`` is or is a part of, and its page ("" where it has none of its own or
    cannot be opened)."""
    whole, *deeper = place.year.split("__")
    thing = getattr(row, whole) if deeper else row
    if isinstance(thing, Attachment):
        return thing.name, thing.evidence.get_absolute_url() if thing.evidence else ""
    name = NAMES.get(type(thing))
    if name is None:
        return str(getattr(thing, place.beside)) if place.beside else "", ""
    return name(thing), thing.get_absolute_url() if _has_a_page(thing, enrolment) else ""


def _has_a_page(thing: Any, enrolment: Enrolment) -> bool:
    if isinstance(thing, Evidence):
        return True  # in the bin as well
    if isinstance(thing, Observation):
        return thing.is_released
    if isinstance(thing, OF_THIS_YEAR):
        year = thing.plan.enrolment_id if isinstance(thing, Objective) else thing.enrolment_id
        if year != enrolment.pk:
            return False
    return hasattr(thing, "get_absolute_url") and getattr(thing, "discarded_at", None) is None


def _in_short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(60)


def _begun(copy: WorkingCopy) -> tuple[str, str]:
    """Its title, or how it begins, and the page it is typed on."""
    words = in_words(copy.payload)
    typed = (text for name in ("title", *words) for text in words_in(words.get(name)) if text.strip())
    return _in_short(next(typed, "")), copy.page


def _typed(row: Any, texts: Mapping[str, Keys]) -> Iterable[str]:
    for name, keys in texts.items():
        yield from words_in(getattr(row, name), keys)


def own_files(enrolment: Enrolment, by: User) -> list[Attachment]:
    """The writer's files of which the bytes are still there, the newest first."""
    mine = Attachment.objects.filter(uploaded_by=by, organisation=enrolment.organisation_id).exclude(file="")
    return list(mine.select_related("evidence").order_by("-created_at"))


def replaced_files(files: Sequence[Attachment]) -> set[uuid.UUID]:
    """Those that were taken off by putting another one in their place, which is done in one go."""
    return {
        old.pk
        for old in files
        for new in files
        if old.removed_at
        and old.evidence_id == new.evidence_id
        and old.removed_at <= new.created_at < old.removed_at + IN_ONE_GO
    }


NAMES: Mapping[type[Model], Callable[[Any], str]] = {
    Evidence: lambda row: str(row.title),
    SelfAssessment: lambda row: str(row.get_point_display()),
    MentorView: lambda row: str(row.get_point_display()),
    Plan: lambda row: "Your plan",
    Objective: lambda row: _in_short(row.need),
    Reflection: lambda row: row.title or "Your critical reflection",
    Note: lambda row: _in_short(row.text),
    Action: lambda row: _in_short(row.text),
    CpdRecord: lambda row: str(row.title),
    WorkspaceEntry: lambda row: str(row.session),
    Worksheet: lambda row: str(row.template.title),
    FocusWish: str,
    Observation: str,
    ParticipationNeed: lambda row: _in_short(row.text),
    Suggestion: lambda row: _in_short(row.text),
}
# Their pages are those of the year that the person is in.
OF_THIS_YEAR = (Plan, Objective, Reflection, Note, Action, WorkspaceEntry)
