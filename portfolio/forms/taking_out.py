"""What is to be taken out for good, and why a piece is sent back. Neither form keeps what is typed."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portfolio.models import Attachment, Evidence
from portfolio.queries.taking_out import replaced_files
from pqs_portal.lib.forms import Field, LongText, gov_helper
from pqs_portal.templatetags.portal import clock, file_size, short_date

MOST = 20


class TakeOutForm(forms.Form):
    """Exact words, one passage a line, and files."""

    passages = LongText(
        label="Which words?",
        help_text="A name, a number or a few words as you wrote them. Several: one on each line. Capitals and line "
        "breaks make no difference; only whole words are found. Nothing that you type here is kept.",
        required=False,
    )
    chosen = forms.MultipleChoiceField(
        label="Files",
        help_text="We do not look for the words inside files. Choose those that identify somebody.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose files that are still here"},
    )

    def __init__(self, *args: Any, own: Sequence[Attachment], cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            choices: Any = self.fields["chosen"]
            replaced = replaced_files(own)
            choices.choices = [(str(file.pk), self.words_of(file, replaced)) for file in own]
        else:
            del self.fields["chosen"]
        self.helper = gov_helper(
            Field.textarea("passages", rows=4),
            *(["chosen"] if own else []),
            button="See where it stands",
            button_name="look",
            cancel_url=cancel_url,
            autocomplete="off",
        )

    @staticmethod
    def words_of(file: Attachment, replaced: Collection[uuid.UUID]) -> str:
        """With what tells it from another of the same name."""
        where = f" in {file.evidence.title}" if file.evidence else ", with no piece"
        gone = (" (replaced)" if file.pk in replaced else " (removed)") if file.removed_at else ""
        facts = [f"added {short_date(file.created_at)} at {clock(file.created_at)}", file_size(file.size)]
        return f"{file.name}{where}, {', '.join(filter(None, facts))}{gone}"

    def clean_passages(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["passages"].splitlines() if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(f"Take out {MOST} passages at a time; there are {len(lines)}")
        if any(sum(map(str.isalnum, line)) < 2 for line in lines):
            raise ValidationError("Each line must have at least two letters or digits")
        return list(dict.fromkeys(lines))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("passages") and not cleaned.get("chosen"):
            self.add_error("passages", "Enter the words, or choose a file")
        return cleaned


class SendBackForm(forms.Form):
    reason = forms.ChoiceField(
        label="What gives somebody away?",
        help_text="Say more in person, not in writing.",
        choices=Evidence.SentBackFor,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what gives somebody away"},
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper("reason", button="Close it and send it back", warning=True, cancel_url=cancel_url)
