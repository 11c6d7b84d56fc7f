"""Forms about who is to join a cohort: they parse and validate, nothing else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.forms import EMAIL_WRONG, name_field
from pathway.models import Cohort, Enrolment
from pqs_portal.lib.forms import Choice, Field, GovDateField, gov_helper

LONGEST_ANSWER = 500
WHOLE_PATHWAY = "The whole pathway"
TAKING_PART = [
    ("", WHOLE_PATHWAY),
    *[(choice.value, f"Sessions only: {choice.label.lower()}") for choice in Enrolment.TakingPartAs],
]


def address_field(label: str, wanted: str, **more: Any) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": wanted, "invalid": EMAIL_WRONG},
        **more,
    )


def plain_address(email: str) -> str:
    """Plain letters only: look-alike letters would make two people of one address."""
    if not email.isascii():
        raise forms.ValidationError("Use only plain letters in the e-mail address. Type it again instead of pasting it")
    return email.lower()


def line_field(label: str, wanted: str, **more: Any) -> forms.CharField:
    """A few words that somebody else reads."""
    return forms.CharField(
        label=label,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea,
        error_messages={"required": wanted, "max_length": f"Use no more than {LONGEST_ANSWER} characters"},
        **more,
    )


class NominateForm(forms.Form):
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = name_field("Name", autocomplete="off")
    email = address_field("E-mail address at work", "Enter the e-mail address")
    agrees = forms.BooleanField(
        label="I am their line manager and agree to the time this takes",
        error_messages={"required": "Tick that you agree to the time it takes, or talk to your L&D lead first"},
    )

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper("id", "name", "email", "agrees", button="Nominate", cancel_url=cancel_url)

    def clean_email(self) -> str:
        return plain_address(self.cleaned_data["email"])


class AskForm(forms.Form):
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    email = address_field(
        "E-mail address of your line manager",
        "Enter your line manager’s e-mail address",
        help_text="They are asked whether you can have the time. Until they say yes you wait for them.",
    )

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper("id", "email", button="Ask to join", cancel_url=cancel_url)

    def clean_email(self) -> str:
        return plain_address(self.cleaned_data["email"])


class TimeForm(forms.Form):
    """A line manager's yes to the time it takes, or a no with a line."""

    agrees = forms.ChoiceField(
        label="Do you agree to the time?",
        choices=[Choice("yes", "Yes"), Choice("no", "No, not this time")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you agree to the time"},
    )
    why = line_field(
        "If not: what do you tell them?", "Enter what you tell them", required=False, help_text="They read it, and L&D."
    )

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        why = Field.textarea("why", rows=3)
        self.helper = gov_helper("agrees", why, button="Answer", cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("agrees") == "no" and not data.get("why", "").strip():
            self.add_error("why", "Enter a line for them: why not this time")
        return data


class CohortField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """Cohorts of ``with_room()``, each with its start and what room it has."""

    def label_from_instance(self, obj: Cohort) -> str:
        start = f"{obj.starts_on.day} {obj.starts_on:%B %Y}"
        return f"{obj.name}, starts {start}, {room_in_words(obj)}"


def room_in_words(cohort: Any) -> str:
    """Of a cohort of ``with_room()``."""
    if cohort.places is None:
        return f"{cohort.taken} in it"
    full = ": full" if cohort.taken >= cohort.places else ""
    return f"{cohort.taken} of {cohort.places} places taken{full}"


class PlaceForm(forms.Form):
    cohort = CohortField(
        queryset=Cohort.objects.none(),
        empty_label="Choose a cohort",
        error_messages={"required": "Choose a cohort", "invalid_choice": "Choose one of the cohorts listed"},
    )
    taking_part_as = forms.ChoiceField(label="What do they take part in?", choices=TAKING_PART, required=False)
    starts_on = GovDateField(
        label="When does their year start?",
        what="the date their year starts",
        help_text="Leave empty to start with the cohort",
        required=False,
    )

    def __init__(self, *args: Any, cohorts: QuerySet[Cohort], cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cohort"].queryset = cohorts  # type: ignore[attr-defined]  # a choice of rows
        fields = ("cohort", "taking_part_as", "starts_on")
        self.helper = gov_helper(*fields, button="Give a place", cancel_url=cancel_url)


class AnswerForm(forms.Form):
    """What whoever waits is told."""

    outcome = forms.ChoiceField(
        label="What happens?",
        choices=[
            Choice("waiting", "They go on waiting", hint="You can give them a place later"),
            Choice("declined", "Not this time", hint="They no longer wait, and can be nominated again"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they go on waiting"},
    )
    text = line_field(
        "What do you tell them?",
        "Enter what you tell them",
        help_text="For example: the autumn cohort is full, the next one starts in March. "
        "They read it, and their line manager.",
    )

    def __init__(self, *args: Any, may_wait: bool, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_wait:
            del self.fields["outcome"]
        outcome = ("outcome",) if may_wait else ()
        text = Field.textarea("text", rows=3)
        button = "Send the answer" if may_wait else "Decline"
        self.helper = gov_helper(*outcome, text, button=button, cancel_url=cancel_url)


class NominationFilter(forms.Form):
    SHOWN = [("waiting", "Waiting for a place"), ("asked", "Waiting for a line manager"), ("placed", "Invited")]
    show = forms.ChoiceField(choices=SHOWN, required=False)
