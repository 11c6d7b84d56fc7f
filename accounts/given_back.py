"""What a form sent that was refused, under the words that its writer knows from the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from accounts.drafts import Fields, Place, closed_place_for, place_for
from accounts.models import User
from pqs_portal.lib.drafts import Refused, is_in_words, payload_of
from pqs_portal.lib.posted import in_words, posted_fields
from pqs_portal.lib.writer import writer_of


def sent_in_words(request: HttpRequest) -> Fields:
    """As the form's draft is read, if it keeps one, else under the labels of its fields. No words are left out."""
    sent = posted_fields(request.POST)
    place = _place(request)
    try:
        read = [field for field in place.read(payload_of(request.POST)) if field[1]] if place else []
    except Refused:
        read = []
    if not read:
        asked = _fields(request)
        return in_words(sent, {name: str(field.label or "") for name, field in asked.items()}, _choices(asked))
    shown = _plain(" ".join(text for _, text in read))
    return read + in_words((name, text) for name, text in sent if is_in_words(name) and _plain(text) not in shown)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _place(request: HttpRequest) -> Place | None:
    """Where its writer, who may be signed out by now, wrote it. What they sent is read, and nothing else of theirs."""
    writer = writer_of(request.POST)
    user = User.objects.filter(pk=writer.person_id, is_active=True).first() if writer else None
    if writer is None or user is None:
        return None
    try:
        at = resolve(writer.draft_url).kwargs
    except Resolver404:
        return None
    for membership in user.live_memberships:
        asked = (at["form_name"], user, membership.organisation, at["target_id"])
        if found := place_for(*asked) or closed_place_for(*asked):
            return found
    return None


def _fields(request: HttpRequest) -> dict[str, forms.Field]:
    """Of the form that the address has."""
    view: Any = getattr(getattr(request.resolver_match, "func", None), "view_class", None)
    return getattr(getattr(view, "form_class", None), "base_fields", {})


def _choices(fields: dict[str, forms.Field]) -> dict[str, dict[str, str]]:
    """Of those that ask no table for them."""
    return {
        name: {str(value): str(label) for value, label in field.choices}  # type: ignore[misc, union-attr]  # a list, once it is a field's
        for name, field in fields.items()
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
    }
