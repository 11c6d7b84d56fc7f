"""Talking about a piece."""

from __future__ import annotations

from typing import Any

from django import forms

from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import Field, GovFormHelper, LongText, gov_helper


class CommentForm(forms.Form):
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    passage = LongText(
        label="The words it is about (optional)",
        help_text="Paste or type them as they stand in the piece.",
        required=False,
    )
    text = LongText(label="Your comment", error_messages={"required": "Write your comment"})

    def __init__(self, *args: Any, action: str, is_main: bool, cancel_url: str = "", **kwargs: Any) -> None:
        """``is_main``: sending is what the page is for, so its button is the green one."""
        super().__init__(*args, **kwargs)
        self.action, self.is_main, self.cancel_url = action, is_main, cancel_url
        self.draft: Draft | None = None

    @property
    def helper(self) -> GovFormHelper:
        label = "Send comment"
        return gov_helper(
            "id",
            Field.textarea("passage", rows=2),
            Field.textarea("text", rows=5),
            button=label if self.is_main else None,
            secondary=None if self.is_main else ("send", label),
            action=self.action,
            form_id="check-and-share",
            cancel_url=self.cancel_url,
            draft=self.draft,
        )

    def clean_passage(self) -> str:
        return str(self.cleaned_data["passage"]).strip()


class AnswerForm(CommentForm):
    """What it is about, the thread says already."""

    passage = None  # type: ignore[assignment]  # how Django takes a field of the parent away
    text = LongText(label="Your answer", error_messages={"required": "Write your answer"})

    @property
    def helper(self) -> GovFormHelper:
        return gov_helper(
            "id",
            Field.textarea("text", rows=5),
            button="Send answer",
            action=self.action,
            form_id="check-and-share",
            cancel_url=self.cancel_url,
            draft=self.draft,
        )

    def clean_passage(self) -> str:
        return ""
