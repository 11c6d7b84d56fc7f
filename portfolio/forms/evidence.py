"""Writing a piece: the form parses, checks and keeps what was typed, files included."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from pathway.models import Area
from portfolio.forms.fields import OneLine, RationaleFields, TagsField
from portfolio.kinds import GUIDES
from portfolio.models import Attachment, Evidence
from portfolio.services.evidence import Content
from portfolio.suggest import Suggestion, suggested
from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import HTML, Field, FilesField, GovDateField, GovFormHelper, LongText, gov_helper
from pqs_portal.lib.text import as_uuid
from pqs_portal.lib.uploads import CheckedFile, UploadRefused, check_upload

MANY_AREAS = 3
# Buttons of the form that save nothing: they show it again with something more.
SHOW_KIND, SUGGEST, ADD_AREA = "show_kind", "suggest", "add_area"


class StillThere(forms.MultipleChoiceField):
    """Ids of rows. Those that are no longer to be had, such as a file that was purged meanwhile, are passed over."""

    def valid_value(self, value: str) -> bool:
        return True


class EvidenceForm(RationaleFields):
    """A new piece or a change. ``kept`` are files that came with an earlier try."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="What kind of piece is it?",
        choices=Evidence.Kind.choices,
        required=False,
        error_messages={"invalid_choice": "Choose one of the kinds"},
    )
    body = LongText(
        label="What happened, and what did you make of it?",
        help_text="Write so that nobody can be recognised: no names, no places, no case numbers.",
        error_messages={"required": "Write what happened and what you made of it"},
    )
    title = OneLine(
        label="Give it a name",
        help_text="A few words that you will know again, like “A difficult conversation”.",
        max_length=200,
        error_messages={
            "required": "Give it a name of a few words",
            "max_length": "The name must be 200 characters or shorter; it has %(show_value)d now",
        },
    )
    happened_on = GovDateField(label="When did it happen?", what="the date it happened", latest=timezone.localdate)
    areas = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    statements = StillThere(required=False, widget=forms.CheckboxSelectMultiple)
    attachments = FilesField(label="Files", required=False)
    tags = TagsField(
        label="Tags (optional)",
        help_text="Your own words to find it again, with commas between them. Nobody else sees them.",
        required=False,
        widget=forms.TextInput(attrs={"list": "own_tags", "autocomplete": "off"}),
    )
    kept = StillThere(label="Files that are already here", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        areas: Sequence[Area],
        waiting: QuerySet[Attachment],
        target: uuid.UUID,
        own_tags: Sequence[str] = (),
        rationales: Mapping[uuid.UUID, str] | None = None,
        cancel_url: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.checked_files: list[CheckedFile] = []
        self.waiting = waiting
        self.target = target
        self.own_tags = own_tags
        self.action = ""
        self.cancel_url = cancel_url
        self.draft: Draft | None = None
        self.choices_of("areas").choices = [(str(area.pk), f"{area.number} {area.title}") for area in areas]
        self.choices_of("statements").choices = [
            (str(row.pk), row.text) for area in areas if area.is_complete for row in area.statements.all()
        ]
        self.add_rationales(areas, rationales or {})
        self.fields["attachments"].help_text = upload_hint()
        self.find_kept()

    @property
    def helper(self) -> GovFormHelper:
        return gov_helper(
            "id",
            "version",
            HTML('{% include "portfolio/partials/evidence_kind.html" %}'),
            Field.textarea("body", rows=12),
            HTML('{% include "components/safeguarding.html" %}'),
            "title",
            "happened_on",
            HTML('{% include "portfolio/partials/evidence_areas.html" %}'),
            HTML('{% include "portfolio/partials/evidence_files.html" %}'),
            "tags",
            HTML('{% include "portfolio/partials/evidence_tags.html" %}'),
            button="Save",
            action=self.action,
            cancel_url=self.cancel_url,
            draft=self.draft,
        )

    def choices_of(self, name: str) -> Any:
        return self.fields[name]

    def find_kept(self) -> None:
        """The person's waiting files that this form carries by id, from a try that failed or a draft."""
        posted: Any = self.data
        named = posted.getlist("kept") if self.is_bound else self.initial.get("kept") or ()
        carried = [pk for pk in map(as_uuid, named) if pk]
        self.kept_rows = list(self.waiting.filter(pk__in=carried)) if carried else []
        self.choices_of("kept").choices = [(str(row.pk), row.name) for row in self.kept_rows]

    @property
    def kept_ids(self) -> list[uuid.UUID]:
        return [row.pk for row in self.kept_rows]

    def carry(self, received: Iterable[Attachment], **values: object) -> None:
        """Show again what was posted, with the files that were stored meanwhile (and ``values`` put right)."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a view posts a QueryDict
        data.setlist("kept", [*data.getlist("kept"), *(str(row.pk) for row in received)])
        for name, value in values.items():
            data[name] = str(value)
        self.data = data
        self.find_kept()

    def help_out(self) -> None:
        """Not sent for good: nothing is wrong with it yet but a file that cannot be kept."""
        for name in [name for name in self.errors if name != "attachments"]:
            del self.errors[name]
        added = self.data.get(ADD_AREA, "")
        if added:
            data = self.data.copy()  # type: ignore[attr-defined]  # a view posts a QueryDict
            data.setlist("areas", list(dict.fromkeys([*data.getlist("areas"), added])))
            self.data = data

    def clean_attachments(self) -> list[CheckedFile]:
        """Each file by itself: the good ones are kept even if another one is refused."""
        problems = []
        for file in self.cleaned_data["attachments"]:
            try:
                self.checked_files.append(check_upload(file, settings.UPLOAD_MAX_BYTES))
            except UploadRefused as refused:
                problems.append(ValidationError(str(refused), code="refused"))
        if problems:
            raise ValidationError(problems)
        return self.checked_files

    @property
    def content(self) -> Content:
        cleaned = self.cleaned_data
        chosen, statements = set(cleaned["areas"]), set(cleaned["statements"])
        return Content(
            title=cleaned["title"],
            body=cleaned["body"],
            happened_on=cleaned["happened_on"],
            areas={area.pk: self.rationale_of(area) for area in self.areas_given if str(area.pk) in chosen},
            files=self.checked_files,
            kept_files=self.kept_ids,
            kind=cleaned["kind"] or None,
            tags=cleaned["tags"],
            statements={
                area.pk: [row.pk for row in area.statements.all() if str(row.pk) in statements]
                for area in self.areas_given
                if area.is_complete and str(area.pk) in chosen
            },
        )

    @property
    def files_url(self) -> str:
        return reverse("portfolio:attachment_new", args=[self.target])

    @property
    def areas_url(self) -> str:
        return reverse("portfolio:areas_suggested", args=[self.target])

    @property
    def most_bytes(self) -> int:
        return int(settings.UPLOAD_MAX_BYTES)

    @property
    def chosen_kind(self) -> str:
        value = str(self["kind"].value() or "")
        return value if value in GUIDES else str(Evidence.Kind.PLAIN)

    def guides(self) -> list[dict[str, Any]]:
        """For the template: what to think about for each kind, the chosen one marked."""
        return [{"kind": kind, "guide": guide, "on": kind == self.chosen_kind} for kind, guide in GUIDES.items()]

    @property
    def chosen_areas(self) -> list[uuid.UUID]:
        return [pk for pk in map(as_uuid, self["areas"].value() or ()) if pk]

    @property
    def has_many_areas(self) -> bool:
        return len(self.chosen_areas) > MANY_AREAS

    def suggestions(self, session_area: uuid.UUID | None) -> list[Suggestion]:
        """Areas that what stands in the form may speak to."""
        text = f"{self['title'].value() or ''} {self['body'].value() or ''}"
        return suggested(
            self.areas_given,
            text=text,
            kind=self.chosen_kind,
            session_area=session_area,
            chosen=self.chosen_areas,
        )

    def area_rows(self) -> Iterable[dict[str, Any]]:
        """For the template: each area with its tick, its line, its statements, and those to choose from."""
        ticked, chosen = ({str(value) for value in self[name].value() or ()} for name in ("areas", "statements"))
        for area in self.areas_given:
            rows = area.statements.all() if area.is_complete else ()
            choices = [{"statement": row, "ticked": str(row.pk) in chosen} for row in rows]
            yield {
                "area": area,
                "ticked": str(area.pk) in ticked,
                "why": self[f"why_{area.number}"],
                "statements": statements_of(area),
                "choices": choices,
                "any_chosen": any(choice["ticked"] for choice in choices),
            }


def statements_of(area: Area) -> list[dict[str, Any]]:
    """As the component for areas wants them."""
    return [{"number": row.code, "text": row.text, "is_summary": row.is_our_summary} for row in area.statements.all()]


def upload_hint() -> str:
    size = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
    return f"PDF, Word, Excel, PowerPoint, OpenDocument text, plain text, PNG or JPEG, up to {size} MB each."
