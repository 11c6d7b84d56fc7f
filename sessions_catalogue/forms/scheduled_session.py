"""One session's time and place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Hidden
from django import forms
from django.utils import timezone

from pqs_portal.lib.forms import Button, Choice, Field, GovTimeField, gov_helper
from pqs_portal.lib.text import as_typed
from pqs_portal.templatetags.portal import date_and_time
from sessions_catalogue.forms.fields import MeetingDateField, WebAddressField
from sessions_catalogue.layout import MINUTES, at_local
from sessions_catalogue.models import ScheduledSession

CHECK = "Check the date"
FORMATS = {
    ScheduledSession.Format.INDIVIDUAL: "People work through it by themselves on this date",
    ScheduledSession.Format.MIXED: "Some meet, others work through it by themselves",
}


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
    format = forms.ChoiceField(
        label="Who works together?",
        choices=[Choice(value.value, value.label, hint=FORMATS.get(value, "")) for value in ScheduledSession.Format],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choose one of the three"},
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
        help_text="Where people come to if you meet face to face. For example, Committee room 2, County Hall",
        error_messages={
            "max_length": "Enter a place of 300 characters or fewer",
            "null_characters_not_allowed": "The place holds a character that cannot be saved. Type it again",
        },
    )
    joining_link = WebAddressField(
        label="Link to join",
        required=False,
        help_text="What people follow if you meet online. Only the people of this cohort see it",
    )
    places = forms.IntegerField(
        label="Places",
        help_text="How many people it has room for. Empty means no limit",
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter a number of places from 1 to 999, or leave it empty"
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open the page again"})

    def __init__(
        self,
        *args: Any,
        others: Iterable[ScheduledSession] = (),
        button: str = "Save",
        cancel_url: str = "",
        **kwargs: Any,
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
            Field.radios("format"),
            "places",
            button=button,
            secondary=("check", CHECK),
            cancel_url=cancel_url,
        )

    @property
    def move_words(self) -> str:
        """What the button says once the date has been checked. It is sent along, so that a date changed since then is
        checked anew."""
        return f"Move to {date_and_time(self.cleaned_data['begin'])}"

    def offer_to_move(self) -> None:
        """The collisions are on the page now: pressing this saves."""
        words = self.move_words
        self.helper.inputs = [Hidden("checked", words), Button.primary("", words), Button.secondary("check", CHECK)]

    def clean_venue(self) -> str:
        return as_typed(self.cleaned_data["venue"])

    def clean_format(self) -> str:
        return self.cleaned_data["format"] or ScheduledSession.Format.GROUP

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
