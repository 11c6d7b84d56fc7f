"""Notes beside the items of a session, and who may read one."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import LongText, PersonShown, gov_helper
from sessions_catalogue.models import BlockItem

Kind = BlockItem.Kind
DONE_WORDS = {
    Kind.FILM: "Watched",
    Kind.VIDEO: "Watched",
    Kind.WEBINAR: "Watched",
    Kind.READING: "Read",
}
TEXT_WORDS = {
    Kind.AIMS: "My answer",
    Kind.QUESTION: "My answer",
    Kind.FILM: "My response",
    Kind.VIDEO: "My response",
    Kind.WEBINAR: "My response",
    Kind.READING: "My response",
}
# Questions are answered; there is nothing to tick.
WITHOUT_TICK = frozenset({Kind.AIMS, Kind.QUESTION})


class EntryForm(forms.Form):
    """The note beside one item. Many stand on one page, so each has ids of its own; what is posted has plain names."""

    revision = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open the page again"})
    done = forms.BooleanField(required=False)
    text = LongText(required=False)

    def __init__(self, *args: Any, item: BlockItem, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"note_{item.pk.hex[:12]}_%s"
        super().__init__(*args, **kwargs)
        self.item = item
        self.draft: Draft | None = None
        self.fields["text"].label = TEXT_WORDS.get(Kind(item.kind), "My note")
        self.fields["done"].label = DONE_WORDS.get(Kind(item.kind), "Done")
        self.fields["text"].widget.attrs["rows"] = 5
        if item.kind in WITHOUT_TICK:
            del self.fields["done"]


class OpenForm(forms.Form):
    """Who else may read a note or a worksheet."""

    revision = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": "Open the page again"})
    to_mentor = forms.BooleanField(required=False)
    nobody_recognisable = forms.BooleanField(
        required=False,
        label="Nobody can be recognised in it: not by a name, a place, a team or their story",
    )
    is_material = forms.BooleanField(
        required=False,
        label="Keep it as material for my portfolio. It stands at the top of my worksheets, and opens to nobody",
    )

    def __init__(self, *args: Any, mentor: User | None, needs_tick: bool, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_tick = needs_tick
        self.fields["shown"] = PersonShown(mentor.pk if mentor else None)
        if mentor:
            self.fields["to_mentor"].label = f"Open it to {mentor.name}, my mentor"
        else:
            del self.fields["to_mentor"]
        if not (mentor and needs_tick):
            del self.fields["nobody_recognisable"]
        self.helper = gov_helper(*self.fields, button="Save", cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        ticked = self.cleaned_data.get("nobody_recognisable")
        if self.cleaned_data.get("to_mentor") and self.needs_tick and not ticked:
            self.add_error("nobody_recognisable", "Check that nobody can be recognised, then tick the box")
        return self.cleaned_data
