"""Forms for what happens to a person's year."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from pathway.models import Cohort, Enrolment, EnrolmentChange
from pathway.services.changes import can_pause
from pathway.services.rows import Refused
from pqs_portal.lib.forms import Choice, GovDateField, gov_helper
from pqs_portal.templatetags.portal import short_date

LONGEST = dt.timedelta(days=3 * 365)
MOST_WEEKS = 104
NOTHING_PRIVATE = "Nothing about health or family belongs here. The person and L&D see the reason, nobody else."
OWN, NEW = "own", "new"


def reason_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Reason",
        choices=EnrolmentChange.Reason.choices,
        widget=forms.RadioSelect,
        help_text=NOTHING_PRIVATE,
        error_messages={"required": "Choose a reason"},
    )


def number_field(label: str, least: int, most: int, **kwargs: Any) -> forms.IntegerField:
    wrong = f"Enter a whole number from {least} to {most}"
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
        **kwargs,
    )


class ChangeForm(forms.Form):
    """Asks; what follows is shown before anything is written."""

    def __init__(self, *args: Any, enrolment: Enrolment, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enrolment = enrolment
        self.helper = gov_helper(*self.fields, button="Continue", cancel_url=cancel_url)


class CohortField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    def label_from_instance(self, obj: Cohort) -> str:
        return f"{obj.name}, from {short_date(obj.starts_on)}"


class MoveForm(ChangeForm):
    cohort = CohortField(
        label="To which cohort?",
        queryset=Cohort.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a cohort", "invalid_choice": "Choose one of the cohorts listed"},
    )
    start = forms.ChoiceField(
        label="When does their year start from now on?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which start counts"},
    )

    def __init__(self, *args: Any, cohorts: QuerySet[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined]  # a choice of rows
        own = f"It keeps its own start, {short_date(self.enrolment.starts_on)}"
        self.fields["start"].choices = [  # type: ignore[attr-defined]  # a choice
            Choice(NEW, "With that cohort", hint="The steps that are open fall with the others of the cohort"),
            Choice(OWN, own, hint="Only the sessions are those of the other cohort"),
        ]

    def starts_on(self) -> dt.date:
        cohort: Cohort = self.cleaned_data["cohort"]
        return cohort.starts_on if self.cleaned_data["start"] == NEW else self.enrolment.starts_on


class PauseForm(ChangeForm):
    starts_on = GovDateField(label="First day of the pause", what="the first day of the pause")
    back_on = GovDateField(
        label="First day back", what="the first day back", help_text="A guess is enough: you can change it later"
    )
    reason = reason_field()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        starts_on, back_on = data.get("starts_on"), data.get("back_on")
        if not starts_on or not back_on:
            return data
        try:
            can_pause(self.enrolment, starts_on, back_on)
        except Refused as refused:
            self.add_error("back_on" if back_on <= starts_on else "starts_on", str(refused))
        if back_on - starts_on > LONGEST:
            self.add_error("back_on", "A pause lasts three years at most. Check the year")
        return data


class PauseChangeForm(ChangeForm):
    back_on = GovDateField(label="First day back", what="the first day back")

    def __init__(self, *args: Any, starts_on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["back_on"]
        field.earliest, field.latest = starts_on, starts_on + LONGEST  # type: ignore[attr-defined]  # a GovDateField
        field.help_text = f"{short_date(starts_on)}, the first day of the pause, takes the pause out altogether"


class ExtendForm(ChangeForm):
    weeks = number_field("By how many weeks?", 1, MOST_WEEKS)
    starts_on = GovDateField(
        label="From when?", what="the day from when", help_text="Steps due on this day or later get a new date"
    )
    reason = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].earliest = self.enrolment.starts_on  # type: ignore[attr-defined]  # a GovDateField


class PaceForm(ChangeForm):
    pace_percent = number_field(
        "Hours worked, in percent of full time", 20, 100, help_text="100 is full time, 60 is three days of five"
    )

    def clean_pace_percent(self) -> int:
        percent: int = self.cleaned_data["pace_percent"]
        if percent == self.enrolment.pace_percent:
            raise ValidationError(f"It is {percent} % already")
        return percent


class WithdrawForm(ChangeForm):
    ended_on = GovDateField(label="Last day on the pathway", what="the last day", latest=timezone.localdate)
    reason = reason_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who leaves before the year has begun leaves today.
        first = min(self.enrolment.starts_on, timezone.localdate())
        self.fields["ended_on"].earliest = first  # type: ignore[attr-defined]  # a GovDateField


class ReturnForm(ChangeForm):
    """Nothing to fill in."""
