"""Forms for cohorts and the people beside them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from pathway.models import Enrolment, Programme
from pathway.services.people import Companions
from pqs_portal.lib.forms import Choice, Fieldset, GovDateField, gov_helper

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


class EnrolmentForm(forms.Form):
    """Somebody's year, their mentor and their line manager."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    supervisor = PersonField(label="Practice supervisor", error_messages={"required": "Choose who joins the cohort"})
    kind = forms.ChoiceField(
        label="What do they take part in?",
        choices=[
            Choice(Enrolment.Kind.PATHWAY, "The whole pathway"),
            Choice(Enrolment.Kind.PROGRAMME_ONLY, "The sessions only", hint="No steps, observations or portfolio"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they take part in"},
    )
    starts_on = GovDateField(label="When does their year start?", what="the date their year starts")
    mentor = PersonField(
        label="Mentor", required=False, empty_label="Nobody yet", help_text="Not the person themselves"
    )
    is_registered = forms.BooleanField(label="The mentor is a registered social worker", required=False)
    has_two_years = forms.BooleanField(
        label="The mentor has at least two years’ experience of supervising", required=False
    )
    line_manager = PersonField(label="Line manager", required=False, empty_label="Nobody yet")
    same_person_reason = forms.CharField(
        label="If the mentor is also the line manager: why?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The two roles belong to two people where that is possible. The reason is recorded.",
    )
    ended_on = GovDateField(
        label="Last day on the pathway",
        what="the last day",
        help_text="Only when they leave before the end",
        required=False,
        latest=timezone.localdate,
    )

    def __init__(
        self,
        *args: Any,
        people: QuerySet[User],
        candidates: QuerySet[User] | None = None,
        cancel_url: str,
        **kwargs: Any,
    ) -> None:
        """``candidates`` may join the cohort; without them the form is about somebody who is in it."""
        super().__init__(*args, **kwargs)
        is_new = candidates is not None
        for name in ("mentor", "line_manager"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]  # a choice of rows
        if is_new:
            self.fields["supervisor"].queryset = candidates  # type: ignore[attr-defined]  # the same
        del self.fields["ended_on" if is_new else "supervisor"]
        first = ["id", "supervisor", "kind", "starts_on"] if is_new else ["kind", "starts_on", "ended_on"]
        self.helper = gov_helper(
            *first,
            Fieldset("mentor", "is_registered", "has_two_years", legend="Mentor", legend_size="m"),
            Fieldset("line_manager", "same_person_reason", legend="Line manager", legend_size="m"),
            button="Add to the cohort" if is_new else "Save",
            cancel_url=cancel_url,
        )

    def clean(self) -> dict[str, Any]:
        """Each refusal stands at the field that mends it; the service holds the same policy."""
        data: dict[str, Any] = super().clean() or {}
        mentor, manager = data.get("mentor"), data.get("line_manager")
        if self.is_other_mentor() and not data.get("is_registered"):
            self.add_error("is_registered", "Tick that the mentor is registered, or choose another mentor")
        if self.is_other_mentor() and not data.get("has_two_years"):
            self.add_error("has_two_years", "Tick that the mentor has two years’ experience, or choose another mentor")
        if mentor and mentor == manager and not data.get("same_person_reason", "").strip():
            words = "The mentor is also the line manager. Say why, or choose someone else for one of the two"
            self.add_error("same_person_reason", words)
        person = data.get("supervisor") or self.initial.get("person")
        for name in ("mentor", "line_manager"):
            if person and data.get(name) == person:
                self.add_error(name, f"Choose someone else: nobody is their own {name.replace('_', ' ')}")
        return data

    def is_other_mentor(self) -> bool:
        """Whether a mentor is chosen whose facts are still to be ticked."""
        mentor = self.cleaned_data.get("mentor")
        return mentor is not None and mentor != self.initial.get("mentor")

    def companions(self) -> Companions:
        data = self.cleaned_data
        known = not self.is_other_mentor()
        return Companions(
            mentor=data["mentor"],
            line_manager=data["line_manager"],
            is_registered=known or data["is_registered"],
            has_two_years=known or data["has_two_years"],
            same_person_reason=data["same_person_reason"],
        )


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
