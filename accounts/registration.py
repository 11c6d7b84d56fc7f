"""Registration numbers: one way of writing each, so that the same number is not kept twice."""

from __future__ import annotations

import re

SOCIAL_WORK_ENGLAND = re.compile(r"SW0*([1-9]\d{0,6})")


def social_work_england_number(typed: str) -> str:
    """``sw 00123`` as ``SW123``. ValueError if it is not of that form (the register states no longest length)."""
    match = SOCIAL_WORK_ENGLAND.fullmatch(without_spaces(typed))
    if match is None or not match[1].isascii():
        raise ValueError(typed)
    return f"SW{match[1]}"


def without_spaces(typed: str) -> str:
    return "".join(typed.split()).upper()
