"""Two texts side by side with what differs marked, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Beyond so many words, lines are compared: comparing words takes the square of their number.
MOST_WORDS = 6000
WORDS = re.compile(r"\s+|\w+|[^\w\s]")
LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True)
class Part:
    text: str
    differs: bool


@dataclass(frozen=True)
class Pair:
    """One field of both."""

    label: str
    theirs: Sequence[Part]
    mine: Sequence[Part]

    @property
    def differs(self) -> bool:
        return any(part.differs for part in (*self.theirs, *self.mine))


def compare(theirs: str, mine: str) -> tuple[list[Part], list[Part]]:
    """Each text in parts that the other has too and parts that it has not; joined again they are the text."""
    tokens = WORDS if len(theirs.split()) + len(mine.split()) <= MOST_WORDS else LINES
    left, right = tokens.findall(theirs), tokens.findall(mine)
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return _parts(left, [(block.a, block.size) for block in blocks]), _parts(
        right, [(block.b, block.size) for block in blocks]
    )


def _parts(tokens: list[str], same: Iterable[tuple[int, int]]) -> list[Part]:
    parts, at = [], 0
    for start, size in same:
        for begin, end, differs in ((at, start, True), (start, start + size, False)):
            if begin < end:
                parts.append(Part("".join(tokens[begin:end]), differs))
        at = start + size
    return parts


def pairs(theirs: Iterable[tuple[str, str]], mine: Iterable[tuple[str, str]]) -> list[Pair]:
    """(label, text) of both, in the order of ``mine``; only fields that differ."""
    before, now = dict(theirs), dict(mine)
    labels = [*now, *(label for label in before if label not in now)]
    found = [Pair(label, *compare(before.get(label, ""), now.get(label, ""))) for label in labels]
    return [pair for pair in found if pair.differs]


@dataclass(frozen=True)
class Step:
    """A stretch of two texts read as one: in both ("same"), only in the older ("gone") or only in the newer ("new")."""

    text: str
    kind: str


def steps(older: str, newer: str) -> list[Step]:
    """From the one to the other; a space between two changes belongs to them, so that phrases stay whole."""
    tokens = WORDS if len(older.split()) + len(newer.split()) <= MOST_WORDS else LINES
    left, right = tokens.findall(older), tokens.findall(newer)
    found: list[Step] = []
    gone = new = ""
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        before, after = "".join(left[a:b]), "".join(right[c:d])
        if tag == "equal" and not (gone and new and before.isspace() and "\n" not in before):
            found += _both(gone, new)
            gone = new = ""
            found.append(Step(before, "same"))
        else:
            gone, new = gone + before, new + after
    return found + _both(gone, new)


def _both(gone: str, new: str) -> list[Step]:
    """The space at the end of both is in both."""
    kept = len(gone) - len(gone.rstrip(" "))
    if kept and new.endswith(gone[-kept:]):
        return [*_both(gone[:-kept], new[:-kept]), Step(" " * kept, "same")]
    return [Step(text, kind) for text, kind in ((gone, "gone"), (new, "new")) if text]
