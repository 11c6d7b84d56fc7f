"""Which forms keep what is being typed. Each module named in ``settings.DRAFT_MODULES`` offers ``DRAFTS``."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.urls import Resolver404, resolve

from accounts.models import Organisation, User
from accounts.services.rows import is_taken
from pqs_portal.lib.drafts import Payload, first_of
from pqs_portal.lib.posted import day_in_words

Fields = list[tuple[str, str]]
Read = Callable[[Payload], Fields]


@dataclass(frozen=True)
class Place:
    """Somewhere a person may write: in which organisation, on which page, and how its fields read in words."""

    organisation_id: uuid.UUID
    url: str
    read: Read
    # The version that is saved; 0 if nothing is.
    version: int = 0
    # Names of other addresses that have the form too.
    also: Collection[str] = ()
    # Where one's own words are found once nothing can be written there any more; empty while something can be.
    kept_at: str = ""
    # Fields that may not be kept.
    leaves_out: Collection[str] = ()

    def keeps(self, payload: Payload) -> Payload:
        return {name: values for name, values in payload.items() if name not in self.leaves_out}

    def page(self, asked: str) -> str:
        """``asked`` if it is an address of this place's page (a query may say more), else the page itself."""
        path = asked.partition("?")[0]
        return asked if path == self.url.partition("?")[0] or _name_of(path) in self.also else self.url

    def words_at(self, asked: str) -> str:
        """Where the writer finds what they typed: in the form on its page, as long as there is one."""
        return self.kept_at or self.page(asked)


def _name_of(path: str) -> str | None:
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


# Who asks, their organisation, and what they want to write on: a row that is there, or one that will be.
Finder = Callable[[User, Organisation | None, uuid.UUID], Place | None]

# A row → the forms that show its words to whoever writes on it, and the ids that their drafts are kept under.
Windows = Callable[[Any], Iterable[tuple[str, uuid.UUID]]]


def windows_on(row: Model) -> set[tuple[str, uuid.UUID]]:
    """Each module offers ``WINDOWS`` beside its ``DRAFTS``: models and their windows."""
    offered = (pair for path in settings.DRAFT_MODULES for pair in import_module(path).WINDOWS)
    return {window for model, windows in offered if isinstance(row, model) for window in windows(row)}


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


def closed_place_for(form: str, user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    """Where the person wrote once, and what they typed stays theirs. A module may offer ``CLOSED`` for it."""
    offered = (getattr(import_module(path), "CLOSED", {}) for path in settings.DRAFT_MODULES)
    finder = next((found[form] for found in offered if form in found), None)
    return finder(user, organisation, target_id) if finder else None


def words_of(labels: Mapping[str, str], choices: Mapping[str, Mapping[str, str]] | None = None) -> Read:
    """What was typed under each label; ``choices``: field → what is posted → how it reads."""

    def read(payload: Payload) -> Fields:
        return [(label, typed_in(payload, name, (choices or {}).get(name, {}))) for name, label in labels.items()]

    return read


def typed_in(payload: Payload, name: str, choices: Mapping[str, str] | None = None) -> str:
    """One field in words; a date in parts counts as one."""
    parts = (first_of(payload, f"{name}_{part}") for part in ("day", "month", "year"))
    chosen = ((choices or {}).get(value, value) for value in payload.get(name, ()))
    return ", ".join(chosen) or day_in_words(list(filter(None, parts)))


def as_posted(initial: Mapping[str, Any]) -> Payload:
    """As a form would send it that nobody has changed."""
    found: Payload = {}
    for name, value in initial.items():
        if isinstance(value, dt.date):
            found |= {f"{name}_{part}": [str(getattr(value, part))] for part in ("day", "month", "year")}
        elif isinstance(value, bool):
            found |= {name: ["on"]} if value else {}
        elif isinstance(value, list | tuple):
            found[name] = [str(one) for one in value]
        else:
            found[name] = ["" if value is None else f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)]
    return found


def together(one: uuid.UUID, other: uuid.UUID) -> uuid.UUID:
    """The id of what two rows make together, for what has no row of its own until it is saved.

    Out of it and one of the two, ``together`` gives the other again.
    """
    return uuid.UUID(int=one.int ^ other.int)


def on_row(rows: QuerySet[Any], permission: str, page: Callable[[Any], str], read: Read) -> Finder:
    """Where one writes on a row that is there: one of ``rows`` that the person sees, with ``permission`` on it."""

    def find(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
        row = rows.visible_to(user).filter(pk=target_id).first()  # type: ignore[attr-defined]  # every queryset here
        if row is None or not user.has_perm(permission, row):
            return None
        return Place(row.organisation_id, page(row), read, version_of(row))

    return find


def version_of(row: Any) -> int:
    """How often it was saved, whichever name its model has for that."""
    version: int = getattr(row, "revision", 0) or getattr(row, "version", 0)
    return version


@dataclass(frozen=True)
class OnNew:
    """Where one writes what has an id and no row yet: below ``owner`` of the person, with ``permission`` on it."""

    model: type[Model]
    owner: Callable[[User, Organisation], Any]
    permission: str
    page: Callable[[uuid.UUID], str]
    read: Read
    also: Collection[str] = ()

    def __call__(self, user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
        if organisation is None or is_taken(self.model, target_id):
            return None
        of = self.owner(user, organisation)
        if of is None or not user.has_perm(self.permission, of):
            return None
        return self.place(organisation.pk, target_id)

    def place(self, organisation_id: uuid.UUID, target_id: uuid.UUID) -> Place:
        """For a page that has asked all this already."""
        return Place(organisation_id, self.page(target_id), self.read, also=self.also)


on_new = OnNew


def either(*finders: Finder) -> Finder:
    """The first that finds a place."""

    def find(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
        places = (finder(user, organisation, target_id) for finder in finders)
        return next(filter(None, places), None)

    return find
