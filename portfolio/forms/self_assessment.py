"""The forms of a self-assessment: levels and reasons, and the organisation's levels."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from pathway.models import Area, Statement
from portfolio.forms.choosing import PieceChoice, PiecesField
from portfolio.forms.evidence import statements_of
from portfolio.forms.fields import OneLine
from portfolio.models import Note
from portfolio.queries.self_assessment import Piece
from portfolio.services.self_assessment import Rated
from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import HTML, Choice, GovFormHelper, LongText, gov_helper

NOT_SAID = ""
LEVEL_NEEDED = "Choose one of the levels, or leave it open"
AREAS = '{% include "portfolio/partials/self_assessment_areas.html" %}'
FEWEST, MOST = 3, 7


def part_name(area: Area, statement: Statement) -> str:
    """Names one statement's fields; ``level_1_2`` would be the id of area 1's second choice."""
    return f"{area.number}_part_{statement.position}"


class LevelsForm(forms.Form):
    """A level and why for each area. Any of it may be left open."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    done_label = "Save, and it is done"
    form_id = ""

    def __init__(
        self,
        *args: Any,
        areas: Sequence[Area],
        words: Sequence[str],
        contents: Sequence[Mapping[str, Any]],
        pieces: Mapping[uuid.UUID, Sequence[Piece]] | None = None,
        notes: Sequence[Note] = (),
        by_statement: bool = False,
        is_given: bool = False,
        cancel_url: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.areas_given, self.words, self.notes, self.by_statement = areas, list(words), notes, by_statement
        self.is_given, self.cancel_url = is_given, cancel_url
        self.draft: Draft | None = None
        self.saved = {(row["area"], row["statement"]): row for row in contents}
        self.choices = [(str(number), word) for number, word in enumerate(words, start=1)]
        self.pieces = {area.pk: list((pieces or {}).get(area.pk, ())) for area in areas}
        for area in areas:
            self._add_area(area)
        if notes:
            self.fields["taken_up"] = forms.MultipleChoiceField(
                required=False, choices=[(str(note.pk), "Taken up") for note in notes]
            )

    @property
    def helper(self) -> GovFormHelper:
        return gov_helper(
            "revision",
            HTML(AREAS),
            button="Save",
            secondary=None if self.is_given else ("done", self.done_label),
            cancel_url=self.cancel_url,
            form_id=self.form_id,
            draft=self.draft,
        )

    @property
    def is_finished(self) -> bool:
        return "done" in self.data

    def _add_area(self, area: Area) -> None:
        saved = self.saved.get((str(area.pk), None), {})
        wrong = {"invalid_choice": LEVEL_NEEDED}
        self.fields[f"level_{area.number}"] = forms.ChoiceField(
            label=f"Where are you in area {area.number}?",
            required=False,
            choices=[*self.choices, Choice(NOT_SAID, "I leave it open")],
            widget=forms.RadioSelect,
            initial=str(saved.get("level") or NOT_SAID),
            error_messages=wrong,
        )
        self.fields[f"why_{area.number}"] = LongText(
            label="Why do you think so?",
            required=False,
            initial=saved.get("why", ""),
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        if self.pieces[area.pk]:
            self.fields[f"evidence_{area.number}"] = PiecesField(
                label="Your evidence for it", pieces=self.pieces[area.pk], initial=saved.get("evidence", [])
            )
        for statement in area.statements.all() if self.by_statement else ():
            said = self.saved.get((str(area.pk), str(statement.pk)), {})
            name = part_name(area, statement)
            self.fields[f"level_{name}"] = forms.ChoiceField(
                label=statement.text,
                required=False,
                choices=[(NOT_SAID, "I leave it open"), *self.choices],
                initial=str(said.get("level") or NOT_SAID),
                error_messages=wrong,
            )
            self.fields[f"why_{name}"] = OneLine(
                label="Why, in one line", required=False, initial=said.get("why", "")
            )  # fmt: skip

    def area_rows(self) -> Iterator[dict[str, Any]]:
        """For the template: each area with its fields, its statements, and what was kept for it."""
        for area in self.areas_given:
            parts = [self._statement_row(area, row) for row in area.statements.all()] if self.by_statement else []
            yield {
                "area": area,
                "statements": statements_of(area),
                "level": self[f"level_{area.number}"],
                "why": self[f"why_{area.number}"],
                "evidence": self._evidence_for(area),
                "parts": parts,
                "any_part": any(part["level"].value() or part["why"].value() for part in parts),
                "notes": [self._note_row(note) for note in self.notes if note.area_id == area.pk],
            }

    def other_notes(self) -> list[dict[str, Any]]:
        """Those about no area of this standard."""
        here = {area.pk for area in self.areas_given}
        return [self._note_row(note) for note in self.notes if note.area_id not in here]

    def _statement_row(self, area: Area, statement: Statement) -> dict[str, Any]:
        name = part_name(area, statement)
        return {"statement": statement, "level": self[f"level_{name}"], "why": self[f"why_{name}"]}

    def _evidence_for(self, area: Area) -> PieceChoice | None:
        name = f"evidence_{area.number}"
        if name not in self.fields:
            return None
        return PieceChoice(self[name], folded=f"evidence for area {area.number}")

    def _note_row(self, note: Note) -> dict[str, Any]:
        return {"note": note, "ticked": str(note.pk) in (self["taken_up"].value() or [])}

    @property
    def ratings(self) -> list[Rated]:
        """What was said, once the form is valid."""
        found = []
        for area in self.areas_given:
            evidence = [uuid.UUID(pk) for pk in self.cleaned_data.get(f"evidence_{area.number}", [])]
            found.append(self._rated(area, None, str(area.number), evidence))
            if self.by_statement:
                found += [self._rated(area, row, part_name(area, row), []) for row in area.statements.all()]
        return found

    def _rated(self, area: Area, statement: Statement | None, name: str, evidence: list[uuid.UUID]) -> Rated:
        level = self.cleaned_data[f"level_{name}"]
        return Rated(
            area.pk,
            statement.pk if statement else None,
            int(level) if level else None,
            self.cleaned_data[f"why_{name}"],
            evidence,
        )

    @property
    def taken_up(self) -> list[uuid.UUID]:
        return [uuid.UUID(pk) for pk in self.cleaned_data.get("taken_up", [])]


class ViewForm(LevelsForm):
    """The mentor's: the same areas, as somebody else sees them."""

    done_label = "Save, and give my view"
    form_id = "check-and-share"

    def __init__(self, *args: Any, supervisor: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for area in self.areas_given:
            self.fields[f"level_{area.number}"].label = f"Where do you see {supervisor} in area {area.number}?"


class LevelWordsForm(forms.Form):
    """The levels in words, one a line, lowest first."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label="The levels, one a line, lowest first",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"From {FEWEST} to {MOST} levels, a few words each.",
        error_messages={"required": "Enter the levels, one a line"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper("revision", "words", button="Save the levels")

    def clean_words(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        words = [line for line in lines if line]
        if not FEWEST <= len(words) <= MOST:
            raise forms.ValidationError(f"Enter from {FEWEST} to {MOST} levels, one a line")
        if len({word.casefold() for word in words}) < len(words):
            raise forms.ValidationError("Each level needs words of its own: two of them are the same")
        longest = max(words, key=len)
        if len(longest) > 60:
            raise forms.ValidationError(f"“{longest[:30]}…” is too long: use 60 characters or fewer")
        return words
