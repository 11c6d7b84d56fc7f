"""Web addresses that people will follow."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator

from pqs_portal.lib.forms import gov_helper

WRONG_ADDRESS = "Enter a web address that begins with https:// or http://"


class WebAddressField(forms.URLField):
    """A link people will follow: http and https only."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}))
        kwargs.setdefault("error_messages", {}).setdefault("invalid", WRONG_ADDRESS)
        super().__init__(assume_scheme="https", max_length=500, **kwargs)
        self.error_messages["max_length"] = "Enter a web address of 500 characters or fewer"
        self.validators = [check for check in self.validators if not isinstance(check, URLValidator)]
        self.validators.append(URLValidator(schemes=["http", "https"], message=WRONG_ADDRESS))


class ResourceAddressForm(forms.Form):
    address = WebAddressField(
        label="Web address",
        required=False,
        help_text="Where your people find it, like https://learning.example.org/film. Leave it empty to take it away.",
    )

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper(button="Save", cancel_url=cancel_url)
