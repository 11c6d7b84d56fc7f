"""Addresses by the thousand: a list of people's steps has one for each step, and ``reverse`` takes its time."""

from __future__ import annotations

import uuid
from functools import cache

from django.urls import reverse


def address(name: str, *ids: uuid.UUID) -> str:
    """The same as ``reverse(name, args=ids)``, for addresses whose every part is an id."""
    return _pattern(name, len(ids)).format(*ids)


@cache
def _pattern(name: str, number: int) -> str:
    stand_ins = [uuid.UUID(int=index) for index in range(number)]
    pattern = reverse(name, args=stand_ins)
    for index, stand_in in enumerate(stand_ins):
        pattern = pattern.replace(str(stand_in), f"{{{index}}}")
    return pattern
