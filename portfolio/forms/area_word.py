"""A word about an area: the writer's own level, and what a mentor thinks."""

from __future__ import annotations

from typing import Any

from django import forms

from portfolio.models import AreaWord
from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import Choice, Field, LongText, gov_helper

CHOOSE = "Choose whether it is enough"


class OwnWordForm(forms.Form):
    level = forms.ChoiceField(
        label="What do you think yourself?",
        help_text="Your own word, for nobody else.",
        choices=[Choice(AreaWord.Level.ENOUGH, "Enough for me"), Choice(AreaWord.Level.MORE, "I want more")],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper(Field.radios("level", inline=True), button="Save your word")


class MentorWordForm(forms.Form):
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    level = forms.ChoiceField(
        label="What do you think of it?",
        choices=[Choice(AreaWord.Level.ENOUGH, "Enough"), Choice(AreaWord.Level.MORE, "More is needed")],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    text = LongText(label="Why, or what would help (optional)", required=False)

    def __init__(self, *args: Any, name: str, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name, self.cancel_url = name, cancel_url
        self.fields["text"].help_text = f"{name} reads it as soon as you give it. Write no names."
        self.draft: Draft | None = None

    @property
    def helper(self) -> Any:
        return gov_helper(
            "revision",
            Field.radios("level", inline=True),
            Field.textarea("text", rows=5),
            button=f"Give it to {self.name}",
            form_id="check-and-share",
            cancel_url=self.cancel_url,
            draft=self.draft,
        )
