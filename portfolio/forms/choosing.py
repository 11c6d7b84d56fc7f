"""Choosing among one's own pieces: the ticked ones first, then those at hand; the others are searched for."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django import forms

from portfolio.queries.self_assessment import Piece

# The button that searches; pressed, the form comes back as it was filled in, and nothing is saved.
FIND = "find_pieces"
WORDS = "find_words"
FOUND = "found-pieces"


class PiecesField(forms.MultipleChoiceField):
    """Any of the pieces given, whether the page shows them or not."""

    def __init__(self, *, label: str, pieces: Sequence[Piece], **more: object) -> None:
        super().__init__(
            label=label,
            required=False,
            choices=[(str(piece.id), piece.title) for piece in pieces],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Choose among your own pieces"},
            **more,  # type: ignore[arg-type]  # what every field takes
        )


def words_field() -> forms.CharField:
    return forms.CharField(required=False)


@dataclass(frozen=True)
class Box:
    id: str
    value: str
    label: str
    is_ticked: bool


class PieceChoice:
    """For templates/portfolio/partials/choose_pieces.html. What is ticked is always on the page.

    ``at_hand``: those offered without a search (None: all). ``found``: what a search found, once there was one.
    ``folded``: what those at hand are, where they do not stand open.
    """

    def __init__(
        self,
        field: forms.BoundField,
        *,
        at_hand: Collection[uuid.UUID] | None = None,
        words: forms.BoundField | None = None,
        found: Collection[uuid.UUID] | None = None,
        folded: str = "",
    ) -> None:
        self.field, self.words, self.folded = field, words, folded
        self._at_hand = None if at_hand is None else set(map(str, at_hand))
        self._found = None if found is None else set(map(str, found))

    @cached_property
    def _boxes(self) -> list[Box]:
        """The first that is shown has the field's own id, so that the error summary's link finds it."""
        values = {str(value) for value in self.field.value() or ()}
        own, choices = self.field.auto_id, self.field.field.choices  # type: ignore[attr-defined]  # a choice field's
        boxes = [
            Box(f"{own}_{number}", value, title, value in values) for number, (value, title) in enumerate(choices, 1)
        ]
        boxes.sort(key=lambda box: (not box.is_ticked, not self._is_at_hand(box)))
        return [replace(box, id=own) for box in boxes[:1]] + boxes[1:]

    @property
    def ticked(self) -> list[Box]:
        return [box for box in self._boxes if box.is_ticked]

    @property
    def at_hand(self) -> list[Box]:
        return [box for box in self._boxes if not box.is_ticked and self._is_at_hand(box)]

    @property
    def others(self) -> list[Box]:
        """What can be searched for."""
        return [box for box in self._boxes if not box.is_ticked and not self._is_at_hand(box)]

    @property
    def has_searched(self) -> bool:
        return self._found is not None

    @property
    def found(self) -> list[Box]:
        return [box for box in self.others if box.value in (self._found or ())]

    @property
    def found_at(self) -> str:
        return FOUND

    @property
    def button(self) -> str:
        return FIND

    def _is_at_hand(self, box: Box) -> bool:
        return self._at_hand is None or box.value in self._at_hand
