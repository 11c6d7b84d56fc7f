"""What a refused POST held, safe to show and to post again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from django.http import QueryDict

# Secrets are never echoed, and the token is made anew.
NEVER_SHOWN = ("password", "csrfmiddlewaretoken", "code", "token", "secret")
HIDDEN_FIELD = re.compile(r"csrfmiddlewaretoken|.*password.*|.*token.*|code|next|action", re.IGNORECASE)
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
BOOKKEEPING = re.compile(
    r"(.*-)?(id|revision|version|based_on|TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)|(save_)?draft(_\w+)?"
)
OF_A_DAY = re.compile(r"(.+)_(day|month|year)")

Choices = Mapping[str, Mapping[str, str]]


def posted_fields(posted: QueryDict) -> list[tuple[str, str]]:
    """Every (name, value) in the order typed, without passwords, codes and tokens."""
    return [
        (name, str(value))
        for name, values in posted.lists()
        for value in values
        if not any(word in name.lower() for word in NEVER_SHOWN)
    ]


def is_readable(name: str, value: object) -> bool:
    """Whether a person would know it as something they entered."""
    return not (HIDDEN_FIELD.fullmatch(name) or BOOKKEEPING.fullmatch(name) or UUID.fullmatch(str(value)))


def in_words(
    fields: Iterable[tuple[str, str]], labels: Mapping[str, str] | None = None, choices: Choices | None = None
) -> list[tuple[str, str]]:
    """(label, text) of what a person entered, each field once: a day in parts counts as one."""
    entered: dict[str, list[str]] = {}
    days: dict[str, list[str]] = {}
    for name, value in fields:
        if value and is_readable(name, value):
            part = OF_A_DAY.fullmatch(name)
            found = days if part else entered
            found.setdefault(part[1] if part else name, []).append((choices or {}).get(name, {}).get(value, value))
    texts = {name: ", ".join(values) for name, values in entered.items()}
    texts |= {name: day_in_words(parts) for name, parts in days.items()}
    return [((labels or {}).get(name) or name_in_words(name), text) for name, text in texts.items()]


def name_in_words(name: str) -> str:
    """story_0 and happened_on as words"""
    return re.sub(r"[_-]+", " ", name).strip().capitalize()


def day_in_words(parts: Sequence[str]) -> str:
    """Day, month and year as they were typed; if that is no day, just that."""
    try:
        day, month, year = map(int, parts)
        found = dt.date(year, month, day)
    except ValueError:
        return " ".join(parts)
    return f"{found.day} {found:%B %Y}"
