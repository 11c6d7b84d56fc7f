"""What somebody needs to take part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import Field, GovFormHelper, LongText, gov_helper


class NeedsForm(forms.Form):
    text = LongText(
        label="What would help you to take part?",
        required=False,
        help_text="For example a step-free room, captions, slides the day before, or a break at noon. "
        "Say what helps; you need not say why.",
    )

    # Which words it began from: once taken back and written anew they are others, and begin at revision 1 again.
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft: Draft | None = None

    @property
    def helper(self) -> GovFormHelper:
        cancel_url = reverse("insights:pathway")
        text = Field.textarea("text", rows=6)
        return gov_helper("id", "revision", text, button="Save", cancel_url=cancel_url, draft=self.draft)
