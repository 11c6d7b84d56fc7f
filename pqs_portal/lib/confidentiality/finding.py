"""What the search for identifying words hands back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    NAME = "name"
    NHS_NUMBER = "nhs"
    NATIONAL_INSURANCE = "nino"
    DATE_OF_BIRTH = "dob"
    PHONE = "phone"
    EMAIL = "email"
    POSTCODE = "postcode"
    ADDRESS = "address"
    CASE_NUMBER = "case"


class Certainty(StrEnum):
    LIKELY = "likely"
    POSSIBLE = "possible"


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Finding:
    """``text[start:end]`` of the searched text could identify somebody. Never log one: it holds the words."""

    kind: Kind
    start: int
    end: int
    text: str
    certainty: Certainty


def from_span(kind: Kind, text: str, span: tuple[int, int], *, likely: bool = True) -> Finding:
    start, end = span
    return Finding(kind, start, end, text[start:end], Certainty.LIKELY if likely else Certainty.POSSIBLE)
