"""Which areas a piece may speak to: a guess to be accepted or passed over, by nobody but its writer."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from pathway.models import Area
from portfolio.area_words import COMMON_KIND, TELLING_KIND, WORDS, Words
from portfolio.models import Evidence

MOST = 2
# What counts how much, and how much an area needs; a word of several areas counts for each by its share.
TELLING, COMMON = 2.0, 1.0
NEEDED = 2.0
# An area with much less than the likeliest is not named beside it.
NEAR = 0.7
SHOWN_WORDS = 3
SHORTEST_OF_TITLE = 6
IN_EVERY_TITLE = frozenset({"social", "practice", "supervisor", "supervisors", "supervision", "worker", "workers"})
TOKEN = re.compile(r"\w+(?:[-':]\w+)*")


@dataclass(frozen=True)
class Suggestion:
    """``why`` is a sentence for the writer."""

    area: Area
    why: str


@dataclass(frozen=True)
class Entry:
    """A word, stem or phrase of the lists, and what it counts for each area that has it."""

    text: str
    weights: Mapping[int, float]


@dataclass(frozen=True)
class Index:
    """The lists of a set of standards by how their entries are looked up; phrases by whole words and beginning."""

    words: Mapping[str, Entry]
    stems: Mapping[str, Entry]
    phrases: Sequence[tuple[frozenset[str], str, Entry]]
    shortest_stem: int


@dataclass
class Found:
    """What of an area's lists stands in ``text``, as it stands there, and what it counts."""

    text: str
    weight: float = 0
    words: list[tuple[float, str]] = field(default_factory=list)

    def add(self, weight: float, word: str) -> None:
        self.weight += weight
        self.words.append((weight, word))

    def most_telling(self) -> list[str]:
        """In the order of the text, none that is a part of another."""
        words = [f" {word} " for _, word in sorted(self.words, key=itemgetter(0), reverse=True)]
        phrases = [word for word in words if " " in word.strip()]
        whole = [word for word in words if not any(word in phrase != word for phrase in phrases)]
        return [word.strip() for word in sorted(whole[:SHOWN_WORDS], key=self.text.index)]


def suggested(
    areas: Sequence[Area],
    *,
    text: str,
    kind: str,
    session_area: uuid.UUID | None = None,
    chosen: Collection[uuid.UUID] = (),
) -> list[Suggestion]:
    """The one or two of ``areas`` (of one standard, with it) that are likeliest, but for those ``chosen`` already."""
    if not areas:
        return []
    series = areas[0].standard.series
    found = found_words(series, tuple((area.number, area.title) for area in areas), text)
    weights = {area.number: found[area.number].weight + _of_kind(series, kind, area.number) for area in areas}
    needed = max(NEEDED, NEAR * max(weights.values()))
    likely = [area for area in areas if area.pk == session_area or weights[area.number] >= needed]
    likely.sort(key=lambda area: (area.pk != session_area, -weights[area.number], area.number))
    return [
        Suggestion(area, _why(found[area.number], kind, of_session=area.pk == session_area))
        for area in likely[:MOST]
        if area.pk not in chosen
    ]


def _of_kind(series: str, kind: str, number: int) -> float:
    telling, common = (kinds.get(series, {}).get(kind) == number for kinds in (TELLING_KIND, COMMON_KIND))
    return TELLING * telling + COMMON * common


def _why(found: Found, kind: str, *, of_session: bool) -> str:
    if of_session:
        return "The session is about it."
    words = f"you write of {_quoted(found.most_telling())}" if found.words else ""
    if found.weight >= NEEDED:
        return f"Y{words[1:]}."
    return f"“{Evidence.Kind(kind).label}” often speaks to it{f', and {words}' if words else ''}."


def found_words(series: str, areas: tuple[tuple[int, str], ...], text: str) -> dict[int, Found]:
    """What of the lists of each area (number and title) stands in ``text``; each entry counts once."""
    tokens = TOKEN.findall(text.casefold().replace("’", "'"))
    plain = f" {' '.join(tokens)} "
    index = _index(series, areas)
    present = dict.fromkeys(tokens)
    hits: dict[str, tuple[Entry, str]] = {}
    for token in present:
        entry = _entry(index, token)
        if entry:
            hits.setdefault(entry.text, (entry, token))
    for whole_words, start, phrase in index.phrases:
        if present.keys() >= whole_words and (at := plain.find(start)) >= 0:
            hits[phrase.text] = (phrase, plain[at + 1 : plain.index(" ", at + len(start) - 1)])
    found = {number: Found(plain) for number, _ in areas}
    for one, word in hits.values():
        for number, weight in one.weights.items():
            found[number].add(weight, word)
    return found


def _entry(index: Index, token: str) -> Entry | None:
    """The entry that a word is one of: itself, or the longest stem that it begins with."""
    if token in index.words:
        return index.words[token]
    for length in range(len(token), index.shortest_stem - 1, -1):
        if token[:length] in index.stems:
            return index.stems[token[:length]]
    return None


@lru_cache(maxsize=32)
def _index(series: str, areas: tuple[tuple[int, str], ...]) -> Index:
    lists = WORDS.get(series, {})
    weights: dict[str, dict[int, float]] = defaultdict(dict)
    for number, title in areas:
        words = lists.get(number) or Words((), _of_title(title))
        for entries, weight in ((words.common, COMMON), (words.telling, TELLING)):
            for listed_as in entries:
                weights[listed_as][number] = weight
    words_only: dict[str, Entry] = {}
    stems: dict[str, Entry] = {}
    phrases = []
    for listed_as, by in weights.items():
        entry = Entry(listed_as, {number: weight / len(by) for number, weight in by.items()})
        if " " in listed_as:
            whole_words = frozenset(word for word in listed_as.split() if not word.endswith("*"))
            phrases.append((whole_words, f" {listed_as} ".replace("* ", ""), entry))
        elif listed_as.endswith("*"):
            stems[listed_as[:-1]] = entry
        else:
            words_only[listed_as] = entry
    return Index(words_only, stems, phrases, min(map(len, stems), default=0))


def _of_title(title: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W\d]+", title.casefold())
    return tuple(word for word in words if len(word) >= SHORTEST_OF_TITLE and word not in IN_EVERY_TITLE)


def _quoted(words: Sequence[str]) -> str:
    marked = [f"“{word}”" for word in words]
    return marked[0] if len(marked) == 1 else f"{', '.join(marked[:-1])} and {marked[-1]}" if marked else ""
