"""Short forms for the end of a session: a note, an action, how it went, and a follow-up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from pathway.models import Area
from portfolio.forms.evidence import statements_of
from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import HTML, Field, GovDateField, GovFormHelper, LongText, gov_helper

NO_AREA = ""
CHOOSE = "Choose the area"


class KeepForm(forms.Form):
    """A text, and the area it is about. ``fixed`` is the area where there is nothing to choose."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = LongText(error_messages={"required": "Write a few words"})
    area = forms.ChoiceField(label="Which area is it about?", required=False, widget=forms.RadioSelect)

    more: Sequence[Any] = ()
    button = "Save"

    def __init__(
        self,
        *args: Any,
        areas: Sequence[Area],
        fixed: Area | None = None,
        area_needed: bool = False,
        folded: bool = False,
        label: str = "Your note",
        hint: str = "",
        action: str = "",
        cancel_url: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.areas_given, self.fixed, self.area_needed = areas, fixed, area_needed
        self.action, self.cancel_url = action, cancel_url
        # The areas under a word to open, where a list follows below.
        self.is_folded = folded
        self.draft: Draft | None = None
        self.fields["text"].label = label
        self.fields["text"].help_text = hint
        area: Any = self.fields["area"]
        area.choices = [(str(one.pk), f"{one.number} {one.title}") for one in areas]
        area.required = area_needed and fixed is None
        area.error_messages = {"required": CHOOSE, "invalid_choice": CHOOSE}
        if fixed or not areas:
            del self.fields["area"]

    @property
    def helper(self) -> GovFormHelper:
        areas = [HTML('{% include "portfolio/partials/one_area.html" %}')] if self.areas_given else []
        first, last = (areas, []) if self.area_needed else ([], areas)
        return gov_helper(
            "id",
            "revision",
            *first,
            Field.textarea("text", rows=5),
            *self.more,
            *last,
            button=self.button,
            action=self.action,
            cancel_url=self.cancel_url,
            draft=self.draft,
        )

    @property
    def chosen_area(self) -> Area | None:
        """The chosen area, once the form is valid."""
        if self.fixed:
            return self.fixed
        chosen = self.cleaned_data.get("area", NO_AREA)
        return next((one for one in self.areas_given if str(one.pk) == chosen), None)

    def area_rows(self) -> Iterable[dict[str, Any]]:
        """For the template: each area with its statements, and whether it is chosen."""
        chosen = str(self["area"].value() or NO_AREA)
        for area in self.areas_given:
            yield {"area": area, "chosen": str(area.pk) == chosen, "statements": statements_of(area)}

    @property
    def fixed_statements(self) -> list[dict[str, Any]]:
        return statements_of(self.fixed) if self.fixed else []


class ActionForm(KeepForm):
    """What somebody will do, and by when. A day that has passed is refused only where it is new."""

    due_on = GovDateField(
        label="By when?",
        what="the day you want to have done it by",
        required=False,
        help_text="You hear from us on that day. Leave it empty if there is no day.",
    )
    more = ("due_on",)

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate() and due_on != self.initial.get("due_on"):
            raise ValidationError("Choose today or a day to come")
        return due_on


class DoneForm(forms.Form):
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    how_it_went = LongText(
        label="How did it go?",
        required=False,
        help_text="A line is enough, or none. Write so that nobody can be recognised.",
    )
    done_on = GovDateField(
        label="When did you do it?", what="the day you did it", required=False, latest=timezone.localdate
    )

    def __init__(self, *args: Any, is_done: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_done = is_done
        self.draft: Draft | None = None
        if is_done:
            self.fields["done_on"].help_text = "Empty the day and the text to put it back among what you have to do."

    @property
    def helper(self) -> GovFormHelper:
        return gov_helper(
            "revision",
            Field.textarea("how_it_went", rows=4),
            "done_on",
            button="Save" if self.is_done else "Mark it as done",
            draft=self.draft,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        undone = "done_on" in cleaned and cleaned["done_on"] is None
        if undone and (cleaned.get("how_it_went", "").strip() or not self.is_done):
            self.add_error("done_on", "Enter the day you did it, like 12 2 2027")
        return cleaned


class FollowUpForm(forms.Form):
    """How the follow-up went. The second button also makes evidence of it."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = LongText(
        label="How did it go?",
        required=False,
        help_text="Write so that nobody can be recognised: no names, no places, no case numbers.",
    )
    done_on = GovDateField(
        label="When did you do it?",
        what="the day you did it",
        required=False,
        latest=timezone.localdate,
        help_text="Leave it empty while it is still to be done.",
    )

    def __init__(self, *args: Any, is_new: bool, is_evidence: bool, cancel_url: str, **kwargs: Any) -> None:
        """``is_evidence``: a piece was made of it already."""
        super().__init__(*args, **kwargs)
        self.is_new, self.is_evidence, self.cancel_url = is_new, is_evidence, cancel_url
        self.draft: Draft | None = None

    @property
    def helper(self) -> GovFormHelper:
        return gov_helper(
            "revision",
            Field.textarea("text", rows=8),
            "done_on",
            button="Save",
            secondary=None if self.is_evidence else ("evidence", "Save and make it evidence"),
            cancel_url=self.cancel_url,
            draft=self.draft,
        )

    @property
    def makes_evidence(self) -> bool:
        return "evidence" in self.data

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("text", "").strip():
            if self.makes_evidence:
                self.add_error("text", "Write how it went first: that becomes the evidence")
            elif self.is_new and "done_on" in cleaned and cleaned["done_on"] is None:
                self.add_error("text", "Write how it went, or enter the day you did it")
        return cleaned
