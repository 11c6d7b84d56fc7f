"""A list of people: pasted, or as a file."""

from __future__ import annotations

from typing import Any

from django import forms

from pathway.people_lists import MOST_BYTES, read_addresses, read_file
from pqs_portal.lib.csv import CsvTable, NotReadable
from pqs_portal.lib.forms import Field, gov_helper

MOST_CHARACTERS = 1_000_000


class PeopleImportForm(forms.Form):
    """``table`` has the people once the form is valid."""

    table: CsvTable
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    addresses = forms.CharField(
        label="Paste people",
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="One a line, like Sam Green <sam.green@example.gov.uk>, or name, comma, address",
        error_messages={"max_length": "The list is too long to paste. Save it as a CSV file and send that"},
    )
    table_file = forms.FileField(
        label="Or send a CSV file",
        required=False,
        help_text="Up to 5,000 people and 5 MB. Spreadsheet programs save it as CSV",
        error_messages={"empty": "The file is empty. Choose another one"},
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        addresses = Field.textarea("addresses", rows=8)
        self.helper = gov_helper("id", addresses, "table_file", button="Check the list", cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        file, text = data.get("table_file"), data.get("addresses", "")
        if self.errors:
            return data
        if file and text:
            self.add_error("addresses", "Paste people or send a file, not both")
        elif file:
            self._read("table_file", file.read(MOST_BYTES + 1), read_file)
        elif text:
            self._read("addresses", text, read_addresses)
        else:
            self.add_error("addresses", "Paste people, or choose a CSV file")
        return data

    def _read(self, name: str, given: Any, read: Any) -> None:
        try:
            self.table = read(given)
        except NotReadable as wrong:
            self.add_error(name, str(wrong))


class ShownRows(forms.Form):
    """Which rows of a list; what is not understood shows those with problems."""

    show = forms.ChoiceField(choices=[("problems", ""), ("all", "")], required=False)
