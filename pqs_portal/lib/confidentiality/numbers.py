"""NHS numbers, national insurance numbers and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Finding, Kind, from_span

TEN_DIGITS = re.compile(r"(?<![\d£$€+])(?<!\d[.,/])\d(?:[ \u00a0.\-]?\d){9}(?![ \u00a0.\-]?\d)(?!/\d)")
# How ten digits are usually grouped; another grouping needs the letters NHS before it.
NHS_GROUPS = {(10,), (3, 3, 4), (3, 4, 3), (4, 3, 3), (1, 3, 3, 3), (5, 5)}
NHS_BEFORE = re.compile(r"\bnhs\b[^!?\n]{0,30}$", re.IGNORECASE)

NINO = re.compile(
    r"(?<![^\W_])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ \-]?\d{2}[ \-]?\d{2}[ \-]?\d{2}[ \-]?[A-D](?![^\W_])",
    re.IGNORECASE,
)
NINO_NEVER = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}

PHONE = re.compile(
    r"(?<![\w+£$€/])(?<!\d[.,\-])"
    # country and area, area in brackets, or plain
    r"(?:(?:\(\+\d{1,3}\)|\+\d{1,3}|00\d{2})[ \u00a0.\-–]?(?:\(0\)[ ]?)?(?:\(\d{2,5}\)|\d)|\(0\d{2,4}\)|0\d{2})"
    r"(?:[ \u00a0.\-–]{0,2}\d){5,14}(?![\w/]|[.,\-]\d)"
)


def is_nhs_number(digits: str) -> bool:
    """Modulus 11 over the first nine of ten digits (NHS Data Model and Dictionary, "NHS Number").

    Weights 10 down to 2; eleven minus the remainder is the check digit, 11 stands for 0, and 10 is never issued.
    """
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit() or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def nhs_numbers(text: str) -> Iterator[Finding]:
    for match in TEN_DIGITS.finditer(text):
        groups = re.findall(r"\d+", match[0])
        said = bool(NHS_BEFORE.search(text, max(0, match.start() - 40), match.start()))
        usual = tuple(len(group) for group in groups) in NHS_GROUPS
        if is_nhs_number("".join(groups)) and (usual or said):
            yield from_span(Kind.NHS_NUMBER, text, match.span(), likely=said or len(groups) == 3)


def national_insurance_numbers(text: str) -> Iterator[Finding]:
    """Two letters, six digits, a letter A to D (HMRC, National Insurance Manual NIM39110).

    D, F, I, Q, U and V are in no prefix, O is never its second letter, and seven prefixes are never given out.
    """
    for match in NINO.finditer(text):
        if match[0][:2].upper() not in NINO_NEVER:
            yield from_span(Kind.NATIONAL_INSURANCE, text, match.span())


def phone_numbers(text: str) -> Iterator[Finding]:
    """UK numbers as Ofcom's National Telephone Numbering Plan has them, and others that begin with + and a country."""
    for match in PHONE.finditer(text):
        if _is_phone(match[0]):
            yield from_span(Kind.PHONE, text, match.span())


def _is_phone(written: str) -> bool:
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    if "+" in written or digits.startswith("00"):
        digits = digits.removeprefix("00")
        if not digits.startswith("44"):
            return 9 <= len(digits) <= 15
        digits = "0" + digits[2:].removeprefix("0")
    if digits[:2] in {"02", "03", "07", "05", "09"}:
        return len(digits) == 11
    # Some areas, and some freephone numbers, have one digit less.
    return digits[:2] in {"01", "08"} and len(digits) in {10, 11}
