"""How a cohort's sessions are laid out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pqs_portal.lib.forms import Button, Choice, Field, Fieldset, GovTimeField, gov_helper
from sessions_catalogue.forms.fields import MeetingDateField
from sessions_catalogue.layout import Rhythm, Wanted, day_minutes, days_of_four
from sessions_catalogue.models import ScheduledSession, SessionPlan

EARLIEST, LATEST = dt.time(7, 0), dt.time(20, 0)
# When a day of four is over at the latest, in minutes from midnight: a quarter past eight in the evening.
LATEST_DAY_END = 20 * 60 + 15
SHOW = "Show the dates"
HINTS = {
    SessionPlan.Shape.THREE_DAYS: "Two sessions before lunch and two after, with breaks",
    SessionPlan.Shape.OWN: "So many days from one session to the next",
}


def number(label: str, words: str, least: int, most: int, **more: Any) -> forms.IntegerField:
    """A number of days or minutes in a narrow box."""
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            f"Enter a number of {words} from {least} to {most}, like {more['like']}",
        ),
        help_text=more.get("hint", ""),
    )


class LayOutForm(forms.Form):
    """How a cohort's sessions are laid out. It is sent by GET to show the dates and by POST to save them."""

    shape = forms.ChoiceField(
        label="How often do you meet?",
        choices=[Choice(shape.value, shape.label, hint=HINTS.get(shape, "")) for shape in SessionPlan.Shape],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how often you meet", "invalid_choice": "Choose one of the five"},
    )
    first_on = MeetingDateField(
        label="Date of the first meeting",
        what="the date of the first meeting",
        help_text="A weekend, a bank holiday or a day on which you are closed moves to the next working day."
        " For example, 12 2 2027.",
    )
    starts_at = GovTimeField(label="Starts at", what="the start time", help_text="For example, 10:00 or 2pm")
    days_apart = number(
        "Days from one to the next", "days", 1, 180, like=28, hint="For days of four, and for your own rhythm"
    )
    break_minutes = number("Minutes of each break", "minutes", 0, 120, like=15)
    lunch_minutes = number("Minutes for lunch", "minutes", 0, 180, like=45)

    def __init__(
        self,
        *args: Any,
        wanted: Sequence[Wanted] = (),
        after: ScheduledSession | None = None,
        cancel_url: str = "",
        **kwargs: Any,
    ) -> None:
        """``wanted`` are the sessions to lay out; ``after`` is the last one already held, which they must follow."""
        super().__init__(*args, **kwargs)
        self.wanted, self.after = wanted, after
        self.helper = gov_helper(
            Field.radios("shape"),
            "first_on",
            "starts_at",
            "days_apart",
            Fieldset("break_minutes", "lunch_minutes", legend="Only for days of four sessions", legend_size="s"),
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
        return self._or_usual("days_apart", Rhythm.days_apart)

    def clean_break_minutes(self) -> int:
        return self._or_usual("break_minutes", Rhythm.break_minutes)

    def clean_lunch_minutes(self) -> int:
        return self._or_usual("lunch_minutes", Rhythm.lunch_minutes)

    def _or_usual(self, name: str, usual: int) -> int:
        typed: int | None = self.cleaned_data[name]
        return usual if typed is None else typed

    def clean(self) -> dict[str, Any]:
        own = self.cleaned_data.get("shape") == SessionPlan.Shape.OWN
        if own and "days_apart" in self.cleaned_data and not self.data.get("days_apart", "").strip():
            self.add_error("days_apart", "Enter how many days there are from one session to the next, like 10")
        if self.cleaned_data.get("shape") == SessionPlan.Shape.THREE_DAYS and not self.errors:
            self._check_day_end()
        return self.cleaned_data

    def _check_day_end(self) -> None:
        rhythm = self.rhythm
        longest = max((day_minutes(day, rhythm) for day in days_of_four(self.wanted)), default=0)
        begin = rhythm.starts_at.hour * 60 + rhythm.starts_at.minute
        if begin + longest <= LATEST_DAY_END:
            return
        hours, minutes = divmod(LATEST_DAY_END - longest, 60)
        if hours < EARLIEST.hour:
            self.add_error("lunch_minutes", "A day of four would be over after 20:15. Enter shorter breaks")
        else:
            words = f"A day of four takes {longest // 60} hours {longest % 60} minutes with its breaks."
            self.add_error("starts_at", f"{words} Enter {hours:02}:{minutes:02} or earlier")

    @property
    def rhythm(self) -> Rhythm:
        """What was asked for, once the form is valid."""
        return Rhythm(**{name: self.cleaned_data[name] for name in Rhythm.__dataclass_fields__})

    def as_sent(self) -> list[tuple[str, object]]:
        """The checked values as the hidden fields that "Use these dates" sends."""
        rhythm = self.rhythm
        return [
            ("shape", rhythm.shape),
            ("first_on_day", rhythm.first_on.day),
            ("first_on_month", rhythm.first_on.month),
            ("first_on_year", rhythm.first_on.year),
            ("starts_at", f"{rhythm.starts_at:%H:%M}"),
            ("days_apart", rhythm.days_apart),
            ("break_minutes", rhythm.break_minutes),
            ("lunch_minutes", rhythm.lunch_minutes),
        ]
