"""Forms for what is recorded about a step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from pathway.milestones import MilestoneDue
from pathway.services.steps import PastStep, Record
from pqs_portal.lib.forms import Choice, Fieldset, GovDateField, gov_helper
from pqs_portal.lib.uploads import ACCEPTED_IN_WORDS, CheckedFile, UploadRefused, check_upload

if TYPE_CHECKING:
    from django.http import QueryDict

EVERYBODY = "everybody"


class StepForm(forms.Form):
    done_on = GovDateField(label="When was it done?", what="the date it was done", latest=timezone.localdate)
    took_part = forms.CharField(
        label="Who took part?",
        max_length=300,
        required=False,
        help_text="Roles are enough, for example: supervisor, mentor and line manager",
        error_messages={"max_length": "Use no more than 300 characters"},
    )
    note = forms.CharField(
        label="Anything to keep in a line",
        max_length=500,
        required=False,
        error_messages={"max_length": "Use no more than 500 characters"},
    )
    file = forms.FileField(
        label="A file",
        required=False,
        help_text=f"For example, the signed agreement. {ACCEPTED_IN_WORDS}",
        error_messages={"empty": "This file is empty. Choose another one"},
    )
    kept = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, cancel_url: str, kept: CheckedFile | None = None, **kwargs: Any) -> None:
        """``kept`` is the file of an earlier try that was refused for another reason."""
        super().__init__(*args, **kwargs)
        self.kept_file = kept
        self.helper = gov_helper(
            "kept", "done_on", "took_part", "note", "file", button="Record it", cancel_url=cancel_url
        )

    def clean_file(self) -> CheckedFile | None:
        uploaded = self.cleaned_data["file"]
        try:
            return check_upload(uploaded, settings.UPLOAD_MAX_BYTES) if uploaded else self.kept_file
        except UploadRefused as refused:
            raise ValidationError(str(refused)) from None

    def remember(self, checked: CheckedFile, token: str) -> None:
        """Show the form again with the file still chosen."""
        posted = cast("QueryDict", self.data).copy()
        posted["kept"] = token
        self.data = posted
        self["file"].help_text = f"“{checked.name}” is kept. Choose another file only to replace it"

    def record(self) -> Record:
        return Record(**{name: self.cleaned_data[name] for name in ("done_on", "took_part", "note", "file")})


class DateForm(forms.Form):
    due_on = GovDateField(label="New date", what="the new date", help_text="One you have agreed together")

    def __init__(self, *args: Any, earliest: dt.date, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].earliest = earliest  # type: ignore[attr-defined]  # a GovDateField
        self.helper = gov_helper("due_on", button="Agree this date", cancel_url=cancel_url)


class PastStepsForm(forms.Form):
    """For each step that was due before today: for whom it is done, and when if not on its date.

    ``steps`` groups what is still open by milestone: each group is one step with the people it is open for.
    """

    def __init__(self, *args: Any, steps: Sequence[Sequence[MilestoneDue]], cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = steps
        groups = []
        for group in steps:
            who, when = names_of(group)
            self.fields[who] = forms.MultipleChoiceField(
                label="Done for",
                choices=choices_of(group),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Choose from the people listed"},
            )
            self.fields[when] = GovDateField(
                label="Date, if it was another day than the one it was due",
                what="the date",
                required=False,
                latest=timezone.localdate,
            )
            groups.append(Fieldset(who, when, legend=legend_of(group), legend_size="m"))
        self.helper = gov_helper(*groups, button="Record these steps", cancel_url=cancel_url)

    def past_steps(self) -> list[PastStep]:
        return [step for group in self.steps for step in self._of(group)]

    def _of(self, group: Sequence[MilestoneDue]) -> list[PastStep]:
        who, when = names_of(group)
        chosen, on = set(self.cleaned_data[who]), self.cleaned_data[when]
        milestone = group[0].milestone
        if not group[0].is_personal:
            return [PastStep(milestone, on or group[0].due_on)] if chosen else []
        return [
            PastStep(milestone, on or due.due_on, due.enrolment)
            for due in group
            if EVERYBODY in chosen or str(due.enrolment.pk) in chosen
        ]


def names_of(group: Sequence[MilestoneDue]) -> tuple[str, str]:
    """The names of the two fields of a step."""
    return f"who-{group[0].milestone.pk}", f"when-{group[0].milestone.pk}"


def choices_of(group: Sequence[MilestoneDue]) -> list[Choice]:
    if not group[0].is_personal:
        return [Choice(EVERYBODY, "Done")]
    people = [Choice(str(due.enrolment.pk), due.enrolment.supervisor.name) for due in group]
    return people if len(people) == 1 else [Choice(EVERYBODY, "Everyone", divider="or"), *people]


def legend_of(group: Sequence[MilestoneDue]) -> str:
    due_on = group[0].due_on
    return f"{group[0].milestone.title} (due {due_on.day} {due_on:%B %Y})"
