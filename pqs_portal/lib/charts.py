"""Pictures drawn on the server: SVG by attributes alone (the page allows no style), readable in print and by name.

Shape and fill say what colour says: key points are circles, key activities rounded squares, sessions small squares;
filled is done, outlined is to come, a double ring is now, and a diamond is overdue.
"""

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from pqs_portal.lib.dates import add_months

Kind = Literal["key_point", "key_activity", "session"]
State = Literal["done", "now", "to_come", "overdue"]
XOf: TypeAlias = Callable[[dt.date], float]

GREEN, TEAL, AMBER, INK, GREY = "#0f7a52", "#0f5257", "#f2b544", "#0b0c0c", "#505a5f"
COLOURS: dict[str, str] = {"key_point": GREEN, "key_activity": TEAL, "session": TEAL}
STATE_WORDS: dict[str, str] = {
    "done": "done",
    "now": "under way",
    "to_come": "to come",
    "overdue": "waiting for a new date",
}
KIND_WORDS: dict[str, str] = {"key_point": "Key point", "key_activity": "Key activity", "session": "Session"}

WIDE = 960  # units; about one CSS pixel each on a full-width page
LEFT, RIGHT = 24, 936
SESSION_Y, LINE_Y, ROWS_Y = 62, 100, (140, 164)
STEP = 44  # height of a row of the tall version
FONT = "Arial, Helvetica, sans-serif"


@dataclass(frozen=True)
class YearPoint:
    """One step or session of somebody's year. ``url`` is used by the list beside the picture, not in it."""

    on: dt.date
    label: str
    kind: Kind
    state: State
    url: str = ""


@dataclass(frozen=True)
class Placed:
    point: YearPoint
    mark: str  # what is written in it: its place among the key points, or the session's own number
    x: float


def year_line(
    points: Iterable[YearPoint], *, today: dt.date, start: dt.date, months: int, here: str, vertical: bool = False
) -> SafeString:
    """A year as one line: lying for wide pages, standing (``vertical``) for phones. ``here`` is written at today."""
    ordered = sorted(points, key=lambda point: point.on)
    draw = tall_year if vertical else wide_year
    body, width, height = draw(ordered, today, start, add_months(start, months), here)
    return picture(body, width, height, "The year as a line", year_in_words(ordered, today))


def year_in_words(points: Sequence[YearPoint], today: dt.date) -> str:
    counts = [(sum(point.state == state for point in points), words) for state, words in STATE_WORDS.items()]
    parts = [f"{count} {words}" for count, words in counts if count]
    coming = next((point for point in points if point.state in ("now", "to_come") and point.on >= today), None)
    said = f"{len(points)} steps and sessions: {', '.join(parts)}." if parts else "No steps have a date yet."
    return f"{said} Next: {coming.label}, {coming.on.day} {coming.on:%B}." if coming else said


def marks(points: Sequence[YearPoint]) -> list[str]:
    """Key points and activities are counted; a session shows its own number where its label has one."""
    found, count = [], 0
    for point in points:
        if point.kind == "session":
            number = re.search(r"\d+", point.label)
            found.append(number[0] if number else "")
        else:
            count += 1
            found.append(str(count))
    return found


# ---------------------------------------------------------------- lying


def wide_year(
    points: Sequence[YearPoint], today: dt.date, start: dt.date, end: dt.date, here: str
) -> tuple[str, int, int]:
    def x_of(day: dt.date) -> float:
        share = (day - start).days / max((end - start).days, 1)
        return LEFT + (RIGHT - LEFT) * min(max(share, 0), 1)

    numbered = list(zip(points, marks(points), strict=True))
    steps = spread([(p, m) for p, m in numbered if p.kind != "session"], x_of, gap=27)
    sessions = spread([(p, m) for p, m in numbered if p.kind == "session"], x_of, gap=23)
    labels, rows = place_labels(steps, today)
    now = x_of(today)
    parts = [line(now, 22, now, LINE_Y + 18, INK, 2, dashes="4 3"), month_marks(start, end, x_of)]
    parts.append(words(now, 14, here, anchor=side(now), size=15, weight="bold"))
    parts.append(line(LEFT, LINE_Y, RIGHT, LINE_Y, TEAL, 4))
    parts += [session_mark(placed.point, placed.x, SESSION_Y, placed.mark) for placed in sessions]
    parts += labels
    parts += [step_mark(placed.point, placed.x, LINE_Y, placed.mark) for placed in steps]
    return "".join(parts), WIDE, ROWS_Y[rows - 1] + 12 if rows else LINE_Y + 24


def month_marks(start: dt.date, end: dt.date, x_of: XOf) -> str:
    parts = []
    day = start.replace(day=1) if start.day == 1 else add_months(start.replace(day=1), 1)
    while day <= end:
        x = x_of(day)
        parts.append(line(x, 32, x, LINE_Y, "#b1b4b6", 1))
        if x + 30 < RIGHT:
            parts.append(words(x + 5, 42, f"{day:%b}", size=14, fill=GREY, halo=True))
        day = add_months(day, 1)
    return "".join(parts)


def spread(items: Sequence[tuple[YearPoint, str]], x_of: XOf, gap: float) -> list[Placed]:
    """Each at its date, pushed apart so that no mark covers another."""
    gap = min(gap, (RIGHT - LEFT) / max(len(items) - 1, 1))
    places = [x_of(point.on) for point, _ in items]
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + gap)
    limit: float = RIGHT
    for i in reversed(range(len(places))):
        places[i] = min(places[i], limit)
        limit = places[i] - gap
    return [Placed(point, mark, x) for (point, mark), x in zip(items, places, strict=True)]


def place_labels(steps: Sequence[Placed], today: dt.date) -> tuple[list[str], int]:
    """The names that fit without touching, what waits first; the list beside the picture has them all."""
    taken: list[list[tuple[float, float]]] = [[] for _ in ROWS_Y]
    drawn, used = [], 0
    for placed in sorted(steps, key=lambda item: importance(item, steps, today)):
        text = shorten(placed.point.label, 26)
        width = len(text) * 7.1 + 10
        left = min(max(placed.x - width / 2, 0), WIDE - width)
        span = (left, left + width)
        for row in range(len(ROWS_Y)):
            leader = (placed.x - 5, placed.x + 5)
            if any(overlaps(span, other) for other in taken[row]):
                continue
            if any(overlaps(leader, other) for above in taken[:row] for other in above):
                continue
            taken[row].append(span)
            for above in range(row):
                taken[above].append(leader)
            drawn.append(line(placed.x, LINE_Y + 12, placed.x, ROWS_Y[row] - 14, GREY, 1))
            drawn.append(words(left + width / 2, ROWS_Y[row], text, anchor="middle", size=15))
            used = max(used, row + 1)
            break
    return drawn, used


def importance(placed: Placed, steps: Sequence[Placed], today: dt.date) -> tuple[int, int]:
    away = abs((placed.point.on - today).days)
    if placed.point.state == "overdue":
        return (0, away)
    if placed.point.state in ("now", "to_come"):
        return (1, away)
    return (2 if placed in (steps[0], steps[-1]) else 3, away)


# ---------------------------------------------------------------- standing


def tall_year(
    points: Sequence[YearPoint], today: dt.date, start: dt.date, end: dt.date, here: str
) -> tuple[str, int, int]:
    rows: list[tuple[YearPoint, str] | None] = list(zip(points, marks(points), strict=True))
    rows.insert(sum(point.on < today for point in points), None)  # today
    height = STEP * len(rows) + 12
    parts = [line(62, 8, 62, height - 8, TEAL, 4)]
    month = ""
    for i, row in enumerate(rows):
        y = STEP * i + 28
        if row is None:
            parts.append(line(40, y, 92, y, INK, 2, dashes="4 3"))
            parts.append(words(100, y + 5, here, size=16, weight="bold"))
            continue
        point, mark = row
        if f"{point.on:%b}" != month:
            month = f"{point.on:%b}"
            parts.append(words(0, y + 5, month, size=15, fill=GREY))
        draw = session_mark if point.kind == "session" else step_mark
        parts.append(draw(point, 62, y, mark))
        label = re.sub(r"^Session \d+: ", "", point.label)  # the number stands in the mark
        parts.append(words(86, y - 2, shorten(label, 28), size=16))
        parts.append(words(86, y + 15, f"{point.on.day} {point.on:%B}, {STATE_WORDS[point.state]}", size=14, fill=GREY))
    return "".join(parts), 320, height


# ---------------------------------------------------------------- marks


def step_mark(point: YearPoint, x: float, y: float, mark: str) -> str:
    colour = COLOURS[point.kind]
    if point.state == "overdue":
        shape = f'<path d="M{x:.1f} {y - 16}l16 16l-16 16l-16 -16z" fill="{AMBER}" stroke="{INK}" stroke-width="2"/>'
        return titled(point, shape + number(x, y, mark, INK))
    fill, ink = (colour, "#ffffff") if point.state == "done" else ("#ffffff", colour)
    paint = f'fill="{fill}" stroke="{colour}" stroke-width="3"'
    if point.kind == "key_activity":
        shape = f'<rect x="{x - 11:.1f}" y="{y - 11}" width="22" height="22" rx="5" {paint}/>'
    else:
        shape = f'<circle cx="{x:.1f}" cy="{y}" r="12" {paint}/>'
    if point.state == "now":
        shape = f'<circle cx="{x:.1f}" cy="{y}" r="17" fill="#ffffff" stroke="{colour}" stroke-width="2"/>{shape}'
    return titled(point, shape + number(x, y, mark, ink))


def session_mark(point: YearPoint, x: float, y: float, mark: str) -> str:
    if point.state == "overdue":
        shape = f'<path d="M{x:.1f} {y - 13}l13 13l-13 13l-13 -13z" fill="{AMBER}" stroke="{INK}" stroke-width="2"/>'
        return titled(point, shape + number(x, y, mark, INK))
    fill, ink = (TEAL, "#ffffff") if point.state == "done" else ("#ffffff", TEAL)
    paint = f'fill="{fill}" stroke="{TEAL}" stroke-width="{4 if point.state == "now" else 2}"'
    shape = f'<rect x="{x - 10:.1f}" y="{y - 10}" width="20" height="20" {paint}/>'
    return titled(point, shape + number(x, y, mark, ink))


def titled(point: YearPoint, shape: str) -> str:
    said = f"{point.label}, {point.on.day} {point.on:%B %Y}, {STATE_WORDS[point.state]}"
    return f"<g><title>{escape(said)}</title>{shape}</g>"


def number(x: float, y: float, mark: str, ink: str) -> str:
    return words(x, y + 4.5, mark, anchor="middle", size=13, weight="bold", fill=ink) if mark else ""


# ---------------------------------------------------------------- small ones


def strip(states: Sequence[str], label: str = "") -> SafeString:
    """A row of small marks for a table cell, with the same in words."""
    counts = [(sum(shown(state) == key for state in states), said) for key, said in STATE_WORDS.items()]
    said = ", ".join(f"{count} {words_}" for count, words_ in counts if count) or "nothing yet"
    places: dict[str, list[int]] = defaultdict(list)
    for i, state in enumerate(states):
        places[shown(state)].append(9 + 18 * i)
    shapes = "".join(strip_marks(state, xs) for state, xs in places.items())
    width = max(18 * len(states), 1)
    return format_html(
        '<span class="pp-strip"><svg viewBox="0 0 {} 18" width="{}" height="18" aria-hidden="true" focusable="false">'
        "{}</svg>"
        '<span class="govuk-visually-hidden">{}{}</span></span>',
        width,
        width,
        mark_safe(shapes),  # noqa: S308 - shapes of our own
        f"{label}: " if label else "",
        said,
    )


def shown(state: str) -> str:
    return "now" if state == "part" else state


def strip_marks(state: str, xs: Iterable[int]) -> str:
    """All marks of one state; their looks are said once, since a board has thousands."""
    if state == "overdue":
        diamonds = "".join(f"M{x} 1l8 8l-8 8l-8 -8z" for x in xs)
        return f'<path d="{diamonds}" fill="{AMBER}" stroke="{INK}" stroke-width="1.5"/>'
    fill = TEAL if state == "done" else "#ffffff"
    circles = "".join(f'<circle cx="{x}" cy="9" r="6.5"/>' for x in xs)
    drawn = f'<g fill="{fill}" stroke="{TEAL}" stroke-width="2">{circles}</g>'
    if state != "now":
        return drawn
    halves = "".join(f"M{x} 2.5a6.5 6.5 0 0 0 0 13z" for x in xs)
    return f'{drawn}<path d="{halves}" fill="{TEAL}"/>'


WEDGES = {
    "none": "",
    "later": "",
    "some": "M12 12V3a9 9 0 0 1 9 9z",
    "enough": "M12 12V3a9 9 0 1 1 -9 9z",
}
LEVEL_WORDS = {"none": "nothing yet", "later": "still to come", "some": "some", "enough": "enough for you"}


def legend_mark(kind: Kind, state: State) -> SafeString:
    """One mark of the year, for its key."""
    draw = session_mark if kind == "session" else step_mark
    point = YearPoint(dt.date.min, "", kind, state)
    return format_html(
        '<svg viewBox="0 0 36 36" width="22" height="22" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(re.sub(r"<title>.*?</title>", "", draw(point, 18, 18, ""))),  # noqa: S308 - a shape of our own
    )


def coverage_shape(level: str) -> str:
    dashes = ' stroke-dasharray="3 3"' if level == "later" else ""
    return (
        f'<circle cx="12" cy="12" r="9" fill="#ffffff" stroke="{TEAL}" stroke-width="2"{dashes}/>'
        f'<path d="{WEDGES[level]}" fill="{TEAL}"/>'
    )


def coverage_mark(level: str) -> SafeString:
    """An empty, quarter or three-quarter circle; always beside the word that says the same."""
    return format_html(
        '<svg class="pp-coverage__mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" '
        'focusable="false">{}</svg>',
        mark_safe(coverage_shape(level)),  # noqa: S308 - shapes of our own
    )


# ---------------------------------------------------------------- drawing


def picture(body: str, width: int, height: int, title: str, description: str) -> SafeString:
    ident = "chart-" + hashlib.sha256(f"{width}{height}{title}{description}{body}".encode()).hexdigest()[:10]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="pp-chart" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        'role="img" aria-labelledby="{i}-title {i}-desc" font-family="{font}">'
        '<title id="{i}-title">{title}</title><desc id="{i}-desc">{description}</desc>{body}</svg>',
        w=width,
        h=height,
        i=ident,
        font=FONT,
        title=title,
        description=description,
        body=mark_safe(body),  # noqa: S308 - built above, every text escaped by words() or titled()
    )


def words(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    size: int = 15,
    weight: str = "",
    fill: str = "currentColor",
    halo: bool = False,
) -> str:
    halo_attrs = ' paint-order="stroke" stroke="#ffffff" stroke-width="4"' if halo else ""
    bold = f' font-weight="{weight}"' if weight else ""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} font-size="{size}"{bold}{halo_attrs} fill="{fill}">{escape(text)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: int, *, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}" stroke-width="{width}" fill="none"{dashed}/>'
    )


def side(x: float) -> str:
    return "start" if x < 100 else "end" if x > WIDE - 100 else "middle"


def overlaps(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def shorten(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:-") + "…"
