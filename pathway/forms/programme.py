"""Forms for an organisation's own version of the year."""

from __future__ import annotations

from typing import Any

from django import forms

from pathway.models import Milestone
from pqs_portal.lib.forms import Field, Fieldset, gov_helper

NARROW = {"class": "govuk-input--width-2", "inputmode": "numeric"}


def month_field(label: str, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=36,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={
            "required": "Enter a month, like 3",
            "invalid": "Enter the month as a whole number, like 3",
            "min_value": "Enter 0 or more",
            "max_value": "Enter 36 or less",
        },
        **kwargs,
    )


class ProgrammeForm(forms.Form):
    title = forms.CharField(
        label="Title",
        max_length=200,
        error_messages={"required": "Enter a title", "max_length": "Use no more than 200 characters"},
    )
    months = forms.IntegerField(
        label="How many months does it take?",
        min_value=1,
        max_value=36,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={
            "required": "Enter how many months it takes, like 12",
            "invalid": "Enter the months as a whole number, like 12",
            "min_value": "Enter 1 or more",
            "max_value": "Enter 36 or less",
        },
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper("title", "months", cancel_url=cancel_url)


class MilestoneForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label="What is the step called?",
        max_length=200,
        error_messages={"required": "Enter what the step is called", "max_length": "Use no more than 200 characters"},
    )
    description = forms.CharField(label="What is to be done?", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    start_month = month_field("First month", help_text="0 is the day the year starts")
    due_month = month_field("Due by the end of month", help_text="Counted from the start of the year")
    minimum = forms.IntegerField(
        label="How many at least?",
        min_value=1,
        max_value=50,
        widget=forms.TextInput(attrs=NARROW),
        error_messages={
            "required": "Enter how many at least, like 1",
            "invalid": "Enter a whole number, like 1",
            "min_value": "Enter 1 or more",
            "max_value": "Enter 50 or less",
        },
    )
    waiting_on = forms.ChoiceField(
        label="Who records it?",
        choices=Milestone.WaitingOn.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who records it"},
    )
    level = forms.ChoiceField(
        label="Is it done for each person?",
        choices=[
            (Milestone.Level.PERSON, "For each person"),
            (Milestone.Level.PAIRING, "For each pairing with a mentor"),
            (Milestone.Level.COHORT, "Once for the whole cohort"),
            (Milestone.Level.ORGANISATION, "Once for the organisation"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for whom it is done"},
    )
    importance = forms.ChoiceField(
        label="How does it stand in the picture of the year?",
        choices=Milestone.Importance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a key point or a key activity"},
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper(
            "id",
            "title",
            Field.textarea("description", rows=4),
            Fieldset("start_month", "due_month", "minimum", legend="When, and how often", legend_size="m"),
            "waiting_on",
            "level",
            "importance",
            cancel_url=cancel_url,
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, due = data.get("start_month"), data.get("due_month")
        if start is not None and due is not None and due < start:
            self.add_error("due_month", f"Enter {start} or more: it cannot be due before its first month")
        return data

    def step_fields(self) -> dict[str, Any]:
        """What of the form belongs to the row."""
        return {name: value for name, value in self.cleaned_data.items() if name != "id"}
