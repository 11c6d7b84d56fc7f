"""How one area is covered, as a small picture: a mark with its word, a square for each piece, and what was said."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from pqs_portal.lib.charts import GREY, INK, TEAL, coverage_shape, picture, shorten, words

WIDTH, LEFT = 300, 44
SQUARE, STEP, MOST = 13, 17, 12  # a year's worth of squares in one row; how many more is said beside
STAR = "l1.5 3.5l3.8.3l-2.9 2.5l.9 3.7l-3.3-2l-3.3 2l.9-3.7l-2.9-2.5l3.8-.3z"


@dataclass(frozen=True)
class CoveragePoint:
    """``opened`` pieces somebody else can read, ``private`` ones only the writer; ``best`` of them are marked.

    ``said`` are (who, their word); ``when`` is how recent the last piece is.
    """

    level: str
    word: str
    opened: int = 0
    private: int = 0
    best: int = 0
    when: str = ""
    said: Sequence[tuple[str, str]] = ()


def coverage_card(title: str, point: CoveragePoint) -> SafeString:
    """The picture says nothing that ``coverage_in_words`` does not."""
    parts = [f'<g transform="scale(1.5)">{coverage_shape(point.level)}</g>']
    word, _, more = point.word.partition(", ")  # such as when its session comes, on a line of its own
    parts.append(words(LEFT, 24, shorten(word, 30), size=16, weight="bold"))
    y = 42
    if more:
        parts.append(words(LEFT, 46, more, size=15, fill=GREY))
        y = 64
    if point.opened or point.private:
        parts.append(_squares(point, y))
        y += 36
        if point.when:
            parts.append(words(LEFT, y, f"last {point.when}", size=15, fill=GREY))
            y += 22
    if point.best:
        parts.append(f'<path transform="translate({LEFT + 7} {y - 13}) scale(1.5)" d="M0 0{STAR}" fill="{TEAL}"/>')
        parts.append(words(LEFT + 22, y, f"{point.best} among the best", size=15))
        y += 22
    for who, word in point.said:
        shape = f"M{LEFT + 7} {y - 13}l7 7l-7 7l-7 -7z"
        parts.append(f'<path d="{shape}" fill="#ffffff" stroke="{INK}" stroke-width="2"/>')
        parts.append(words(LEFT + 22, y, shorten(f"{who}: {word}", 30), size=15))
        y += 22
    return picture("".join(parts), WIDTH, max(y - 6, 40), title, coverage_in_words(point))


def coverage_in_words(point: CoveragePoint) -> str:
    pieces = point.opened + point.private
    found = [point.word]
    if pieces:
        found.append(f"{pieces} {'piece' if pieces == 1 else 'pieces'}")
    if point.private:
        found.append(f"{point.private} of them only you can read")
    if point.best:
        found.append(f"{point.best} among the best")
    if point.when:
        found.append(f"the last {point.when}")
    found += [f"{who}: {word}" for who, word in point.said]
    return "; ".join(found)


def _squares(point: CoveragePoint, y: int) -> str:
    """What others can read is filled, what only the writer can is outlined."""
    pieces = point.opened + point.private
    shown = min(pieces, MOST)
    fills = [TEAL if index < point.opened else "#ffffff" for index in range(shown)]
    parts = [
        f'<rect x="{LEFT + 1 + STEP * index}" y="{y}" width="{SQUARE}" height="{SQUARE}" fill="{fill}" stroke="{TEAL}"'
        ' stroke-width="2"/>'
        for index, fill in enumerate(fills)
    ]
    if pieces > shown:
        parts.append(words(LEFT + STEP * shown + 6, y + 12, f"+{pieces - shown}", size=15, fill=GREY))
    return "".join(parts)
