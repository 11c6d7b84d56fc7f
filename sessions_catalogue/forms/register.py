"""The register of one delivery: a choice for each person, and what the page had shown."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField

from pathway.models import Enrolment
from pqs_portal.lib.forms import gov_helper
from sessions_catalogue.models import Attendance
from sessions_catalogue.queries_attendance import RegisterLine
from sessions_catalogue.services.attendance import Mark

State = Attendance.State


class RegisterForm(forms.Form):
    """Nothing is chosen beforehand, unless somebody has marked the person or pressed "all there"."""

    def __init__(self, *args: Any, lines: Sequence[RegisterLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            self.fields[_state(line.enrolment_id)] = forms.ChoiceField(
                label=line.name,
                choices=State.choices,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
                required=False,
                initial=line.state,
                error_messages={"invalid_choice": f"Choose There or Not there for {line.name}"},
            )
            self.fields[_seen(line.enrolment_id)] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=line.state
            )

    def people(self) -> Iterator[tuple[BoundField, BoundField]]:
        for line in self.lines:
            yield self[_state(line.enrolment_id)], self[_seen(line.enrolment_id)]

    def filled_up(self) -> dict[str, str]:
        """What has been sent, with There for everybody who was left out: shown, and not saved yet."""
        filled = {}
        for line in self.lines:
            state, seen = _state(line.enrolment_id), _seen(line.enrolment_id)
            filled[state] = self.data.get(state) or State.ATTENDED
            filled[seen] = self.data.get(seen, "")
        return filled

    def marks(self) -> dict[uuid.UUID, Mark]:
        data = self.cleaned_data
        return {
            line.enrolment_id: Mark(data[_state(line.enrolment_id)], data[_seen(line.enrolment_id)])
            for line in self.lines
        }


def _state(pk: uuid.UUID) -> str:
    return f"state-{pk}"


def _seen(pk: uuid.UUID) -> str:
    return f"seen-{pk}"


class EnrolmentField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    def label_from_instance(self, obj: Enrolment) -> str:
        return f"{obj.supervisor.name} ({obj.cohort.name})"


class PlaceForm(forms.Form):
    enrolment = EnrolmentField(
        label="Who comes?",
        queryset=Enrolment.objects.none(),
        empty_label="Choose a person",
        help_text="People of other cohorts, and those who take single sessions",
        error_messages={"required": "Choose who comes", "invalid_choice": "Choose one of the people listed"},
    )

    def __init__(self, *args: Any, people: QuerySet[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enrolment"].queryset = people  # type: ignore[attr-defined]  # a choice of rows
        self.helper = gov_helper("enrolment", button="Add to the list")
