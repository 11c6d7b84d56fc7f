"""Who could mentor somebody, and what speaks for and against each: proposals explain themselves."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from pathway.models import MentorRecord
from pqs_portal.templatetags.portal import plural, short_date


@dataclass(frozen=True)
class Proposal:
    """``is_good`` means that nothing speaks against it. Eligible ones need no tick any more."""

    mentor_id: uuid.UUID
    name: str
    words: str
    is_good: bool
    is_eligible: bool
    is_retired: bool = False


def proposals(
    records: Iterable[MentorRecord], *, on: dt.date, person: str = "", line_manager_id: uuid.UUID | None = None
) -> list[Proposal]:
    """The best first. ``records`` come ``with_load()``; ``person`` is whom the mentor would be for, once known."""
    found = [_proposal(record, on, person, line_manager_id) for record in records]
    load = {record.mentor_id: (record.load, record.load >= record.capacity) for record in records}
    return sorted(found, key=lambda one: (not one.is_good, not one.is_eligible, *load[one.mentor_id], one.name.lower()))


def _proposal(record: MentorRecord, on: dt.date, person: str, line_manager_id: uuid.UUID | None) -> Proposal:
    name, is_manager = record.mentor.name, record.mentor_id == line_manager_id
    load = f"{record.load} of {plural(record.capacity, 'person,people')}"
    against = [
        reason
        for reason, holds in (
            (f"is {person}’s line manager", is_manager),
            (
                f"has {record.load} of {plural(record.capacity, 'person,people')} already",
                record.load >= record.capacity,
            ),
            (record.not_eligible_words(on), not record.is_eligible(on)),
            ("takes nobody new", record.retired_on is not None),
        )
        if holds
    ]
    good = [load]
    if record.registered_until:
        good.append(f"registered until {short_date(record.registered_until)}")
    if line_manager_id:
        good.append(f"not {person}’s line manager")
    words = ", ".join(against or good)
    return Proposal(record.mentor_id, name, words, not against, record.is_eligible(on), record.retired_on is not None)
