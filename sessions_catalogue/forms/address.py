"""The address of a resource."""

from __future__ import annotations

from typing import Any

from django import forms

from pqs_portal.lib.forms import gov_helper
from sessions_catalogue.forms.fields import WebAddressField


class ResourceAddressForm(forms.Form):
    address = WebAddressField(
        label="Web address",
        required=False,
        help_text="Where your people find it, like https://learning.example.org/film. Leave it empty to take it away.",
    )

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper(button="Save", cancel_url=cancel_url)
