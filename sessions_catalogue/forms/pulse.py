"""The three questions without a name."""

from __future__ import annotations

from typing import Any

from django import forms

from pqs_portal.lib.forms import Field, gov_helper
from sessions_catalogue.pulse import QUESTIONS, WORDS

CHOICES = [(str(number), words) for number, words in enumerate(WORDS, start=1)]
WRONG = "Choose how far this is so for you"


class PulseForm(forms.Form):
    """``about`` says which asking it answers, should two be open."""

    about = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [f"question_{number}" for number in range(1, len(QUESTIONS) + 1)]
        for name, words in zip(self.names, QUESTIONS, strict=True):
            self.fields[name] = forms.TypedChoiceField(
                label=words,
                choices=CHOICES,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": WRONG, "invalid_choice": WRONG},
            )
        radios = [Field.radios(name, small=True) for name in self.names]
        self.helper = gov_helper("about", *radios, button="Send", secondary=("no_thanks", "No thanks"))

    def answers(self) -> list[int]:
        return [self.cleaned_data[name] for name in self.names]
