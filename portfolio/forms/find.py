"""What is looked for above a list of pieces; what is not understood is not looked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from pathway.models import Area
from portfolio.models import Evidence
from portfolio.queries.areas import AreaCoverage

ANY = [("", "Any")]


class FindForm(forms.Form):
    """Of what was shared with a mentor."""

    q = forms.CharField(label="Search", required=False, max_length=200)
    show = forms.ChoiceField(label="Which pieces", required=False)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[*ANY, *Evidence.Kind.choices])
    area = forms.ChoiceField(label="Area", required=False)
    sort = forms.ChoiceField(label="Order", required=False)

    hint = "Words of the title, the text or a file’s name"
    shown: Sequence[tuple[str, str]] = (("", "All"), ("asked", "Waiting for your feedback"))
    sorts: Sequence[tuple[str, str]] = (
        ("", "Shared last"),
        ("newest", "Happened last"),
        ("oldest", "Happened first"),
    )

    def __init__(self, *args: Any, areas: Iterable[Area | AreaCoverage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].help_text = self.hint
        self._choose("show", self.shown)
        self._choose("sort", self.sorts)
        self._choose("area", [*ANY, *((str(area.id), f"{area.number} {area.title}") for area in areas)])

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = list(choices)

    @property
    def wanted(self) -> dict[str, str]:
        """What was understood of it and says something."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def narrowing(self) -> dict[str, str]:
        return {name: value for name, value in self.wanted.items() if name != "sort"}


class OwnFindForm(FindForm):
    """Of one's own pieces."""

    tag = forms.ChoiceField(label="Tag", required=False)

    hint = "Words of the title, the text, a tag or a file’s name"
    shown = (
        ("", "All"),
        (Evidence.Audience.ONLY_ME, "Only you"),
        (Evidence.Audience.MENTOR, "With your mentor"),
        (Evidence.Audience.PORTFOLIO, "In your portfolio"),
    )
    sorts = (
        ("", "Newest first"),
        ("oldest", "Oldest first"),
        ("changed", "Changed last"),
        ("own", "Your own order"),
    )

    def __init__(self, *args: Any, tags: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tags = list(tags)
        self._choose("tag", [*ANY, *((tag, tag) for tag in tags)])
        if not tags:
            del self.fields["tag"]
