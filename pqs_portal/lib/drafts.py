"""What stands in a form while somebody types: as plain data, and back into the form. Knows no models."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from pqs_portal.lib.differences import Pair
from pqs_portal.lib.posted import NEVER_SHOWN
from pqs_portal.lib.text import as_typed
from pqs_portal.lib.writer import FILE, WRITER, signed_writer

Payload = dict[str, list[str]]

MOST_BYTES = 1024 * 1024
MOST_FIELDS = 500
LONGEST_NAME = 60
REVISION = "draft_revision"
# Fields that say something about the sending and not about the text.
NOT_KEPT = (REVISION, "draft_page", "draft_based_on", "save_draft", WRITER, FILE)
# What a search within the form begins its names with.
SEARCHED = "find_"
# Fields that hold a choice, a part of a date, an id or a number, and nothing in words.
CHOSEN = re.compile(
    r".+_(day|month|year)|id|sheet_key|version|revision|kind|mode|period|source|structure|areas?|statements"
    r"|shown|(kept|level_|draft_|put_).*|evidence_\d+"
)

# Files, levels, and the evidence for them.
CHOSEN_BY_HAND = re.compile(r"kept|level_.*|evidence(_\d+)?")


class Refused(Exception):
    """Nothing is saved; the message says why, in words for the person."""


class TooLarge(Refused):
    """The same, for a text of more than a megabyte."""


def payload_of(posted: QueryDict) -> Payload:
    """What a form sent. Raises Refused."""
    return cleaned({name: posted.getlist(name) for name in posted})


def cleaned(raw: object) -> Payload:
    """Names and texts as they may be stored: line ends of one kind, no secrets. Raises Refused."""
    if not isinstance(raw, dict) or len(raw) > MOST_FIELDS or not all(map(_is_field, raw.items())):
        raise Refused("This could not be read. Load the page again")
    kept = {name: list(map(_storable, values)) for name, values in raw.items() if is_kept(name)}
    if not kept:
        raise Refused("There is nothing to keep yet")
    size = sum(len(text.encode()) for name, values in kept.items() for text in (name, *values))
    if size > MOST_BYTES:
        raise TooLarge("This is too long to be kept while you type. Save it in two parts")
    return kept


def is_kept(name: str) -> bool:
    return not (name in NOT_KEPT or name.startswith(SEARCHED)) and not any(word in name.lower() for word in NEVER_SHOWN)


def is_in_words(name: str) -> bool:
    """Whether a person types words into the field."""
    return CHOSEN.fullmatch(name) is None


def has_words(payload: Payload) -> bool:
    return any(text.strip() for name, texts in payload.items() if is_in_words(name) for text in texts)


def has_something(payload: Payload) -> bool:
    """Whether it would be a loss: words, or what one has chosen that no form begins with."""
    chosen = (text for name, texts in payload.items() if CHOSEN_BY_HAND.fullmatch(name) for text in texts)
    return has_words(payload) or any(chosen)


def _is_field(field: tuple[object, object]) -> bool:
    name, values = field
    return isinstance(name, str) and isinstance(values, list) and all(isinstance(value, str) for value in values)


def _storable(text: str) -> str:
    """Half of a pair of UTF-16 becomes what a browser would post for it."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    try:
        return as_typed(whole)
    except ValidationError as error:
        raise Refused(error.messages[0]) from None


def initial_of(form: forms.BaseForm, payload: Payload) -> dict[str, Any]:
    """The payload as a form's ``initial``: each field with what its own widget reads out of it."""
    data: MultiValueDict[str, str] = QueryDict(mutable=True)
    for name, values in payload.items():
        data.setlist(name, values)
    return {
        name: field.widget.value_from_datadict(data, MultiValueDict(), form.add_prefix(name))
        for name, field in form.fields.items()
        if not isinstance(field, forms.FileField)
    }


def in_short(fields: Iterable[tuple[str, str]]) -> str:
    """By what a writer knows their text again: the first words in it."""
    words = next((" ".join(text.split()) for _, text in fields if text.strip()), "Something without words yet")
    return words if len(words) <= LONGEST_NAME else f"{words[:LONGEST_NAME]}…"


def first_of(payload: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(payload.get(name, ())), "")


@dataclass(frozen=True)
class Begun:
    """A text that was begun and never saved."""

    words: str
    url: str
    saved_at: dt.datetime


@dataclass
class Draft:
    """What a form needs to keep what is typed, and to say that it does."""

    url: str
    author_id: uuid.UUID
    page: str
    revision: int = 0
    # The version the form began from, and the one that is saved now; 0 if there is none.
    based_on: int = 0
    version: int = 0
    # When the text with which the form opens was kept; None if the form opens with what is saved.
    opened_at: dt.datetime | None = None
    # Sent and refused: it stands on the page and perhaps nowhere else.
    is_unsaved: bool = False
    differences: Sequence[Pair] = ()
    # Where to take what was saved meanwhile instead; empty if what it differs from is not saved.
    instead: str = ""
    # What it differs from is nothing: words were taken out for good, or taken back, after the page was opened.
    taken_out: bool = False
    begun: Iterable[Begun] = ()

    @property
    def differs(self) -> bool:
        """From what another window has kept, or from what was saved meanwhile, perhaps in choices only."""
        return bool(self.differences or self.instead)

    @property
    def writer(self) -> str:
        return signed_writer(self.author_id, self.url)

    @property
    def key(self) -> str:
        """Tells several drafts on one page apart, in ids."""
        return "_".join(self.url.strip("/").split("/"))


class DraftPart:
    """A part of a form's layout that draws one of the two templates of a draft."""

    def __init__(self, template: str, draft: Draft) -> None:
        self.template, self.draft = template, draft

    def render(self, form: Any, context: Any, **kwargs: Any) -> str:
        return render_to_string(self.template, {"draft": self.draft})
