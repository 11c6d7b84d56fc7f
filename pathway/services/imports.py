"""Bringing many people into a cohort: a list is checked as a whole, then carried out row by row, each row once."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, Membership, Organisation, User
from accounts.transitions import InvalidTransition
from pathway.models import Cohort, Enrolment, Nomination, PeopleImport, PeopleImportRow
from pathway.people_lists import HEADINGS, IN_WORDS, TAKING_PART, date_of, is_address, short, wrong_address, wrong_name
from pathway.services import nominations
from pathway.services.rows import Refused, free_id, made_before
from pqs_portal.lib.csv import CsvRow, CsvTable, rows_to_csv

log = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)
RENEW_AFTER = 20
COHORTS = AuditEvent.Category.COHORTS
Status, Outcome = PeopleImport.Status, PeopleImportRow.Outcome
THERE = "In the cohort already: nothing changes"
BROKEN = "Something went wrong with this row. Bring it in once more"


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
    addresses = {cells[name].lower() for cells in rows for name in columns if is_address(cells[name])}
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
        unknown_columns=[short(name) for name in table.unknown],
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
    found = [*wrong_name(name), *wrong_address(email)]
    membership = known.memberships.get(email)
    if membership and membership.has_ended(known.on):
        found.append(nominations.ENDED)
    elif membership and membership.pk in known.elsewhere:
        found.append("They have a place in another cohort already. Change that place instead")
    for column, role in (("line_manager", "line manager"), ("mentor", "mentor")):
        found += _wrong_companion(cells[column], email, role, known)
    if date_of(cells["starts_on"]) is None and cells["starts_on"]:
        found.append(f"“{short(cells['starts_on'])}” is no date like 3/9/2027")
    if cells["taking_part_as"].casefold() not in TAKING_PART:
        found.append(f"“{short(cells['taking_part_as'])}” is not known. Write one of: {IN_WORDS}")
    return found


def _wrong_companion(typed: str, email: str, role: str, known: Known) -> list[str]:
    if not typed:
        return []
    if typed.lower() == email:
        return [f"Nobody is their own {role}"]
    if known.member(typed) is None:
        return [f"The {role} “{short(typed)}” is not a member here. Invite them first, or leave the cell empty"]
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
