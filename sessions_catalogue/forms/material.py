"""Forms for an organisation's own tools and resources."""

from __future__ import annotations

from typing import Any

from django import forms

from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import Choice, Field, GovFormHelper, LongText, gov_helper
from sessions_catalogue.forms.fields import WebAddressField
from sessions_catalogue.models import Resource


def title_field() -> forms.CharField:
    return forms.CharField(
        label="Title",
        max_length=200,
        error_messages={"required": "Enter a title", "max_length": "Use no more than 200 characters"},
    )


class MaterialForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.draft: Draft | None = None

    @property
    def helper(self) -> GovFormHelper:
        names = [Field.textarea(name, rows=4) if name == "description" else name for name in self.fields]
        return gov_helper(*names, cancel_url=self.cancel_url, draft=self.draft)

    def row_fields(self) -> dict[str, Any]:
        """What of the form belongs to the row."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"id", "revision"}}


class ResourceForm(MaterialForm):
    kind = forms.ChoiceField(
        label="What is it?",
        choices=[Choice("", "Choose one"), *Resource.Kind.choices],
        error_messages={"required": "Choose what it is", "invalid_choice": "Choose one of those listed"},
    )
    title = title_field()
    publisher = forms.CharField(
        label="Who publishes it?",
        max_length=200,
        required=False,
        error_messages={"max_length": "Use no more than 200 characters"},
    )
    description = LongText(label="What is it about?", required=False, help_text="In your own words")
    address = WebAddressField(
        label="Web address", required=False, help_text="Where your people find it, like https://example.org/film"
    )
    licence_note = forms.CharField(
        label="How it may be used",
        max_length=300,
        required=False,
        help_text="For example: for use inside the council only",
        error_messages={"max_length": "Use no more than 300 characters"},
    )


class ToolForm(MaterialForm):
    number = forms.IntegerField(
        label="Number",
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        help_text="The one that your people know it by. Two tools may have the same",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Enter a number from 1 to 999, like 40"
        ),
    )
    title = title_field()
    description = LongText(
        label="What is it for?", error_messages={"required": "Enter in a sentence or two what the tool is for"}
    )
