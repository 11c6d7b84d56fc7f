"""Two texts side by side with what differs marked, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

# Beyond so many words, spaces and runs of marks lines are compared; beyond so many lines nothing is.
MOST_TOKENS = 12_000
# What one comparison may cost, in looks at a token: there are texts that take the cube of their length. What is not
# compared any more counts as different.
MOST_LOOKS = 3_000_000
WORDS = re.compile(r"\s+|\w+|[^\w\s]+")
LINES = re.compile(r"[^\n]*\n|[^\n]+")


class Looks:
    """How many are left; the fields of one page share them."""

    def __init__(self) -> None:
        self.left = MOST_LOOKS


class Bounded(SequenceMatcher[str]):
    """Finds nothing more in common once the looks are used up."""

    b2j: dict[str, list[int]]  # of SequenceMatcher: where each token of the second text stands

    def __init__(self, left: Sequence[str], right: Sequence[str], looks: Looks) -> None:
        self.tokens, self.looks = left, looks
        super().__init__(_is_space, left, right, autojunk=False)

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        cost = sum(1 + len(self.b2j.get(token, ())) for token in self.tokens[alo:ahi])
        if cost > self.looks.left:
            self.looks.left = 0
            return Match(alo, blo, 0)
        self.looks.left -= cost
        return super().find_longest_match(alo, ahi, blo, bhi)


def _is_space(token: str) -> bool:
    """Spaces are the same only beside words that are; ends of lines are words of their own."""
    return token.isspace() and "\n" not in token


def _tokens(theirs: str, mine: str) -> tuple[list[str], list[str]]:
    for kind in (WORDS, LINES):
        left, right = kind.findall(theirs), kind.findall(mine)
        if len(left) + len(right) <= MOST_TOKENS:
            return left, right
    return [theirs], [mine]


def _blocks(left: list[str], right: list[str], looks: Looks) -> list[tuple[int, int, int]]:
    """Where both are the same: from where in each, and how many tokens. The last is their end."""
    most = min(len(left), len(right))
    begin = next((at for at in range(most) if left[at] != right[at]), most)
    most -= begin
    end = next((at for at in range(most) if left[-1 - at] != right[-1 - at]), most)
    inner = Bounded(left[begin : len(left) - end], right[begin : len(right) - end], looks).get_matching_blocks()
    return [
        (0, 0, begin),
        *((begin + block.a, begin + block.b, block.size) for block in inner if block.size),
        (len(left) - end, len(right) - end, end),
    ]


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


def compare(theirs: str, mine: str, looks: Looks | None = None) -> tuple[list[Part], list[Part]]:
    """Each text in parts that the other has too and parts that it has not; joined again they are the text."""
    left, right = _tokens(theirs, mine)
    blocks = _blocks(left, right, looks or Looks())
    return _parts(left, [(a, size) for a, _, size in blocks]), _parts(right, [(b, size) for _, b, size in blocks])


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
    looks = Looks()
    found = [Pair(label, *compare(before.get(label, ""), now.get(label, ""), looks)) for label in labels]
    return [pair for pair in found if pair.differs]


@dataclass(frozen=True)
class Step:
    """A stretch of two texts read as one: in both ("same"), only in the older ("gone") or only in the newer ("new")."""

    text: str
    kind: str


def steps(older: str, newer: str) -> list[Step]:
    """From the one to the other; a space between two changes belongs to them, so that phrases stay whole."""
    left, right = _tokens(older, newer)
    found: list[Step] = []
    gone = new = ""
    a = b = 0
    for to_a, to_b, size in _blocks(left, right, Looks()):
        gone, new = gone + "".join(left[a:to_a]), new + "".join(right[b:to_b])
        a, b = to_a + size, to_b + size
        same = "".join(left[to_a:a])
        if gone and new and same.isspace() and "\n" not in same:
            gone, new = gone + same, new + same
        elif same:
            found += [*_both(gone, new), Step(same, "same")]
            gone = new = ""
    return found + _both(gone, new)


def _both(gone: str, new: str) -> list[Step]:
    """The space at the end of both is in both."""
    kept = len(gone) - len(gone.rstrip(" "))
    if kept and new.endswith(gone[-kept:]):
        return [*_both(gone[:-kept], new[:-kept]), Step(" " * kept, "same")]
    return [Step(text, kind) for text, kind in ((gone, "gone"), (new, "new")) if text]
