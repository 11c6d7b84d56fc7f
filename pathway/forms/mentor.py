"""What is known of a mentor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from pathway.forms.changes import number_field
from pathway.forms.cohort import PersonField
from pathway.services.mentors import MentorFacts
from pqs_portal.lib.forms import GovDateField, gov_helper

MOST_PEOPLE = 30
FIELDS = ("registered_until", "has_two_years", "capacity", "about")


class MentorForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    mentor = PersonField(label="Who?", error_messages={"required": "Choose who goes on the list"})
    registered_until = GovDateField(
        label="Registered as a social worker until",
        what="the day the registration runs out",
        required=False,
        help_text="Social Work England’s registrations run until 30 November. Leave empty if it is not confirmed",
    )
    has_two_years = forms.BooleanField(
        label="At least two years’ experience of supervising after qualifying", required=False
    )
    capacity = number_field("How many people do they take?", 0, MOST_PEOPLE)
    about = forms.CharField(
        label="What helps to choose",
        max_length=300,
        required=False,
        help_text="For example their team, or what they know well. L&D reads it; write what the mentor may read too.",
        error_messages={"max_length": "Use no more than 300 characters"},
    )

    def __init__(self, *args: Any, people: QuerySet[User] | None = None, cancel_url: str, **kwargs: Any) -> None:
        """``people`` may go on the list; without them the form is about somebody who is on it."""
        super().__init__(*args, **kwargs)
        if people is None:
            del self.fields["mentor"], self.fields["id"]
        else:
            self.fields["mentor"].queryset = people  # type: ignore[attr-defined]  # a choice of rows
        button = "Save" if people is None else "Put on the list"
        self.helper = gov_helper(*self.fields, button=button, cancel_url=cancel_url)

    def facts(self) -> MentorFacts:
        return MentorFacts(**{name: self.cleaned_data[name] for name in FIELDS})
