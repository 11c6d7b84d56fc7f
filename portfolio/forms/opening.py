"""Who may read a text that is opened as a whole."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from portfolio.services.opening import Readers
from pqs_portal.lib.forms import Choice, PersonShown, gov_helper


class OpenForm(forms.Form):
    """Nobody else, the mentor, whoever reads the portfolio."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    readers = forms.MultipleChoiceField(
        label="Who else can read it?",
        help_text="Untick to take it back. What was read was read.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose who can read it"},
    )
    nobody_recognisable = forms.BooleanField(
        label="Nobody can be recognised in it: not by a name, a place, a team or their story", required=False
    )

    def __init__(
        self,
        *args: Any,
        mentor: User | None,
        mentor_hint: str = "",
        portfolio_hint: str,
        cancel_url: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown"] = PersonShown(mentor.pk if mentor else None)
        field: Any = self.fields["readers"]
        field.choices = [
            *([Choice("mentor", f"{mentor.name}, your mentor", hint=mentor_hint or None)] if mentor else []),
            Choice("portfolio", "Its text in my portfolio", hint=portfolio_hint),
        ]
        self.helper = gov_helper(
            "revision",
            "shown",
            "readers",
            "nobody_recognisable",
            button="Save who can read it",  # true whoever is ticked, nobody too
            cancel_url=cancel_url,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("readers") and not cleaned.get("nobody_recognisable"):
            self.add_error("nobody_recognisable", "Check that nobody can be recognised, then tick the box")
        return cleaned

    @property
    def chosen(self) -> Readers:
        said = self.cleaned_data
        return Readers(
            "mentor" in said["readers"], "portfolio" in said["readers"], said["nobody_recognisable"], said["shown"]
        )
