"""Levels at the moments of a year as a small picture: steps, with somebody else's view as diamonds beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString

from pqs_portal.lib.charts import GREY, INK, TEAL, line, picture, words


@dataclass(frozen=True)
class LevelPoint:
    """One moment of a small picture of levels: the person's own and, beside it, somebody else's. None: left open.

    Levels count from 1 to ``of``, since a scale may have changed between two moments.
    """

    label: str
    level: int | None
    of: int
    word: str = ""
    beside: int | None = None
    beside_of: int = 1
    beside_word: str = ""


def level_steps(title: str, points: Sequence[LevelPoint], *, beside: str = "") -> SafeString:
    """Levels as steps from moment to moment; a later lower one looks like any other. ``beside``: whose diamonds."""
    width, top, bottom = 300, 20, 116
    gap = (width - 80) / max(len(points) - 1, 1)
    highest = max([point.of for point in points], default=1)

    def height(level: int, of: int) -> float:
        return bottom - (bottom - top) * (level - 1) / max(of - 1, 1)

    parts = [line(16, height(n, highest), width - 16, height(n, highest), "#d8dde0", 1) for n in range(1, highest + 1)]
    places = [(40 + gap * i, point) for i, point in enumerate(points)]
    known = [(x, height(point.level, point.of)) for x, point in places if point.level]
    for (x1, y1), (x2, y2) in pairwise(known):
        middle = (x1 + x2) / 2
        path = f"M{x1:.1f} {y1:.1f}H{middle:.1f}V{y2:.1f}H{x2:.1f}"
        parts.append(f'<path d="{path}" stroke="{TEAL}" stroke-width="3" fill="none"/>')
    parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{TEAL}"/>' for x, y in known]
    for x, point in places:
        if point.beside:
            y = height(point.beside, point.beside_of)
            shape = f"M{x + 18:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z"
            parts.append(f'<path d="{shape}" fill="#ffffff" stroke="{INK}" stroke-width="2"/>')
        parts.append(words(x, bottom + 26, point.label, anchor="middle", size=15, fill=GREY))
    said = "; ".join(_level_words(point, beside) for point in points)
    return picture("".join(parts), width, bottom + 36, title, said)


def _level_words(point: LevelPoint, beside: str) -> str:
    own = point.word or "nothing said"
    return f"{point.label}: {own}" + (f", {beside}: {point.beside_word}" if point.beside else "")
