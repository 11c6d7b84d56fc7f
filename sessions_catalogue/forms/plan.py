"""Which sessions a cohort has, in which order; and the name of a template."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from pqs_portal.lib.forms import gov_helper
from pqs_portal.lib.text import as_typed
from sessions_catalogue.chosen import Ticked, in_order
from sessions_catalogue.models import ProgrammeSession

MOST = 99


class PlanForm(forms.Form):
    """A tick and a place for each session on offer. Beside each place stands, unseen, the one it had before."""

    template = forms.UUIDField(required=False, widget=forms.HiddenInput)
    tick = forms.MultipleChoiceField(
        label="Sessions",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick at least one session",
            "invalid_choice": "One of the sessions is no longer offered. Choose again",
        },
    )

    def __init__(self, *args: Any, offered: Sequence[ProgrammeSession], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["tick"].choices = [(str(session.pk), str(session)) for session in offered]  # type: ignore[attr-defined]  # a choice of rows
        for session in offered:
            self.fields[_place(session)] = _place_field(session)
            self.fields[_stood(session)] = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(
        cls, offered: Sequence[ProgrammeSession], chosen: Sequence[ProgrammeSession], template: uuid.UUID | None
    ) -> PlanForm:
        """A form with these ticked, in this order."""
        places = {session.pk: place for place, session in enumerate(chosen, start=1)}
        return cls(
            offered=offered,
            initial={
                "template": template,
                "tick": [str(session.pk) for session in chosen],
                **{_place(session): places.get(session.pk) for session in offered},
                **{_stood(session): places.get(session.pk) for session in offered},
            },
        )

    def clean_tick(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["tick"]
        numbers = Counter(session.number for session in self.offered if str(session.pk) in ticked)
        twice = [number for number, count in numbers.items() if count > 1]
        if twice:
            raise ValidationError(
                f"Session {twice[0]} is ticked twice, as supplied and as your own. Choose one of the two"
            )
        return ticked

    def chosen(self) -> list[ProgrammeSession]:
        """What is ticked, in order, once the form is valid."""
        data, ticked = self.cleaned_data, set(self.cleaned_data["tick"])
        return in_order(
            [
                Ticked(session, data[_stood(session)], data[_place(session)])
                for session in self.offered
                if str(session.pk) in ticked
            ]
        )

    def lines(self) -> list[dict[str, Any]]:
        """For the page: each session with its tick, its place as a field and as a box, and where it stood."""
        ticked = set(self["tick"].value() or [])
        return [
            {
                "session": session,
                "is_ticked": str(session.pk) in ticked,
                "place": self[_place(session)],
                "box": _box(self[_place(session)]),
                "stood": self[_stood(session)],
            }
            for session in self.offered
        ]


def _place(session: ProgrammeSession) -> str:
    return f"place_{session.pk}"


def _stood(session: ProgrammeSession) -> str:
    return f"stood_{session.pk}"


def _box(field: forms.BoundField) -> SafeString:
    if not field.errors:
        return field.as_widget()
    classes = f"{field.field.widget.attrs['class']} govuk-input--error"
    return field.as_widget(attrs={"class": classes, "aria-describedby": f"{field.auto_id}_error"})


def _place_field(session: ProgrammeSession) -> forms.IntegerField:
    words = f"Enter the place of session {session.number} as a number from 1 to {MOST}, or leave it empty"
    return forms.IntegerField(
        label=f"Place of session {session.number}, {session.title}",
        required=False,
        min_value=1,
        max_value=MOST,
        widget=forms.TextInput(attrs={"class": "govuk-input pp-chosen__order", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
    )


class TemplateNameForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label="Name of the template",
        max_length=200,
        help_text="For example, Eight sessions in spring",
        error_messages={"required": "Enter a name for the template", "max_length": "Use no more than 200 characters"},
    )

    def __init__(self, *args: Any, button: str = "Save", cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper("id", "name", button=button, cancel_url=cancel_url)

    def clean_name(self) -> str:
        return as_typed(self.cleaned_data["name"])
