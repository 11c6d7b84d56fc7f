"""The forms of the critical reflection: the piece itself, a word about a paragraph, and how long it should be."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from pathway.models import Area
from portfolio.forms.fields import OneLine
from portfolio.models import Note, Structure, WordLimit
from portfolio.models.reflection_parts import ALWAYS, PARTS, STRUCTURES, Part, words_in
from portfolio.queries.notebook import Origin
from portfolio.services.reflection import Piece
from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import HTML, Choice, Field, GovFormHelper, LongText, gov_helper
from pqs_portal.lib.text import as_uuid

ASKS = {
    structure: ", ".join(part.title.rstrip("?").lower() for part in parts) for structure, parts in STRUCTURES.items()
}
ROWS_OF_TEXT = 8
PUT = "put_"
# Buttons of the form: it comes back with the boxes of the structure chosen; it is saved and leads to where a note went.
SHOW_PARTS, PUT_IN = "show_parts", "put_in"
FIRST = '{% include "portfolio/partials/reflection_first.html" %}'
PARTS_BUTTON = '{% include "portfolio/partials/reflection_show_parts.html" %}'
TEXT = '{% include "portfolio/partials/reflection_text.html" %}'
NOTES = '{% include "portfolio/partials/reflection_notes.html" %}'


class ReflectionForm(forms.Form):
    """Every part there is has its field, so that no words are lost when the structure changes; the page shows those
    that the chosen structure asks for, and others that hold words. What was not sent stays as it was ``saved``."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = OneLine(
        label="Its name (optional)",
        required=False,
        max_length=200,
        error_messages={"max_length": "The name must be 200 characters or shorter; it has %(show_value)d now"},
    )
    structure = forms.ChoiceField(
        label="Structure",
        help_text="You can change it later. Words that have no place in the new one are kept below.",
        choices=[
            Choice(value, label, hint="" if value == Structure.FREE else f"In its parts: {ASKS[value]}.")
            for value, label in Structure.choices
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a structure", "invalid_choice": "Choose one of the structures"},
    )
    areas = forms.MultipleChoiceField(
        label="Which areas does it show? (optional)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose among the areas of your standard"},
    )

    def __init__(
        self,
        *args: Any,
        areas: Sequence[Area],
        saved: Mapping[str, str],
        notes: Sequence[Note],
        origins: Mapping[uuid.UUID, Origin],
        limit: WordLimit,
        cancel_url: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.saved, self.limit, self.cancel_url = saved, limit, cancel_url
        self.notes, self.origins = notes, origins
        self.draft: Draft | None = None
        for part in PARTS.values():
            self.fields[f"part_{part.key}"] = LongText(
                label=part.title,
                help_text=part.prompt,
                required=False,
                initial=saved.get(part.key, ""),
                widget=forms.Textarea(attrs={"rows": ROWS_OF_TEXT}),
            )
        for note in notes:
            self.fields[f"{PUT}{note.pk}"] = forms.ChoiceField(
                label="Put into",
                required=False,
                choices=[("", "Nothing yet"), *((part.key, part.title) for part in PARTS.values())],
                error_messages={"invalid_choice": "Choose one of the parts"},
            )
        field: Any = self.fields["areas"]
        field.choices = [(str(area.pk), f"{area.number} {area.title}") for area in areas]

    @property
    def helper(self) -> GovFormHelper:
        return gov_helper(
            "revision",
            HTML(FIRST),
            "structure",
            HTML(PARTS_BUTTON),
            HTML(NOTES),
            HTML(TEXT),
            "areas",
            "title",
            button="Save",
            secondary=("done", "Save, and it is done"),
            cancel_url=self.cancel_url,
            draft=self.draft,
        )

    def show_parts(self) -> None:
        """Not sent for good: nothing is wrong with it yet. What the page had no box for stays as it was saved."""
        self.errors.clear()
        data = self.data.copy()  # type: ignore[attr-defined]  # a view posts a QueryDict
        for key in PARTS:
            data.setdefault(self.add_prefix(f"part_{key}"), self.saved.get(key, ""))
        self.data = data

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        name = f"{PUT}{self.data.get(PUT_IN, '')}"
        if name in self.fields and cleaned.get(name) == "":
            self.add_error(name, "Choose where to put it")
        return cleaned

    @property
    def place(self) -> str:
        """Where on the page the note went whose button was pressed, or the last of those that were chosen."""
        pressed = as_uuid(self.data.get(PUT_IN, ""))
        part = self.put.get(pressed) if pressed else next(reversed(self.put.values()), None)
        return f"#div_{self[f'part_{part}'].auto_id}" if part else ""

    @property
    def is_finished(self) -> bool:
        return "done" in self.data

    @property
    def chosen(self) -> tuple[Part, ...]:
        """The parts of the structure that is chosen on the page."""
        return STRUCTURES.get(str(self["structure"].value()), STRUCTURES[Structure.WHAT])

    def structured(self) -> list[forms.BoundField]:
        return [self[f"part_{part.key}"] for part in self.chosen]

    def always(self) -> list[forms.BoundField]:
        return [self[f"part_{part.key}"] for part in ALWAYS]

    def aside(self) -> list[forms.BoundField]:
        """Words of parts that the chosen structure does not have."""
        shown = {part.key for part in (*self.chosen, *ALWAYS)}
        rest = (self[f"part_{key}"] for key in PARTS if key not in shown)
        return [field for field in rest if field.value()]

    def words(self) -> int:
        return words_in([str(field.value() or "") for field in (*self.structured(), *self.always())])

    def any_put(self) -> bool:
        fields = (self[f"{PUT}{note.pk}"] for note in self.notes)
        return any(field.value() or field.errors for field in fields)

    def note_rows(self) -> Iterator[dict[str, Any]]:
        """For the template: each note, and the part it is to go into."""
        for note in self.notes:
            field = self[f"{PUT}{note.pk}"]
            yield {
                "note": note,
                "origin": self.origins[note.pk],
                "field": field,
                "parts": self._parts_for(field),
            }

    def _parts_for(self, field: forms.BoundField) -> list[dict[str, Any]]:
        chosen = str(field.value() or "")
        return [
            {"key": part.key, "title": part.title, "on": part.key == chosen}
            for part in (*self.chosen, *ALWAYS)
        ]  # fmt: skip

    @property
    def piece(self) -> Piece:
        """What was typed, once the form is valid."""
        cleaned = self.cleaned_data
        parts = {
            key: cleaned[f"part_{key}"] if self.add_prefix(f"part_{key}") in self.data else self.saved.get(key, "")
            for key in PARTS
        }
        return Piece(cleaned["title"], cleaned["structure"], parts, [uuid.UUID(pk) for pk in cleaned["areas"]])

    @property
    def put(self) -> dict[uuid.UUID, str]:
        """Notes that are to be taken up, and into which part."""
        chosen = ((note.pk, self.cleaned_data[f"{PUT}{note.pk}"]) for note in self.notes)
        return {pk: part for pk, part in chosen if part}


class ReflectionCommentForm(forms.Form):
    """About one paragraph (0: the part as a whole) of the version that was read."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.UUIDField(required=False, widget=forms.HiddenInput)
    part = forms.ChoiceField(required=False, choices=[(key, key) for key in PARTS], widget=forms.HiddenInput)
    paragraph = forms.IntegerField(required=False, min_value=0, max_value=32767, widget=forms.HiddenInput)
    text = LongText(label="Your comment", error_messages={"required": "Write your comment"})

    button = "Send comment"

    def __init__(self, *args: Any, cancel_url: str, action: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url, self.action = cancel_url, action
        self.draft: Draft | None = None

    @property
    def helper(self) -> GovFormHelper:
        hidden = [name for name, field in self.fields.items() if field.widget.is_hidden]
        return gov_helper(
            *hidden,
            Field.textarea("text", rows=5),
            button=self.button,
            action=self.action,
            form_id="check-and-share",
            cancel_url=self.cancel_url,
            draft=self.draft,
        )


class ReflectionAnswerForm(ReflectionCommentForm):
    """What it is about, the talk says already."""

    version = part = paragraph = None  # type: ignore[assignment]  # how Django takes a parent's fields away
    text = LongText(label="Your answer", error_messages={"required": "Write your answer"})
    button = "Send answer"


class WordLimitForm(forms.Form):
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    fewest = forms.IntegerField(
        label="At least how many words?",
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={"required": "Enter the fewest words, like 1500", "invalid": "Enter a whole number, like 1500"},
    )
    most = forms.IntegerField(
        label="At most how many words?",
        min_value=1,
        max_value=100_000,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={"required": "Enter the most words, like 2000", "invalid": "Enter a whole number, like 2000"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper(button="Save the length")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        fewest, most = cleaned.get("fewest"), cleaned.get("most")
        if fewest and most and most < fewest:
            self.add_error("most", f"Enter {fewest} or more: the most words cannot be under the fewest")
        return cleaned
