"""Which areas a piece may speak to: a guess to be accepted or passed over, by nobody but its writer."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pathway.models import Area
from portfolio.area_words import OF_KIND, WORDS
from portfolio.models import Evidence

MOST = 3
# What counts how much; a single word says too little.
SESSION, KIND, WORD = 3, 2, 1
NEEDED = 2
SHOWN_WORDS = 3
SHORTEST_OF_TITLE = 6
IN_EVERY_TITLE = frozenset({"social", "practice", "supervisor", "supervisors", "supervision", "worker", "workers"})


@dataclass(frozen=True)
class Suggestion:
    """``why`` is a sentence for the writer."""

    area: Area
    why: str


def suggested(
    areas: Sequence[Area],
    *,
    text: str,
    kind: str,
    session_area: uuid.UUID | None = None,
    chosen: Collection[uuid.UUID] = (),
) -> list[Suggestion]:
    """Up to three of ``areas`` (of one standard, with it) that are not ``chosen``, the likeliest first."""
    plain = " ".join(text.casefold().replace("’", "'").split())
    weighed = [(_weigh(area, plain, kind, session_area), area) for area in areas if area.pk not in chosen]
    likely = [(weight, why, area) for (weight, why), area in weighed if weight >= NEEDED]
    likely.sort(key=lambda row: (-row[0], row[2].number))
    return [Suggestion(area, why) for _, why, area in likely[:MOST]]


def _weigh(area: Area, text: str, kind: str, session_area: uuid.UUID | None) -> tuple[int, str]:
    """How likely the area is, and the best reason for it."""
    words = found_words(area.standard.series, area.number, area.title, text)
    of_session = area.pk == session_area
    of_kind = OF_KIND.get(area.standard.series, {}).get(kind) == area.number
    weight = SESSION * of_session + KIND * of_kind + WORD * len(words)
    if of_session:
        return weight, "The session is about it."
    if len(words) >= NEEDED or not of_kind:
        return weight, f"You write of {_quoted(words[:SHOWN_WORDS])}."
    return weight, f"“{Evidence.Kind(kind).label}” often speaks to it."


def found_words(series: str, number: int, title: str, text: str) -> list[str]:
    """The words of the area that stand in ``text`` (lower case), each of the area's list once, as they stand there."""
    listed = WORDS.get(series, {}).get(number) or _of_title(title)
    matches: Iterable[re.Match[str] | None] = (_pattern(word).search(text) for word in listed)
    return sorted({match[0] for match in matches if match}, key=text.index)


@cache
def _pattern(word: str) -> re.Pattern[str]:
    ending = r"[\w'-]*" if word.endswith("*") else ""
    return re.compile(rf"(?<![\w-]){re.escape(word.rstrip('*'))}{ending}(?![\w-])")


@cache
def _of_title(title: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W\d]+", title.casefold())
    return tuple(word for word in words if len(word) >= SHORTEST_OF_TITLE and word not in IN_EVERY_TITLE)


def _quoted(words: Sequence[str]) -> str:
    marked = [f"“{word}”" for word in words]
    return marked[0] if len(marked) == 1 else f"{', '.join(marked[:-1])} and {marked[-1]}" if marked else ""
