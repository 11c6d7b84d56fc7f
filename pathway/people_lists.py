"""A list of people as it comes, in a file or pasted: its cells, and what is wrong in a cell by itself."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from pathway.models import Enrolment
from pqs_portal.lib.csv import CsvRow, CsvTable, NotReadable, read_csv, rows_to_csv

MOST_ROWS = 5_000
MOST_BYTES = 5 * 1024 * 1024
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_SHOWN = 200, 254, 60

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("full name", "person", "participant", "supervisor", "practice supervisor"),
    "email": ("e-mail", "mail", "email address", "e-mail address", "address", "work email"),
    "line_manager": ("line manager", "line manager email", "line manager’s e-mail", "line manager's email", "manager"),
    "mentor": ("mentor email", "mentor’s e-mail", "mentor's email", "mentor e-mail"),
    "starts_on": ("starts on", "start", "start date", "starts"),
    "taking_part_as": ("taking part as", "takes part as", "takes part in", "kind"),
}
REQUIRED = ("name", "email")
HEADINGS = {
    "name": "Name",
    "email": "E-mail",
    "line_manager": "Line manager e-mail",
    "mentor": "Mentor e-mail",
    "starts_on": "Starts on",
    "taking_part_as": "Taking part as",
}
EXAMPLE = [
    ["Nadia Example", "nadia@example.org", "her.manager@example.org", "her.mentor@example.org", "3/9/2029", ""],
    ["Sam Example", "sam@example.org", "", "", "", "Aspiring supervisor"],
]
ON_PATHWAY = ("", "pathway", "the pathway", "on the pathway", "the whole pathway", "whole pathway")
TAKING_PART = {
    words.casefold(): choice.value for choice in Enrolment.TakingPartAs for words in (choice.label, choice.value)
} | dict.fromkeys(ON_PATHWAY, "")
IN_WORDS = ", ".join(["on the pathway", *(choice.label.lower() for choice in Enrolment.TakingPartAs)])
FORMULA = re.compile(r"[=+@\-|]")
DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\Z")
# Name <address>, "Name" <address>; a name, a tab or comma, an address; or an address alone.
IN_BRACKETS = re.compile(r'\s*"?(?P<name>[^"<]*?)"?\s*<(?P<email>[^<>]*)>\s*\Z')


def read_file(content: bytes) -> CsvTable:
    """Raises NotReadable, with words for whoever sent the file."""
    if len(content) > MOST_BYTES:
        raise NotReadable("The file is larger than 5 MB. Split it into smaller files.")
    table = read_csv(content, columns=COLUMNS, required=REQUIRED, most_rows=MOST_ROWS)
    if table.missing:
        wanted = " and ".join(f"“{HEADINGS[key]}”" for key in table.missing)
        raise NotReadable(f"The file has no column {wanted}. Write the headings in its first line, as in the example.")
    if not table.rows:
        raise NotReadable("The file has headings, but nobody below them.")
    return table


def read_addresses(text: str) -> CsvTable:
    """People one a line, or as mail programs copy them: many in a line, with semicolons between."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = line.split(";") if line.count("@") > 1 else [line]
        rows += [CsvRow(number, _person(part), []) for part in parts if part.strip(" \t,;")]
    if len(rows) > MOST_ROWS:
        raise NotReadable(f"These are more than {MOST_ROWS:,} people. Bring them in in smaller lists.")
    if not rows:
        raise NotReadable("There is nobody in the list.")
    # Several in one line, or not: each gets a number of its own.
    return CsvTable([], [], [CsvRow(number, row.cells, row.problems) for number, row in enumerate(rows, 1)])


def _person(text: str) -> dict[str, str]:
    found = IN_BRACKETS.match(text)
    if found:
        # Mail programs turn names around: Green, Sam.
        return _cells(" ".join(reversed(found["name"].split(",", 1))), found["email"])
    parts = [part.strip(' "') for part in re.split(r"[\t,]", text) if part.strip(' "')]
    address = next((part for part in parts if "@" in part), parts[-1] if len(parts) > 1 else "")
    return _cells(", ".join(part for part in parts if part != address), address)


def _cells(name: str, email: str) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | {"name": " ".join(name.split()), "email": email.strip()}


def example() -> bytes:
    return rows_to_csv(list(HEADINGS.values()), EXAMPLE)


# --- cells, each by itself -----------------------------------------------------------------------------------------
def wrong_name(name: str) -> list[str]:
    if not name:
        return ["There is no name"]
    if len(name) > LONGEST_NAME:
        return [f"The name is longer than {LONGEST_NAME} characters"]
    if FORMULA.match(name):
        return [f"The name begins with “{name[0]}”, like a formula. Write the name itself"]
    return ["The name is an e-mail address. Write the name itself"] if "@" in name else []


def wrong_address(email: str) -> list[str]:
    shown = short(email)
    if not email:
        return ["There is no e-mail address"]
    if "@" not in email:
        return [f"There is no @ in the address “{shown}”"]
    if not email.isascii():
        return [f"The address “{shown}” has letters that are not plain. Type it again instead of pasting it"]
    if not is_address(email):
        return [f"The address “{shown}” is not in the right form, like name@example.gov.uk"]
    return []


def is_address(email: str) -> bool:
    if not email.isascii() or len(email) > LONGEST_ADDRESS or FORMULA.match(email):
        return False
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def date_of(typed: str) -> dt.date | None:
    """3/9/2027 or 2027-09-03, within a century that makes sense."""
    found = DAY_FIRST.match(typed)
    try:
        day = dt.date(int(found[3]), int(found[2]), int(found[1])) if found else dt.date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None


def short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
