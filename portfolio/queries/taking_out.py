"""Where words stand that are to be taken out for good, told to their writer before it is done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User, WorkingCopy
from observations.models import Observation
from pathway.models import Enrolment
from portfolio.models import Attachment
from portfolio.queries.places import OBSERVED, PLACES, Keys, years_of
from pqs_portal.lib.drafts import Payload, is_in_words
from pqs_portal.lib.passages import pattern_of, taken_out


@dataclass(frozen=True)
class Found:
    """``places``: (what in words, how many of them hold the words); ``missing``: passages that stand nowhere;
    ``files``: those in which our own server found the words; ``observers``: in whose observations they stand."""

    places: Sequence[tuple[str, int]]
    missing: Sequence[str]
    files: Sequence[Attachment]
    observers: Sequence[str]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.places)


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


def look_for(passages: Sequence[str], *, enrolment: Enrolment, by: User) -> Found:
    """Counts what the writer reads; rows of others that the writer does not read are not told of."""
    patterns = {passage: pattern_of([passage]) for passage in passages}
    years, counts, seen = years_of(by, enrolment), Counter[tuple[str, str]](), set[str]()

    def holds(values: Iterable[str]) -> bool:
        said = list(values)
        held = {passage for passage, pattern in patterns.items() if any(map(pattern.search, said))}
        seen.update(held)
        return bool(held)

    files = []
    for place in PLACES:
        for row in place.rows(by, years).filter(place.read_by_writer):
            counts[place.name] += holds(_typed(row, place.texts))
            if isinstance(row, Attachment) and row.removed_at is None and holds(words_in(row.found)):
                files.append(row)
    for copy in WorkingCopy.objects.visible_to(by).filter(organisation=enrolment.organisation_id):
        counts["text you are typing", "texts you are typing"] += holds(words_in(in_words(copy.payload)))
    observed = [
        row.observer.name
        for row in Observation.objects.visible_to(by).filter(enrolment__in=years).select_related("observer")
        if row.is_released and holds(_typed(row, OBSERVED))
    ]
    return Found(
        places=[(name[count != 1], count) for name, count in counts.items() if count],
        missing=[passage for passage in passages if passage not in seen],
        files=files,
        observers=sorted(set(observed)),
    )


def _typed(row: Any, texts: Mapping[str, Keys]) -> Iterable[str]:
    for name, keys in texts.items():
        yield from words_in(getattr(row, name), keys)


def own_files(enrolment: Enrolment, by: User) -> list[Attachment]:
    """The writer's files of which the bytes are still there, the newest first."""
    mine = Attachment.objects.filter(uploaded_by=by, organisation=enrolment.organisation_id).exclude(file="")
    return list(mine.select_related("evidence").order_by("-created_at"))
