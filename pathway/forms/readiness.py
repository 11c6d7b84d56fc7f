"""Lines of the two lists that an organisation settles before its first cohort."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from pathway.forms.cohort import PersonField
from pathway.models import ReadinessItem
from pathway.services.readiness import ItemFields
from pqs_portal.lib.forms import GovDateField, gov_helper

FIELDS = ("text", "owner", "due_on", "done_on", "note")


def note_field() -> forms.CharField:
    return forms.CharField(
        label="Note",
        max_length=500,
        required=False,
        help_text="For example what was decided, or where the paper is. Whoever sees the list reads it.",
        error_messages={"max_length": "Use no more than 500 characters"},
    )


class ItemForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    checklist = forms.ChoiceField(
        label="Which list?",
        choices=ReadinessItem.Checklist.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a list"},
    )
    text = forms.CharField(
        label="What is to be settled?",
        max_length=300,
        error_messages={"required": "Enter what is to be settled", "max_length": "Use no more than 300 characters"},
    )
    owner = PersonField(label="Who looks after it?", required=False, empty_label="Nobody yet")
    due_on = GovDateField(
        label="By when?", what="the date", required=False, help_text="With somebody and a date, they are reminded of it"
    )
    done_on = GovDateField(
        label="Settled on",
        what="the date it was settled",
        required=False,
        latest=timezone.localdate,
        help_text="Leave empty while it is open",
    )
    note = note_field()

    def __init__(
        self, *args: Any, people: QuerySet[User], cancel_url: str, is_new: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]  # a choice of rows
        if not is_new:
            del self.fields["checklist"], self.fields["id"]
        self.helper = gov_helper(*self.fields, button="Add it" if is_new else "Save", cancel_url=cancel_url)

    def item_fields(self) -> ItemFields:
        return ItemFields(**{name: self.cleaned_data[name] for name in FIELDS})


class TickForm(forms.Form):
    done_on = GovDateField(label="Settled on", what="the date it was settled", latest=timezone.localdate)
    note = note_field()

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper("done_on", "note", button="Record it as settled", cancel_url=cancel_url)
