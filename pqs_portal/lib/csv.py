"""Tables as CSV: written so that Excel runs nothing in them, and read however people's spreadsheets save them."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
NOT_CSV = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")  # xlsx and ods, xls, pdf
MOST_COLUMNS = 200
_SEPARATOR_LINE = re.compile(r'\A"?sep=([,;\t|])"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)


class NotReadable(Exception):
    """The file as a whole is of no use; the words tell its owner how to mend it."""


@dataclass(frozen=True)
class CsvRow:
    """``number`` is the line's number in a spreadsheet; columns that are missing are empty in ``cells``."""

    number: int
    cells: dict[str, str]
    problems: list[str]


@dataclass(frozen=True)
class CsvTable:
    """``missing`` are keys of required columns, ``unknown`` headings as they were typed."""

    missing: list[str]
    unknown: list[str]
    rows: list[CsvRow]


def rows_to_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """With a byte order mark, by which Excel knows UTF-8."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    for row in (header, *rows):
        writer.writerow([_harmless(cell) for cell in row])
    return target.getvalue().encode("utf-8-sig")


def _harmless(cell: object) -> object:
    """Texts that a spreadsheet would take for a formula start with an apostrophe; numbers stay numbers."""
    if cell is None or isinstance(cell, int | float | Decimal):
        return cell
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def read_csv(
    content: bytes, *, columns: Mapping[str, Sequence[str]], most_rows: int, required: Collection[str] = ()
) -> CsvTable:
    """The cells under the keys of ``columns``, found by the headings that each key lists. Raises NotReadable."""
    text = _text(content)
    keys = {_plain(alias): key for key, aliases in columns.items() for alias in (key, *aliases)}
    lines = _lines(text, keys)
    _, headings = next(lines, (0, []))
    if not headings:
        raise NotReadable("The file is empty. It needs headings in its first line and one line for each entry.")
    while not headings[-1]:
        headings.pop()
    if len(headings) > MOST_COLUMNS:
        raise NotReadable(f"The file has more than {MOST_COLUMNS} columns. Delete the ones that are not needed.")
    found = [keys.get(_plain(heading), "") for heading in headings]
    _refuse_twins(headings, found)
    rows: list[CsvRow] = []
    for number, cells in lines:
        if len(rows) == most_rows:
            raise NotReadable(f"The file has more than {most_rows} lines. Split it into smaller files.")
        rows.append(_row(number, cells, columns, found))
    return CsvTable(
        missing=[key for key in columns if key in required and key not in found],
        unknown=[headings[place] or f"column {place + 1}" for place, key in enumerate(found) if not key],
        rows=rows,
    )


def _text(content: bytes) -> str:
    if content.startswith(NOT_CSV):
        raise NotReadable("This is not a CSV file. Open it in your spreadsheet program and save it as CSV.")
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotReadable("This is not a text file. Open it in your spreadsheet program and save it as CSV.")


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if content[:1] == b"\0":
        return ("utf-16-be",)
    return ("utf-16-le",) if content[1:2] == b"\0" else ("utf-8-sig", "cp1252")


def _lines(text: str, known: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of each line with something in it. Spreadsheets show no ``sep=`` line, and one line for a cell
    with several, so these are not lines of the file."""
    if named := _SEPARATOR_LINE.match(text):
        return _split(text[named.end() :], named[1])
    return _split(text, max(",;\t", key=lambda mark: _fit(text, mark, known)))


def _fit(text: str, mark: str, known: Collection[str]) -> tuple[int, int]:
    """How well the first line makes sense when it is split at the mark."""
    try:
        _, headings = next(_split(text, mark), (0, []))
    except NotReadable:
        return 0, 0
    plain = [_plain(heading) for heading in headings]
    return sum(heading in known for heading in plain), sum(map(bool, plain))


def _split(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        # Strict, or a quotation mark that is never closed swallows all lines below it.
        for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True), 1):
            cells = [cell.strip() for cell in line]
            if any(cells):
                yield number, cells
    except csv.Error as error:
        raise NotReadable(
            f"Line {number + 1} cannot be read: a quotation mark in it is not closed, or closed too early. "
            "Mend the line, or save the file as CSV once more."
        ) from error


def _row(number: int, cells: list[str], columns: Iterable[str], found: list[str]) -> CsvRow:
    problems = []
    if len(cells) < len(found):
        problems.append(f"The line has {len(cells)} of {len(found)} cells.")
    if any(cells[len(found) :]):
        problems.append(f"The line has more cells than the first line has headings ({len(found)}).")
    values = dict(zip(found, cells, strict=False))
    return CsvRow(number, {key: values.get(key, "") for key in columns}, problems)


def _refuse_twins(headings: list[str], found: list[str]) -> None:
    seen: dict[str, str] = {}
    for heading, key in zip(headings, found, strict=True):
        if key and key in seen:
            raise NotReadable(f"The columns “{seen[key]}” and “{heading}” mean the same. Delete one of them.")
        seen[key] = heading


def _plain(heading: str) -> str:
    """Letters and digits only, small and without accents."""
    return "".join(mark for mark in unicodedata.normalize("NFKD", heading).casefold() if mark.isalnum())
