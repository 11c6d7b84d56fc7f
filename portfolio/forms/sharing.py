"""Opening a piece to somebody, and talking about it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from accounts.models import User
from pathway.models import Area
from portfolio.forms.fields import RationaleFields
from portfolio.models import Evidence
from pqs_portal.lib.forms import Choice, PersonShown, gov_helper


class ShareForm(RationaleFields):
    """The last look before somebody else can read it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    audience = forms.ChoiceField(
        label="Who can read it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who can read it", "invalid_choice": "Choose who can read it"},
    )
    nobody_recognisable = forms.BooleanField(
        label="Nobody can be recognised in it: not by a name, a place, a team or their story",
        error_messages={"required": "Check that nobody can be recognised, then tick the box"},
    )

    def __init__(
        self,
        *args: Any,
        mentor: User | None,
        areas: Sequence[Area],
        rationales: Mapping[uuid.UUID, str],
        cancel_url: str,
        mentor_hint: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown"] = PersonShown(mentor.pk if mentor else None)
        choices = [Choice("mentor", f"{mentor.name}, your mentor", hint=mentor_hint or None)] if mentor else []
        others = f"{mentor.name}, " if mentor else ""
        choices.append(
            Choice(
                "portfolio",
                "In my portfolio",
                hint=f"You, {others}your organisation’s admin when exporting, the panel once you submit",
            )
        )
        field: Any = self.fields["audience"]
        field.choices = choices
        self.add_rationales(areas, rationales)
        for area in areas:
            why = f"Why it fits area {area.number}, {area.title} (needed for your portfolio)"
            self.fields[f"why_{area.number}"].label = why
        self.helper = gov_helper(
            "version",
            "shown",
            "audience",
            *(f"why_{area.number}" for area in areas),
            "nobody_recognisable",
            button="Share",
            cancel_url=cancel_url,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("audience") == Evidence.Audience.PORTFOLIO:
            if not self.areas_given:
                self.add_error("audience", "Choose at least one area for it first: go back and edit the piece")
            for area in self.areas_given:
                if not self.rationale_of(area):
                    self.add_error(f"why_{area.number}", f"Say in one line why it fits area {area.number}")
        return cleaned

    @property
    def rationales(self) -> dict[uuid.UUID, str]:
        return {area.pk: self.rationale_of(area) for area in self.areas_given}
