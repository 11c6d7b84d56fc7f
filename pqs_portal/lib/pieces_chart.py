"""How many pieces each area has, of what kinds, and which are among the best: one picture, for print."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.utils.safestring import SafeString

from pqs_portal.lib.charts import TEAL, picture, shorten, words
from pqs_portal.lib.coverage_chart import STAR

WIDTH, ROW, TOP = 640, 46, 20
SQUARE, STEP, GAP, MOST = 13, 16, 6, 30  # how many more than fit in a row is said beside
PALE = "#d9e8e7"
LONGEST_NAME = 88


@dataclass(frozen=True)
class Pieces:
    """Of one area. ``kinds``: how many pieces of each, and how many of those are among the best."""

    area: str
    kinds: Sequence[tuple[str, int, int]] = ()

    @property
    def count(self) -> int:
        return sum(count for _, count, _ in self.kinds)

    @property
    def best(self) -> int:
        return sum(best for *_, best in self.kinds)

    @property
    def in_words(self) -> str:
        """Without the kinds: 9 pieces, 2 of them among the best."""
        if not self.count:
            return "no piece yet"
        pieces = "1 piece" if self.count == 1 else f"{self.count} pieces"
        if not self.best:
            return pieces
        return f"{pieces}, {self.best} of them among the best" if self.count > 1 else f"{pieces}, among the best"

    @property
    def kinds_in_words(self) -> str:
        return ", ".join(f"{kind} ({count})" if count > 1 else kind for kind, count, _ in self.kinds)


def pieces_chart(title: str, areas: Sequence[Pieces]) -> SafeString:
    """Which kinds they are is said beside: in a table, whose words break where they must."""
    drawn = [_row(area, TOP + ROW * number) for number, area in enumerate(areas)]
    return picture("".join(drawn), WIDTH, max(ROW * len(areas), ROW), title, pieces_in_words(areas))


def pieces_in_words(areas: Sequence[Pieces]) -> str:
    return "; ".join(f"{area.area}: {area.in_words}" for area in areas)


def _row(area: Pieces, y: int) -> str:
    """The name, a square for each piece with the kinds apart, and how many."""
    parts = [words(0, y - 6, shorten(area.area, LONGEST_NAME), size=15, weight="bold")]
    squares, end = _squares(area, y)
    parts += squares
    more = area.count - MOST
    said = f"+{more}: {area.in_words}" if more > 0 else area.in_words
    parts.append(words(end + 8 if end else 0, y + 12, said, size=14))
    return "".join(parts)


def _squares(area: Pieces, y: int) -> tuple[list[str], int]:
    """Those among the best are dark and have a star. And where the last one ends."""
    starts = [0, *accumulate(count for _, count, _ in area.kinds)]
    places = [
        (number * STEP + kind * GAP, number - start < best)
        for kind, (start, (_, count, best)) in enumerate(zip(starts, area.kinds, strict=False))
        for number in range(start, start + count)
    ]
    shown = places[:MOST]
    return [_square(x + 1, y, is_best=is_best) for x, is_best in shown], shown[-1][0] + SQUARE if shown else 0


def _square(x: int, y: int, *, is_best: bool) -> str:
    fill = TEAL if is_best else PALE
    drawn = f'<rect x="{x}" y="{y}" width="{SQUARE}" height="{SQUARE}" fill="{fill}" stroke="{TEAL}"/>'
    if not is_best:
        return drawn
    return f'{drawn}<path transform="translate({x + 6.5} {y + 1.5})" d="M0 0{STAR}" fill="#ffffff"/>'
