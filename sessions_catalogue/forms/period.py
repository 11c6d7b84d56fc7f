"""Days to keep clear of."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from pqs_portal.lib.forms import Choice, Field, gov_helper
from sessions_catalogue.forms.fields import MeetingDateField
from sessions_catalogue.models import CalendarPeriod

LONGEST = dt.timedelta(days=366)
HINTS = {
    CalendarPeriod.Kind.CLOSED: "Nobody works. Sessions that would fall on these days move to the next working day",
    CalendarPeriod.Kind.SCHOOL_HOLIDAY: "You are warned when a session falls on these days",
    CalendarPeriod.Kind.OTHER: "You are warned too. For example, an inspection",
}


class PeriodForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label="What is it?",
        choices=[Choice(kind.value, kind.label, hint=HINTS[kind]) for kind in CalendarPeriod.Kind],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is", "invalid_choice": "Choose one of the three"},
    )
    label = forms.CharField(
        label="Name",
        max_length=100,
        help_text="For example, Christmas closure",
        error_messages={"required": "Enter a name", "max_length": "Use no more than 100 characters"},
    )
    starts_on = MeetingDateField(label="First day", what="the first day")
    ends_on = MeetingDateField(
        label="Last day", what="the last day", required=False, help_text="Leave it empty if it is one day"
    )

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper(
            "id", Field.radios("kind"), "label", "starts_on", "ends_on", button="Add", cancel_url=cancel_url
        )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and "ends_on" in data:
            data["ends_on"] = last or first
            if data["ends_on"] < first:
                self.add_error("ends_on", "The last day must not be before the first day")
            elif data["ends_on"] - first >= LONGEST:
                self.add_error("ends_on", "Enter no more than a year at once")
        return data
