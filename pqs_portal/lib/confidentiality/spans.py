"""Stretches of a text, asked quickly whether something lies in them, also when a long document has thousands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from .finding import Finding


class Spans:
    """(start, end) pairs, merged where they touch."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(pairs):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def hold(self, start: int, end: int) -> bool:
        """Whether any of ``start`` … ``end`` lies in one of them."""
        at = bisect_right(self._starts, end - 1)
        return at > 0 and self._ends[at - 1] > start


def spans_of(findings: Iterable[Finding]) -> Spans:
    return Spans((found.start, found.end) for found in findings)
