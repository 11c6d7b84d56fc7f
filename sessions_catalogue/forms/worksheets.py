"""One form for every worksheet, made from its template."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html

from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import HTML, Field, Fieldset, GovDateField, GovFormHelper, LongText, gov_helper
from sessions_catalogue.models import WorksheetTemplate
from sessions_catalogue.queries_workspace import scale_choices

OPEN = [("", "Leave it open")]
ABOUT_SUPERVISEE = ("Whom is it about?", "A made-up name that only you can place, like “Worker B”. Never their own.")
ABOUT_ANYTHING = ("What is it about?", "So that you know it again, like “Monday’s supervision”. No names.")


class WorksheetForm(forms.Form):
    """``answers()`` gives what was filled in, as it is stored: everything as text."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open the page again"})
    # So that a draft knows its questions.
    sheet_key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sheet: WorksheetTemplate, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet, self.cancel_url = sheet, cancel_url
        self.draft: Draft | None = None
        self.fields["sheet_key"].initial = sheet.key
        layout: list[Any] = ["id", "revision", "sheet_key"]
        if not sheet.is_personal:
            layout.append(self._about())
        for group in [{"key": ""}, *sheet.groups]:
            inside = [self._add(field) for field in sheet.fields if field.get("group", "") == group["key"]]
            layout += _fieldset(group, inside) if group["key"] and inside else inside
        self.laid_out = layout

    @property
    def helper(self) -> GovFormHelper:
        return gov_helper(*self.laid_out, button="Save", cancel_url=self.cancel_url, draft=self.draft)

    def _about(self) -> str:
        label, hint = ABOUT_SUPERVISEE if self.sheet.is_per_supervisee else ABOUT_ANYTHING
        self.fields["about"] = LongText(
            label=label,
            help_text=hint,
            required=False,
            max_length=100,
            widget=forms.TextInput,
            error_messages={"max_length": "Enter 100 characters or fewer"},
        )
        return "about"

    def _add(self, field: dict[str, str]) -> Any:
        """The field, and how it is laid out."""
        key, kind = field["key"], field["kind"]
        common: dict[str, Any] = {"label": field["label"], "help_text": field.get("hint", ""), "required": False}
        if kind == "scale":
            choices = OPEN + scale_choices(field)
            self.fields[key] = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
            return Field.radios(key, inline=True, small=True)
        if kind == "date":
            self.fields[key] = GovDateField(**common)
            return key
        self.fields[key] = LongText(widget=forms.TextInput if kind == "text" else forms.Textarea, **common)
        return Field.textarea(key, rows=4) if kind == "long" else key

    def answers(self) -> dict[str, str]:
        found = {}
        for field in self.sheet.fields:
            value = self.cleaned_data.get(field["key"])
            found[field["key"]] = value.isoformat() if field["kind"] == "date" and value else str(value or "")
        return found


def _fieldset(group: dict[str, str], inside: list[Any]) -> list[Any]:
    text = [HTML(format_html('<p class="govuk-body">{}</p>', group["text"]))] if group.get("text") else []
    return [Fieldset(*text, *inside, legend=group["title"], legend_size="m", legend_tag="h2")]
