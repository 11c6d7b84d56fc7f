"""Why an admin exports somebody's portfolio, and what somebody wants in a PDF of their own."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from pqs_portal.lib.forms import Field, LongText, gov_helper


class ExportForm(forms.Form):
    id = forms.UUIDField(widget=forms.HiddenInput)
    reason = LongText(
        max_length=1000,
        error_messages={
            "required": "Enter why you are exporting this portfolio",
            "max_length": "The reason must be 1,000 characters or fewer",
        },
    )

    def __init__(self, *args: Any, supervisor: User, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = supervisor.get_short_name()
        self.fields["reason"].label = "Why are you exporting it?"
        self.fields["reason"].help_text = f"{name} is told that you exported it, when, and this reason."
        self.helper = gov_helper("id", Field.textarea("reason", rows=4), button="Make the PDF", cancel_url=cancel_url)


class OwnExportForm(forms.Form):
    id = forms.CharField(required=False, widget=forms.HiddenInput)
    with_private = forms.BooleanField(
        label="Also put in what only I can read",
        help_text=(
            "If it is for you alone, you can have the rest: all your evidence, self-assessments, development plan and "
            "critical reflection as they stand now, and your CPD records. Each page then says that it is for you. "
            "Notes and worksheets stay out."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper("id", "with_private", button="Make the PDF", form_id="own_export")
