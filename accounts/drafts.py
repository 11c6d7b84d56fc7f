"""Which forms keep what is being typed. Each module named in ``settings.DRAFT_MODULES`` offers ``DRAFTS``."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.conf import settings

from accounts.models import Organisation, User
from pqs_portal.lib.drafts import Payload

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Place:
    """Somewhere a person may write: in which organisation, on which page, and how its fields read in words."""

    organisation_id: uuid.UUID
    url: str
    read: Callable[[Payload], Fields]
    # The version that is saved; 0 if nothing is.
    version: int = 0

    def page(self, asked: str) -> str:
        """``asked`` if it is an address of this place's page (a query may say more), else the page itself."""
        here = self.url.partition("?")[0]
        return asked if asked == here or asked.startswith(f"{here}?") else self.url


# Who asks, their organisation, and what they want to write on: a row that is there, or one that will be.
Finder = Callable[[User, Organisation | None, uuid.UUID], Place | None]


@cache
def forms() -> Mapping[str, Finder]:
    found: dict[str, Finder] = {}
    for path in settings.DRAFT_MODULES:
        found |= import_module(path).DRAFTS
    return found


def place_for(form: str, user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    """Where the person may write now, or None: not theirs, thrown away, or no such form."""
    finder = forms().get(form)
    return finder(user, organisation, target_id) if finder else None
