"""Suggestions to the organisation, and their answers."""

from __future__ import annotations

from typing import Any

from django import forms

from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import Choice, Field, GovFormHelper, LongText, gov_helper
from sessions_catalogue.models import Suggestion

LONGEST = 4000
TOO_LONG = f"Use no more than {LONGEST:,} characters"


class SuggestionForm(forms.Form):
    """Keeps nothing while it is typed: a draft has an author, and of one without a name nothing may have."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    theme = forms.ChoiceField(
        label="What is it about?",
        choices=Suggestion.Theme.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is about", "invalid_choice": "Choose one of the themes"},
    )
    text = LongText(
        label="What could your organisation do?",
        help_text="Write about the organisation, not about a person: no names, and nothing by which somebody can be "
        "recognised, neither colleagues nor the people you work with.",
        max_length=LONGEST,
        error_messages={"required": "Enter your suggestion", "max_length": TOO_LONG},
    )
    with_name = forms.ChoiceField(
        label="With your name?",
        choices=[
            Choice(
                "yes",
                "With my name",
                hint="Your L&D lead sees it. You see here what became of it, and are told when it is answered",
            ),
            Choice(
                "no",
                "Without my name",
                hint="Nothing is kept that says it was you, so you cannot follow it, change it or be asked about it. "
                "If the answer is published you read it here like everybody else",
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether your name is on it", "invalid_choice": "Choose one of the two"},
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper(
            "id",
            Field.radios("theme", small=True),
            Field.textarea("text", rows=8),
            Field.radios("with_name"),
            button="Send",
            cancel_url=cancel_url,
            data_warn_unsaved="true",
        )


class SuggestionAnswerForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open the page again"})
    status = forms.ChoiceField(
        label="Where does it stand?",
        choices=Suggestion.Status.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it stands", "invalid_choice": "Choose one of the five"},
    )
    answer = LongText(
        label="Your answer",
        help_text="Say what you are doing, or why not. Do not repeat the suggestion or point at who made it.",
        required=False,
        max_length=LONGEST,
        error_messages={"max_length": TOO_LONG},
    )
    publish = forms.BooleanField(
        label="Publish the answer to everybody in the organisation",
        help_text="They read the theme, where it stands and your answer; never the suggestion or who made it.",
        required=False,
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.draft: Draft | None = None

    @property
    def helper(self) -> GovFormHelper:
        answer = Field.textarea("answer", rows=6)
        fields = ("revision", Field.radios("status", small=True), answer, "publish")
        return gov_helper(*fields, button="Save", cancel_url=self.cancel_url, draft=self.draft)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("publish") and not data.get("answer", "-").strip():
            self.add_error("answer", "Write an answer first: without one there is nothing to publish")
        return data


class SuggestionFilter(forms.Form):
    """Always answers: what an address asks wrongly is shown as if it had not been asked."""

    status = forms.ChoiceField(label="Show", choices=[("", "All"), *Suggestion.Status.choices], required=False)
    theme = forms.ChoiceField(label="About", choices=[("", "Everything"), *Suggestion.Theme.choices], required=False)

    def __init__(self, data: object) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a request's query
        self.helper = gov_helper(method="get", button=None, secondary="Show")
        self.helper.form_class = "pp-filter"

    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
