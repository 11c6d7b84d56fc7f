"""Bringing many people into a cohort: a list is checked as a whole, then carried out row by row, each row once."""

from __future__ import annotations

import datetime as dt
import logging
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, Membership, Organisation, User
from accounts.transitions import InvalidTransition
from pathway.models import Cohort, Enrolment, Nomination, PeopleImport, PeopleImportRow
from pathway.services import nominations
from pathway.services.rows import Refused, free_id, made_before
from pqs_portal.lib.csv import CsvRow, CsvTable, NotReadable, read_csv, rows_to_csv

log = logging.getLogger(__name__)

MOST_ROWS = 5_000
MOST_BYTES = 5 * 1024 * 1024
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_SHOWN = 200, 254, 60
LEASE = dt.timedelta(minutes=5)
RENEW_AFTER = 20
COHORTS = AuditEvent.Category.COHORTS
Status, Outcome = PeopleImport.Status, PeopleImportRow.Outcome

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
THERE = "In the cohort already: nothing changes"
BROKEN = "Something went wrong with this row. Bring it in once more"


# --- reading ---------------------------------------------------------------------------------------------------
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


# --- what is known, in a few queries -----------------------------------------------------------------------------
@dataclass
class Known:
    """What the rows are held against, for all of them at once."""

    cohort: Cohort
    addresses: set[str]
    on: dt.date
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def organisation(self) -> Organisation:
        return self.cohort.organisation

    @cached_property
    def memberships(self) -> dict[str, Membership]:
        found = Membership.objects.filter(organisation=self.organisation, user__email__in=self.addresses)
        return {membership.user.email: membership for membership in found.select_related("user")}

    @cached_property
    def inside(self) -> set[uuid.UUID]:
        return set(Enrolment.objects.filter(cohort=self.cohort).values_list("supervisor", flat=True))

    @cached_property
    def elsewhere(self) -> set[uuid.UUID]:
        """Memberships with a place in another cohort, which they take on accepting their invitation."""
        placed = Nomination.objects.filter(organisation=self.organisation, status=Nomination.Status.PLACED)
        return set(placed.exclude(cohort=self.cohort).values_list("membership", flat=True))

    @cached_property
    def mentors(self) -> set[uuid.UUID]:
        return nominations.eligible_mentors(self.organisation, self.on)

    def member(self, email: str) -> User | None:
        """A live member with the address."""
        membership = self.memberships.get(email.lower())
        live = membership is not None and membership.is_live(self.on) and membership.user.is_active
        return membership.user if membership and live else None


def known_for(cohort: Cohort, rows: Iterable[Mapping[str, str]]) -> Known:
    columns = ("email", "line_manager", "mentor")
    addresses = {cells[name].lower() for cells in rows for name in columns if _is_address(cells[name])}
    return Known(cohort=cohort, addresses=addresses, on=timezone.localdate())


# --- checking ----------------------------------------------------------------------------------------------------
@transaction.atomic
def check_list(*, pk: uuid.UUID, cohort: Cohort, table: CsvTable, file_name: str, by: User) -> PeopleImport:
    """Keep the list with what is wrong in each row. Nobody is touched before ``start``."""
    before = made_before(PeopleImport, pk, cohort.organisation_id)
    if before:
        return before
    made = PeopleImport.objects.create(
        pk=free_id(PeopleImport, pk),
        organisation=cohort.organisation,
        cohort=cohort,
        made_by=by,
        file_name=file_name[:255],
        unknown_columns=[name[:LONGEST_SHOWN] for name in table.unknown],
    )
    known = known_for(cohort, (row.cells for row in table.rows))
    rows = []
    for row in table.rows:
        problems = [*row.problems, *problems_of(row.cells, known)]
        problems += _double(row, known)
        remarks = [] if problems else remarks_of(row.cells, known)
        facts = {"number": row.number, "cells": row.cells, "problems": problems, "remarks": remarks}
        rows.append(PeopleImportRow(organisation=cohort.organisation, people_import=made, **facts))
    PeopleImportRow.objects.bulk_create(rows, batch_size=1000)
    return made


def problems_of(cells: Mapping[str, str], known: Known) -> list[str]:
    """Why the row is left out, in words that mend it; nothing if it can be carried out."""
    name, email = cells["name"], cells["email"].lower()
    found = [*_wrong_name(name), *_wrong_address(email)]
    membership = known.memberships.get(email)
    if membership and membership.has_ended(known.on):
        found.append(nominations.ENDED)
    elif membership and membership.pk in known.elsewhere:
        found.append("They have a place in another cohort already. Change that place instead")
    for column, role in (("line_manager", "line manager"), ("mentor", "mentor")):
        found += _wrong_companion(cells[column], email, role, known)
    if date_of(cells["starts_on"]) is None and cells["starts_on"]:
        found.append(f"“{_short(cells['starts_on'])}” is no date like 3/9/2027")
    if cells["taking_part_as"].casefold() not in TAKING_PART:
        found.append(f"“{_short(cells['taking_part_as'])}” is not known. Write one of: {IN_WORDS}")
    return found


def _wrong_name(name: str) -> list[str]:
    if not name:
        return ["There is no name"]
    if len(name) > LONGEST_NAME:
        return [f"The name is longer than {LONGEST_NAME} characters"]
    if FORMULA.match(name):
        return [f"The name begins with “{name[0]}”, like a formula. Write the name itself"]
    return ["The name is an e-mail address. Write the name itself"] if "@" in name else []


def _wrong_address(email: str) -> list[str]:
    shown = _short(email)
    if not email:
        return ["There is no e-mail address"]
    if "@" not in email:
        return [f"There is no @ in the address “{shown}”"]
    if not email.isascii():
        return [f"The address “{shown}” has letters that are not plain. Type it again instead of pasting it"]
    if not _is_address(email):
        return [f"The address “{shown}” is not in the right form, like name@example.gov.uk"]
    return []


def _is_address(email: str) -> bool:
    if not email.isascii() or len(email) > LONGEST_ADDRESS or FORMULA.match(email):
        return False
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _wrong_companion(typed: str, email: str, role: str, known: Known) -> list[str]:
    if not typed:
        return []
    if typed.lower() == email:
        return [f"Nobody is their own {role}"]
    if known.member(typed) is None:
        return [f"The {role} “{_short(typed)}” is not a member here. Invite them first, or leave the cell empty"]
    return []


def _double(row: CsvRow, known: Known) -> list[str]:
    email = row.cells["email"].lower()
    first = known.seen.setdefault(email, row.number) if email else row.number
    return [] if first == row.number else [f"The same address is in row {first} already"]


def remarks_of(cells: Mapping[str, str], known: Known) -> list[str]:
    """What is told beside carrying the row out."""
    membership = known.memberships.get(cells["email"].lower())
    if membership and membership.user_id in known.inside:
        return [THERE]
    return [without_mentor(cells, known)] if without_mentor(cells, known) else []


def without_mentor(cells: Mapping[str, str], known: Known) -> str:
    """Why they come without the mentor that the row names, or nothing."""
    mentor = known.member(cells["mentor"])
    if mentor is None:
        return ""
    if mentor.pk not in known.mentors:
        return f"Without a mentor: {mentor.name} is not on record as registered with two years of supervising"
    if cells["mentor"].lower() == cells["line_manager"].lower():
        return f"Without a mentor: {mentor.name} is the line manager. Pair them by hand and say why"
    return ""


def date_of(typed: str) -> dt.date | None:
    """3/9/2027 or 2027-09-03, within a century that makes sense."""
    found = DAY_FIRST.match(typed)
    try:
        day = dt.date(int(found[3]), int(found[2]), int(found[1])) if found else dt.date.fromisoformat(typed)
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


# --- carrying out ------------------------------------------------------------------------------------------------
@transaction.atomic
def start(*, people_import: PeopleImport, by: User) -> bool:
    """The yes to what was checked; False if it had been said before."""
    waiting = PeopleImport.objects.filter(pk=people_import.pk, status=Status.CHECKED)
    if not waiting.update(status=Status.QUEUED):
        return False
    audit.record("brought people in", by=by, category=COHORTS, target=people_import)
    return True


def discard(*, people_import: PeopleImport) -> bool:
    """What was typed about people who were not brought in goes."""
    waiting = PeopleImport.objects.filter(pk=people_import.pk, status=Status.CHECKED)
    with transaction.atomic():
        if not waiting.update(status=Status.DISCARDED):
            return False
        PeopleImportRow.objects.filter(people_import=people_import).delete()
    return True


def waiting_imports(now: dt.datetime) -> list[uuid.UUID]:
    """Lists that nobody is carrying out: queued, or whose worker has died."""
    return list(PeopleImport.objects.filter(_free(now)).order_by("created_at").values_list("pk", flat=True))


def _free(now: dt.datetime) -> Q:
    return Q(status=Status.QUEUED) | Q(status=Status.RUNNING, claimed_at__lt=now - LEASE)


def run_import(*, import_id: uuid.UUID, now: dt.datetime) -> bool:
    """Carry out the rows that have no outcome yet; False when somebody else is doing it."""
    if not PeopleImport.objects.filter(_free(now), pk=import_id).update(status=Status.RUNNING, claimed_at=now):
        return False
    found = PeopleImport.objects.select_related("cohort__organisation", "made_by").get(pk=import_id)
    to_do = list(PeopleImportRow.objects.filter(people_import=found).to_do().values_list("pk", flat=True))
    for number, pk in enumerate(to_do):
        if number % RENEW_AFTER == 0:
            PeopleImport.objects.filter(pk=import_id).update(claimed_at=timezone.now())
        _carry_out(pk, found)
    left = PeopleImportRow.objects.filter(people_import=found).to_do()
    if not left.exists():
        PeopleImport.objects.filter(pk=import_id).update(status=Status.DONE, finished_at=timezone.now())
    return True


@transaction.atomic
def _carry_out(pk: uuid.UUID, people_import: PeopleImport) -> None:
    """One row and its outcome, together; facts may have changed since it was checked."""
    row = PeopleImportRow.objects.select_for_update(skip_locked=True).filter(pk=pk).to_do().first()
    if row is None:
        return
    try:
        with transaction.atomic():
            row.outcome, row.why = _outcome(row, people_import)
    except (Refused, PermissionDenied, InvalidTransition) as refused:
        row.outcome, row.why = Outcome.REFUSED, str(refused) or "You may not bring people in any more"
    except Exception:  # one row that breaks must not keep the others out
        log.exception("a row of a list of people broke")
        row.outcome, row.why = Outcome.REFUSED, BROKEN
    row.why = row.why[:500]
    row.save(update_fields=["outcome", "why"])


def _outcome(row: PeopleImportRow, people_import: PeopleImport) -> tuple[str, str]:
    cohort, by, cells = people_import.cohort, people_import.made_by, row.cells
    known = known_for(cohort, [cells])
    problems = problems_of(cells, known)
    if problems:
        raise Refused(". ".join(problems))
    membership = known.memberships.get(cells["email"].lower())
    if membership and membership.user_id in known.inside:
        return Outcome.THERE_ALREADY, ""
    nomination = _nomination(cells, membership, cohort.organisation, by)
    if nomination.status == Nomination.Status.PLACED:
        return Outcome.THERE_ALREADY, "Has an invitation, and joins on accepting it"
    nomination.line_manager = known.member(cells["line_manager"]) or nomination.line_manager
    nomination.save(update_fields=["line_manager"])
    unpaired = without_mentor(cells, known)
    placed = nominations.place(
        nomination=nomination,
        cohort=cohort,
        taking_part_as=TAKING_PART[cells["taking_part_as"].casefold()],
        starts_on=date_of(cells["starts_on"]),
        mentor=None if unpaired else known.member(cells["mentor"]),
        on=known.on,
        by=by,
    )
    joined = placed.status == Nomination.Status.JOINED
    return (Outcome.ADDED if joined else Outcome.INVITED), unpaired


def _nomination(
    cells: Mapping[str, str], membership: Membership | None, organisation: Organisation, by: User
) -> Nomination:
    """The one the person waits with already, or a new one."""
    email = cells["email"].lower()
    waiting = Nomination.objects.filter(organisation=organisation).open().with_facts()
    theirs = Q(membership=membership) if membership else Q(membership=None, typed_email=email)
    found: Nomination | None = waiting.filter(theirs).first()
    return found or Nomination.objects.create(
        organisation=organisation,
        membership=membership,
        typed_name=cells["name"],
        typed_email=email,
        source=Nomination.Source.LD_LEAD,
        status=Nomination.Status.WAITING,
        made_by=by,
    )


# --- the result --------------------------------------------------------------------------------------------------
def result(people_import: PeopleImport) -> bytes:
    """The list as it came, with what became of each row."""
    rows = PeopleImportRow.objects.filter(people_import=people_import).order_by("number")
    header = ["Row", *HEADINGS.values(), "Outcome", "Why"]
    return rows_to_csv(header, (result_row(row) for row in rows))


def result_row(row: PeopleImportRow) -> list[object]:
    word = row.get_outcome_display() or (Outcome.REFUSED.label if row.problems else "")
    why = ". ".join([*row.problems, *([row.why] if row.why else [])])
    return [row.number, *(row.cells[key] for key in HEADINGS), word, why]
