"""Who runs a delivery, and who has worked through a missed session."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from pqs_portal.lib.forms import GovDateField, gov_helper


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name} ({obj.email})"


class FacilitatorForm(forms.Form):
    member = MemberField(
        label="Somebody of your organisation",
        queryset=User.objects.none(),
        empty_label="Choose a person",
        error_messages={"required": "Choose who runs the session", "invalid_choice": "Choose one of the people listed"},
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = people  # type: ignore[attr-defined]  # a choice of rows
        self.helper = gov_helper("member", button="Add")


class GuestForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label="Name of the guest",
        max_length=200,
        help_text="Stands beside what they mark in the register",
        error_messages={"required": "Enter the guest’s name", "max_length": "Use no more than 200 characters"},
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper("id", "name", button="Make the link", cancel_url=cancel_url)


class StudyForm(forms.Form):
    studied_on = GovDateField(label="When did you finish?", what="the date you finished", latest=timezone.localdate)

    def __init__(self, *args: Any, is_own: bool, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_own:
            self.fields["studied_on"].label = "When did they finish?"
        button = "I have worked through it" if is_own else "They have worked through it"
        self.helper = gov_helper("studied_on", button=button, cancel_url=cancel_url)
