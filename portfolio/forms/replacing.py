"""Another file in the place of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from portfolio.forms.evidence import upload_hint
from pqs_portal.lib.forms import gov_helper
from pqs_portal.lib.uploads import CheckedFile, UploadRefused, check_upload


class ReplaceFileForm(forms.Form):
    file = forms.FileField(
        label="The file to put in its place",
        allow_empty_file=True,  # check_upload says so in words that name it
        error_messages={"required": "Choose a file"},
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = upload_hint()
        self.helper = gov_helper("file", button="Put it in its place", cancel_url=cancel_url)

    def clean_file(self) -> CheckedFile:
        try:
            return check_upload(self.cleaned_data["file"], settings.UPLOAD_MAX_BYTES)
        except UploadRefused as refused:
            raise ValidationError(str(refused)) from None
