"""How a cohort's sessions are laid out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pqs_portal.lib.forms import Button, Choice, Field, GovTimeField, gov_helper
from sessions_catalogue.forms.fields import MeetingDateField
from sessions_catalogue.models import ScheduledSession, SessionPlan

# A day of four sessions takes seven and a quarter hours.
LATEST_DAY_START = dt.time(13, 0)
EARLIEST, LATEST = dt.time(7, 0), dt.time(20, 0)
DAYS_APART = 28
SHOW = "Show the dates"
HINTS = {SessionPlan.Shape.THREE_DAYS: "Two sessions before lunch and two after, with breaks"}


class LayOutForm(forms.Form):
    """How a cohort's sessions are laid out. It is sent by GET to show the dates and by POST to save them."""

    shape = forms.ChoiceField(
        label="How often do you meet?",
        choices=[
            Choice(shape.value, shape.label, hint=HINTS.get(shape, "90 minutes each")) for shape in SessionPlan.Shape
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often you meet", "invalid_choice": "Choose one of the four"},
    )
    first_on = MeetingDateField(
        label="Date of the first meeting",
        what="the date of the first meeting",
        help_text="A weekend or bank holiday moves to the next working day. For example, 12 2 2027.",
    )
    starts_at = GovTimeField(label="Starts at", what="the start time", help_text="For example, 10:00 or 2pm")
    days_apart = forms.IntegerField(
        label="Days from one whole day to the next",
        help_text="Only for three days of four sessions",
        required=False,
        min_value=1,
        max_value=180,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter a number of days from 1 to 180, like 28"
        ),
    )

    def __init__(self, *args: Any, after: ScheduledSession | None = None, cancel_url: str = "", **kwargs: Any) -> None:
        """``after`` is the last session already held, which all others must follow."""
        super().__init__(*args, **kwargs)
        self.after = after
        self.helper = gov_helper(
            Field.radios("shape"),
            "first_on",
            "starts_at",
            "days_apart",
            button=None,
            method="get",
            action="#dates",
            cancel_url=cancel_url,
        )
        self.helper.add_input(Button.primary("", SHOW))

    def step_back(self) -> None:
        """Leave the page's one green button to the dates that are shown."""
        self.helper.inputs = [Button.secondary("", SHOW)]

    def clean_first_on(self) -> dt.date:
        first_on: dt.date = self.cleaned_data["first_on"]
        if self.after and first_on <= self.after.held_on:
            held = self.after
            raise ValidationError(
                f"Enter a date after {held.held_on.day} {held.held_on:%B %Y}, when session {held.session.number} was"
            )
        return first_on

    def clean_starts_at(self) -> dt.time:
        starts_at: dt.time = self.cleaned_data["starts_at"]
        if not EARLIEST <= starts_at <= LATEST:
            raise ValidationError("Enter a start time from 07:00 to 20:00")
        return starts_at

    def clean_days_apart(self) -> int:
        days_apart: int | None = self.cleaned_data["days_apart"]
        return days_apart or DAYS_APART

    def clean(self) -> dict[str, Any]:
        starts_at = self.cleaned_data.get("starts_at")
        whole_days = self.cleaned_data.get("shape") == SessionPlan.Shape.THREE_DAYS
        if whole_days and starts_at and starts_at > LATEST_DAY_START:
            self.add_error("starts_at", "A day of four sessions takes over seven hours. Enter 13:00 or earlier")
        return self.cleaned_data

    def as_sent(self) -> list[tuple[str, object]]:
        """The checked values as the hidden fields that "Use these dates" sends."""
        first_on = self.cleaned_data["first_on"]
        return [
            ("shape", self.cleaned_data["shape"]),
            ("first_on_day", first_on.day),
            ("first_on_month", first_on.month),
            ("first_on_year", first_on.year),
            ("starts_at", f"{self.cleaned_data['starts_at']:%H:%M}"),
            ("days_apart", self.cleaned_data["days_apart"]),
        ]
