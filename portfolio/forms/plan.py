"""The forms of a development plan: an objective, how it went, and what somebody says of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from pathway.models import Area
from portfolio.forms.choosing import PieceChoice, PiecesField, words_field
from portfolio.models import Objective, Period
from portfolio.queries.choosing import OwnPieces
from portfolio.queries.plan_sources import Start
from portfolio.services.plan import Wanted
from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import HTML, Choice, Field, GovDateField, GovFormHelper, LongText, gov_helper

# What can be said to be the source without a row of the portal behind it.
SOURCES = Objective.Source
PIECES = '{% include "portfolio/partials/choose_pieces.html" with choice=form.choice only %}'
MOST_AT_HAND = 10
TYPED = ("need", "why", "activity", "support", "success", "period", "target_on")


def long_text(label: str, hint: str = "", **more: Any) -> LongText:
    return LongText(label=label, help_text=hint, required=False, **more)


class Kept(forms.Form):
    """A form that keeps what is typed."""

    button = "Save"
    form_id = ""

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.draft: Draft | None = None

    def parts(self) -> Sequence[Any]:
        return ()

    @property
    def helper(self) -> GovFormHelper:
        return gov_helper(
            *self.parts(), button=self.button, form_id=self.form_id, cancel_url=self.cancel_url, draft=self.draft
        )


class ObjectiveForm(Kept):
    """A new objective or a change. ``start`` is the text that it came from: then there is no source to choose."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    need = LongText(
        label="What do you want to learn or to do differently?",
        error_messages={"required": "Write what you want to learn or to do differently"},
    )
    areas = forms.MultipleChoiceField(
        label="Which areas is it about?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose among the areas of your standard"},
    )
    source = forms.ChoiceField(
        label="Where does it come from?",
        required=False,
        choices=SOURCES.choices,
        error_messages={"invalid_choice": "Choose where it comes from"},
    )
    why = long_text("Why this, and why now?")
    activity = long_text("What will you do?", "Something you can begin within a week works best.")
    support = long_text("What support or resources do you need, and from whom?")
    success = long_text("How will you know that it has worked?", "What would you, or those you supervise, notice?")
    period = forms.ChoiceField(
        label="When is it for?",
        choices=Period.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when it is for", "invalid_choice": "Choose when it is for"},
    )
    target_on = GovDateField(
        label="By which day?",
        what="the day",
        help_text="For example, 12 2 2027. You can leave it open.",
        required=False,
    )

    def __init__(self, *args: Any, areas: Sequence[Area], start: Start | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start = start
        field: Any = self.fields["areas"]
        field.choices = [(str(area.pk), f"{area.number} {area.title}") for area in areas]
        if start:
            del self.fields["source"]

    def parts(self) -> Sequence[Any]:
        return (
            "id",
            "revision",
            Field.textarea("need", rows=4),
            HTML('{% include "components/safeguarding.html" %}'),
            "areas",
            *(["source"] if "source" in self.fields else []),
            *(Field.textarea(name, rows=4) for name in ("why", "activity", "support", "success")),
            "period",
            "target_on",
        )

    @property
    def wanted(self) -> Wanted:
        cleaned, start = self.cleaned_data, self.start
        return Wanted(
            **{
                name: cleaned[name] for name in ("need", "why", "activity", "support", "success", "period", "target_on")
            },
            areas=[uuid.UUID(pk) for pk in cleaned["areas"]],
            source=start.source if start else cleaned["source"] or SOURCES.OTHER,
            source_id=start.source_id if start else None,
        )


class CloseForm(Kept):
    """Met or dropped, how it went, and the evidence that shows it."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="How does it end?",
        choices=[
            Choice("met", "I have met it"),
            Choice("dropped", "I am dropping it", hint="Something else matters more now. Say what."),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it ends", "invalid_choice": "Choose how it ends"},
    )
    how_it_went = LongText(
        label="How did it go, and what is different now?",
        error_messages={"required": "Write in a few words how it went"},
    )
    find_words = words_field()
    button = "Close it"

    def __init__(self, *args: Any, own: OwnPieces, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self.found: Collection[uuid.UUID] | None = None
        if own.pieces:
            about = "The latest about the same areas." if own.near else "Your latest."
            self.fields["evidence"] = PiecesField(
                label="Which of your pieces show it?", help_text=about, pieces=own.pieces
            )  # fmt: skip

    def parts(self) -> Sequence[Any]:
        evidence = [HTML(PIECES)] if "evidence" in self.fields else []
        return ("revision", "outcome", Field.textarea("how_it_went", rows=6), *evidence)

    def find(self, search: Callable[[str], Collection[uuid.UUID]]) -> None:
        """Not sent for good: nothing is wrong with it yet, and all that was filled in stays."""
        self.errors.clear()
        self.found = search(self.cleaned_data.get("find_words", ""))

    @property
    def choice(self) -> PieceChoice:
        at_hand = (self.own.near or [piece.id for piece in self.own.pieces])[:MOST_AT_HAND]
        return PieceChoice(self["evidence"], at_hand=at_hand, words=self["find_words"], found=self.found)

    @property
    def chosen(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "revision": cleaned["revision"],
            "is_met": cleaned["outcome"] == "met",
            "how_it_went": cleaned["how_it_went"],
            "evidence": [uuid.UUID(pk) for pk in cleaned.get("evidence", [])],
        }


class CarryForm(forms.Form):
    """The day by which it is to be done in the period that follows."""

    target_on = GovDateField(
        label="By which day now?",
        what="the day",
        help_text="For example, 12 2 2027. You can leave it open.",
        required=False,
        earliest=timezone.localdate,
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper(button="Carry it forward", cancel_url=cancel_url)


class ReviewForm(Kept):
    """How an objective is going, in somebody's words."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = LongText(label="How is it going?", error_messages={"required": "Write in a few words how it is going"})
    button = "Add the review"
    form_id = "check-and-share"

    def parts(self) -> Sequence[Any]:
        return ("id", Field.textarea("text", rows=6))
