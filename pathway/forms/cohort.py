"""Forms for cohorts and the people beside them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from pathway.models import Programme
from pqs_portal.lib.forms import GovDateField, gov_helper

MOST_PLACES = 5_000


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """One of the organisation's people, told apart by address where names are the same."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "Choose a person")
        super().__init__(queryset=User.objects.none(), **kwargs)

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name} ({obj.email})"


class ProgrammeField(forms.ModelChoiceField):  # type: ignore[type-arg]  # the same
    def label_from_instance(self, obj: Programme) -> str:
        whose = f"your version {obj.version}" if obj.organisation_id else "supplied"
        return f"{obj.title} ({whose})"


class CohortForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label="Name of the cohort",
        max_length=200,
        help_text="For example, Autumn 2027",
        error_messages={"required": "Enter a name for the cohort", "max_length": "Use no more than 200 characters"},
    )
    programme = ProgrammeField(
        label="Programme of steps",
        queryset=Programme.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose a programme", "invalid_choice": "Choose one of the programmes listed"},
    )
    starts_on = GovDateField(
        label="When does the year start?",
        what="the date the year starts",
        help_text="For a cohort already under way, enter the day it really started",
    )

    places = forms.IntegerField(
        label="How many places does it have?",
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        help_text="Leave empty for no limit. You are told when it is full, and can still add somebody",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Enter the places as a number, like 15",
            "min_value": "A cohort has at least 1 place. Leave it empty for no limit",
            "max_value": f"Enter {MOST_PLACES:,} places or fewer. Leave it empty for no limit",
        },
    )

    def __init__(self, *args: Any, programmes: QuerySet[Programme], cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]  # a choice of rows
        button = "Save" if "name" in self.initial else "Create the cohort"
        self.helper = gov_helper("id", "name", "programme", "starts_on", "places", button=button, cancel_url=cancel_url)


class PanelMemberForm(forms.Form):
    member = PersonField(
        label="Add a panel member",
        help_text="Reads the portfolios of this cohort once they are submitted",
        error_messages={"required": "Choose who joins the panel"},
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = people  # type: ignore[attr-defined]  # a choice of rows
        self.helper = gov_helper("member", button=None, secondary="Add to the panel")
