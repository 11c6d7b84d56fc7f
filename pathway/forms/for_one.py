"""A cohort of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from pathway.forms.cohort import PersonField, ProgrammeField
from pathway.models import Programme
from pqs_portal.lib.forms import Choice, GovDateField, gov_helper


class ForOneForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    person = PersonField(label="For whom?", error_messages={"required": "Choose for whom it is"})
    purpose = forms.ChoiceField(
        label="What for?",
        choices=[
            Choice("induction", "Induction", hint="New to supervising, and starting now"),
            Choice("study", "Individual study", hint="Working through the sessions alone, with a mentor"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is for"},
    )
    starts_on = GovDateField(label="When does the year start?", what="the date the year starts")
    programme = ProgrammeField(
        label="Programme of steps",
        queryset=Programme.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose a programme", "invalid_choice": "Choose one of the programmes listed"},
    )

    def __init__(
        self, *args: Any, people: QuerySet[User], programmes: QuerySet[Programme], cancel_url: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a choice of rows
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]  # the same
        self.helper = gov_helper(*self.fields, button="Start their year", cancel_url=cancel_url)
