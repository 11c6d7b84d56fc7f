"""How well areas are suggested for a piece: on labelled pieces, half by half, and on the pieces of the demo's year.

    python -m benchmarks.suggested_areas            all figures
    python -m benchmarks.suggested_areas --misses   also what the tuned half got wrong (never the frozen half's)

Precision is the share of the suggestions that are among a piece's areas, recall the share of the areas suggested, and
"one right" the share of the pieces with at least one of theirs suggested. Needs no database.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pqs_portal.settings")
django.setup()

from pathway.models import Area, Standard  # noqa: E402 - Django first
from portfolio.suggest import suggested  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
PIECES = ROOT / "tests" / "content" / "areas" / "pieces.txt"
STANDARD = ROOT / "fixtures" / "standards" / "pqs-adults.json"
SESSIONS = ROOT / "fixtures" / "catalogue" / "sessions.json"
YEAR = ROOT / "fixtures" / "demo" / "year.json"


@dataclass(frozen=True)
class Piece:
    """``session_area`` is the area of the session that the piece was written after, where it has one."""

    ident: str
    kind: str
    areas: frozenset[int]
    text: str
    session_area: int | None = None


@dataclass
class Figures:
    pieces: int = 0
    labels: int = 0
    suggestions: int = 0
    right: int = 0
    with_one_right: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, piece: Piece, found: Mapping[int, str]) -> None:
        right = piece.areas & found.keys()
        self.pieces += 1
        self.labels += len(piece.areas)
        self.suggestions += len(found)
        self.right += len(right)
        self.with_one_right += bool(right)
        if right != piece.areas or len(found) > len(right):
            self.misses.append(f"{piece.ident} {piece.kind} {sorted(piece.areas)} {dict(found)}: {piece.text}")

    @property
    def precision(self) -> float:
        return self.right / max(1, self.suggestions)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.labels)

    @property
    def one_right(self) -> float:
        return self.with_one_right / max(1, self.pieces)


def is_frozen(ident: str) -> bool:
    """Half of the pieces, by a rule that knows nothing of what they say."""
    return hashlib.sha256(f"piece {ident}".encode()).digest()[0] % 2 == 0


def labelled(*, frozen: bool) -> list[Piece]:
    return [piece for piece in _pieces() if is_frozen(piece.ident) is frozen]


def _pieces() -> Iterator[Piece]:
    lines = [line for line in PIECES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    for head, body in zip(lines[::2], lines[1::2], strict=True):
        ident, kind, areas, title = (part.strip() for part in head.split("|"))
        yield Piece(ident, kind, frozenset(map(int, areas.split(","))), f"{title} {body}")


def of_the_year() -> list[Piece]:
    """The pieces of the demo's year that have areas, with the area of their session."""
    of_session = {row["number"]: row["area"] for row in json.loads(SESSIONS.read_text(encoding="utf-8"))}
    return [
        Piece(
            row["title"],
            row["kind"],
            frozenset(number for number, _ in row["areas"]),
            f"{row['title']} {row['body']}",
            of_session.get(row.get("session")),
        )
        for row in json.loads(YEAR.read_text(encoding="utf-8"))["evidence"]
        if row.get("areas")
    ]


def the_areas() -> list[Area]:
    standard = json.loads(STANDARD.read_text(encoding="utf-8"))
    kept = Standard(series=standard["series"])
    return [Area(standard=kept, number=row["number"], title=row["title"]) for row in standard["areas"]]


def measure(pieces: list[Piece], areas: list[Area]) -> Figures:
    figures = Figures()
    of_number = {area.number: area.pk for area in areas}
    for piece in pieces:
        session_area = of_number[piece.session_area] if piece.session_area else None
        found = suggested(areas, text=piece.text, kind=piece.kind, session_area=session_area)
        figures.add(piece, {row.area.number: row.why for row in found})
    return figures


def milliseconds(words: int, areas: list[Area]) -> float:
    """The quickest of fifty calls for one text of that many words: other work on the machine adds to the rest."""
    many = " ".join(piece.text for piece in _pieces()).split()
    text = " ".join((many * (words // len(many) + 1))[:words])
    took = []
    for _ in range(50):
        started = time.perf_counter()
        suggested(areas, text=text, kind="plain")
        took.append((time.perf_counter() - started) * 1000)
    return min(took)


def main() -> None:
    areas, year = the_areas(), of_the_year()
    sets = {
        "tuned half": labelled(frozen=False),
        "frozen half": labelled(frozen=True),
        "demo year": [replace(piece, session_area=None) for piece in year],
        "demo year, session known": year,
    }
    print(f"{'':<26}{'pieces':>7}{'suggestions':>13}{'precision':>11}{'recall':>8}{'one right':>11}")
    for name, pieces in sets.items():
        if name != "tuned half" and "--tuned" in sys.argv:
            continue
        figures = measure(pieces, areas)
        shares = f"{figures.precision:>11.2f}{figures.recall:>8.2f}{figures.one_right:>11.2f}"
        print(f"{name:<26}{figures.pieces:>7}{figures.suggestions:>13}{shares}")
        if name == "tuned half" and "--misses" in sys.argv:
            print("\n".join(figures.misses))
    print(f"2,000 words: {milliseconds(2000, areas):.1f} ms")


if __name__ == "__main__":
    main()
