"""How well the search for identifying words does on the labelled sentences: precision and recall per kind.

    python -m benchmarks.confidentiality            both halves
    python -m benchmarks.confidentiality --misses   also what the tuning half got wrong (never the frozen half's)

A marked span counts as found if findings of its kind cover all its letters and digits; a finding counts as right if at
least half of its own lie in spans of its kind. Needs no database.
"""

import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pqs_portal.lib.confidentiality import Kind, find

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "content" / "confidentiality"
MARK = re.compile(r"\{(\w+):([^}]*)\}")
Span = tuple[Kind, int, int]


@dataclass
class Figures:
    """Counts of one half, by kind."""

    marked: Counter[Kind] = field(default_factory=Counter)
    covered: Counter[Kind] = field(default_factory=Counter)
    found: Counter[Kind] = field(default_factory=Counter)
    right: Counter[Kind] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def recall(self, *kinds: Kind) -> float:
        return _share(self.covered, self.marked, kinds)

    def precision(self, *kinds: Kind) -> float:
        return _share(self.right, self.found, kinds)


def _share(part: Counter[Kind], whole: Counter[Kind], kinds: tuple[Kind, ...]) -> float:
    return sum(part[kind] for kind in kinds) / max(1, sum(whole[kind] for kind in kinds))


def sentences(half: str) -> list[tuple[str, list[Span]]]:
    """(text, what is marked in it) for each line of a half."""
    lines = (FOLDER / f"{half}.txt").read_text(encoding="utf-8").splitlines()
    return [_unmarked(line) for line in lines if line and not line.startswith("#")]


def _unmarked(line: str) -> tuple[str, list[Span]]:
    text, spans, last = "", [], 0
    for match in MARK.finditer(line):
        text += line[last : match.start()]
        spans.append((Kind(match[1]), len(text), len(text) + len(match[2])))
        text += match[2]
        last = match.end()
    return text + line[last:], spans


def measure(half: str) -> Figures:
    figures = Figures()
    for text, spans in sentences(half):
        findings = [(found.kind, found.start, found.end) for found in find(text)]
        for span in spans:
            figures.marked[span[0]] += 1
            if _letters(text, [span]) <= _letters(text, [other for other in findings if other[0] == span[0]]):
                figures.covered[span[0]] += 1
            else:
                figures.misses.append(f"missed {span[0]} {text[span[1] : span[2]]!r}: {text}")
        for finding in findings:
            figures.found[finding[0]] += 1
            own = _letters(text, [finding])
            if 2 * len(own & _letters(text, [span for span in spans if span[0] == finding[0]])) >= len(own):
                figures.right[finding[0]] += 1
            else:
                figures.misses.append(f"wrong {finding[0]} {text[finding[1] : finding[2]]!r}: {text}")
    return figures


def _letters(text: str, spans: list[Span]) -> set[int]:
    return {at for _, start, end in spans for at in range(start, end) if text[at].isalnum()}


def table(half: str, figures: Figures) -> str:
    rows = [f"{half:<10}{'marked':>8}{'found':>8}{'precision':>11}{'recall':>8}"]
    for kind in Kind:
        counts = f"{kind:<10}{figures.marked[kind]:>8}{figures.found[kind]:>8}"
        rows.append(f"{counts}{figures.precision(kind):>11.3f}{figures.recall(kind):>8.3f}")
    return "\n".join(rows)


def milliseconds(words: int) -> float:
    """How long one text of that many words takes, everything loaded."""
    text = ""
    while text.count(" ") < words:
        text += " ".join(sentence for sentence, _ in sentences("tuning")) + " "
    text = " ".join(text.split()[:words])
    find(text)
    started = time.perf_counter()
    find(text)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    for name in ("tuning", "frozen")[: 1 if "--tuning" in sys.argv else 2]:
        measured = measure(name)
        print(table(name, measured), "\n")
        if name == "tuning" and "--misses" in sys.argv:
            print("\n".join(measured.misses), "\n")
    print(f"3,000 words: {milliseconds(3000):.0f} ms")
