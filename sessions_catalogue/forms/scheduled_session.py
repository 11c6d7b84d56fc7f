"""One session's time and place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from pqs_portal.lib.forms import Field, GovTimeField, gov_helper
from pqs_portal.lib.text import as_typed
from sessions_catalogue.forms.fields import MeetingDateField, WebAddressField
from sessions_catalogue.layout import MINUTES, at_local
from sessions_catalogue.models import ScheduledSession


class ScheduledSessionForm(forms.Form):
    held_on = MeetingDateField(
        label="Date",
        what="the date of the session",
    )
    starts_at = GovTimeField(label="Starts at", what="the start time", help_text="For example, 10:00 or 2pm")
    minutes = forms.IntegerField(
        label="Length in minutes",
        initial=MINUTES,
        min_value=15,
        max_value=480,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Enter a number of minutes from 15 to 480, like 90"
        ),
    )
    mode = forms.ChoiceField(
        label="How do you meet?",
        choices=ScheduledSession.Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you meet", "invalid_choice": "Choose one of the two"},
    )
    venue = forms.CharField(
        label="Place",
        required=False,
        strip=False,
        max_length=300,
        help_text="For example, Committee room 2, County Hall",
        error_messages={
            "max_length": "Enter a place of 300 characters or fewer",
            "null_characters_not_allowed": "The place holds a character that cannot be saved. Type it again",
        },
    )
    joining_link = WebAddressField(
        label="Link to join", required=False, help_text="Only the people of this cohort see it"
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open the page again"})

    def __init__(
        self, *args: Any, others: Iterable[ScheduledSession] = (), cancel_url: str = "", **kwargs: Any
    ) -> None:
        """``others`` are the cohort's other sessions, with which this one must not collide."""
        super().__init__(*args, **kwargs)
        self.others = others
        self.helper = gov_helper(
            "revision",
            "held_on",
            "starts_at",
            "minutes",
            Field.radios("mode", inline=True),
            "venue",
            "joining_link",
            button="Save",
            cancel_url=cancel_url,
        )

    def clean_venue(self) -> str:
        return as_typed(self.cleaned_data["venue"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if {"held_on", "starts_at", "minutes"} <= data.keys():
            try:
                data["begin"] = at_local(data["held_on"], data["starts_at"])
            except ValueError:
                self.add_error("starts_at", "The clocks go forward then: there is no such time on that day")
                return data
            data["end"] = data["begin"] + dt.timedelta(minutes=data["minutes"])
            self._refuse_collision(data["begin"], data["end"])
        return data

    def _refuse_collision(self, begin: dt.datetime, end: dt.datetime) -> None:
        for other in self.others:
            if other.starts_at < end and other.ends_at > begin:
                from_, to = (timezone.localtime(at).strftime("%H:%M") for at in (other.starts_at, other.ends_at))
                self.add_error(
                    "starts_at",
                    f"Session {other.session.number} of this cohort is from {from_} to {to} that day."
                    " Enter another time or date",
                )
