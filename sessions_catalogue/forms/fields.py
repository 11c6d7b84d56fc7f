"""Fields that more than one form of this app has."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone

from pqs_portal.lib.forms import GovDateField

YEARS = 3
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


class MeetingDateField(GovDateField):
    """The date of a session: three years back, for a cohort begun before the portal, to three years ahead."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(earliest=lambda: years_from_today(-YEARS), latest=lambda: years_from_today(YEARS), **kwargs)


def years_from_today(years: int) -> dt.date:
    today = timezone.localdate()
    return today.replace(year=today.year + years, day=min(today.day, 28))
