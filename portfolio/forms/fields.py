"""Fields and parts that the forms of evidence share."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pathway.models import Area
from pqs_portal.lib.forms import LongText


class OneLine(LongText):
    """Stored as typed, on one line: line ends become spaces."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.TextInput, **kwargs})

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class TagsField(OneLine):
    """The writer's own words to find a piece again, with commas between them; the cleaned value is a list."""

    most = 10
    longest = 40

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        parts = [part.strip() for part in super().clean(value).split(",")]
        tags = list({part.casefold(): part for part in parts if part}.values())
        if len(tags) > self.most:
            raise ValidationError(f"Choose no more than {self.most} tags; there are {len(tags)} now")
        too_long = [tag for tag in tags if len(tag) > self.longest]
        if too_long:
            shown = f"{too_long[0][: self.longest]}…"
            raise ValidationError(f"“{shown}” is too long for a tag: use {self.longest} characters or fewer")
        return tags


class RationaleFields(forms.Form):
    """A line for each of ``areas``: why the piece fits it."""

    areas_given: Sequence[Area]

    def add_rationales(self, areas: Sequence[Area], initial: Mapping[uuid.UUID, str]) -> None:
        self.areas_given = areas
        for area in areas:
            self.fields[f"why_{area.number}"] = OneLine(
                label=f"Why it fits area {area.number}", required=False, initial=initial.get(area.pk, "")
            )

    def rationale_of(self, area: Area) -> str:
        return str(self.cleaned_data.get(f"why_{area.number}", ""))
