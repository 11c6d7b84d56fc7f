"""All kinds together."""

from __future__ import annotations

from collections.abc import Iterable

from .birth import dates_of_birth
from .cases import case_numbers
from .contacts import email_addresses, postcodes, street_addresses
from .finding import Finding
from .names import names
from .numbers import national_insurance_numbers, nhs_numbers, phone_numbers
from .spans import spans_of

# What comes first wins where two overlap; names are looked for in what is left.
SEARCHES = (
    email_addresses, phone_numbers, nhs_numbers, national_insurance_numbers, dates_of_birth, postcodes,
    street_addresses, case_numbers,
)  # fmt: skip


def find(text: str) -> list[Finding]:
    """What in ``text`` could identify somebody, in order, without overlaps. Nothing is logged, no network is used."""
    kept: list[Finding] = []
    for search in SEARCHES:
        taken = spans_of(kept)
        kept += _apart(found for found in search(text) if not taken.hold(found.start, found.end))
    taken = spans_of(kept)
    kept += [found for found in names(text, kept) if not taken.hold(found.start, found.end)]
    return _apart(kept)


def _apart(findings: Iterable[Finding]) -> list[Finding]:
    """In order, the earlier and longer of two that overlap."""
    kept: list[Finding] = []
    for found in sorted(findings, key=lambda found: (found.start, -found.end)):
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return kept
