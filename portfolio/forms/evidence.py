"""Writing a piece: the form parses, checks and keeps what was typed, files included."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from pathway.models import Area
from portfolio.forms.fields import LongText, OneLine, RationaleFields, as_uuid
from portfolio.models import Attachment
from portfolio.services.evidence import Content
from pqs_portal.lib.forms import HTML, Field, FilesField, GovDateField, gov_helper
from pqs_portal.lib.uploads import CheckedFile, UploadRefused, check_upload


class EvidenceForm(RationaleFields):
    """A new piece or a change. ``kept`` are files that came with an earlier try."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
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
    files = FilesField(label="Files", required=False)
    kept = forms.ModelMultipleChoiceField(
        label="Files already here",
        queryset=Attachment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "One of the files is no longer here. Choose it again",
            "invalid_pk_value": "",
        },
    )

    def __init__(
        self,
        *args: Any,
        areas: Sequence[Area],
        waiting: QuerySet[Attachment],
        rationales: Mapping[uuid.UUID, str] | None = None,
        action: str = "",
        cancel_url: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.checked_files: list[CheckedFile] = []
        choices = [(str(area.pk), f"{area.number} {area.title}") for area in areas]
        self.choices_of("areas").choices = choices
        self.add_rationales(areas, rationales or {})
        self.fields["files"].help_text = upload_hint()
        self.keep_from(waiting)
        self.helper = gov_helper(
            "id",
            "version",
            Field.textarea("body", rows=12),
            HTML('{% include "components/safeguarding.html" %}'),
            "title",
            "happened_on",
            HTML('{% include "portfolio/partials/evidence_areas.html" %}'),
            *(["kept"] if self.kept_choices else []),
            "files",
            button="Save",
            action=action,
            cancel_url=cancel_url,
        )

    def choices_of(self, name: str) -> Any:
        return self.fields[name]

    def keep_from(self, waiting: QuerySet[Attachment]) -> None:
        """The person's files that came with an earlier try of this form, named by the ids it carries."""
        field = self.choices_of("kept")
        field.queryset = waiting
        carried = [pk for pk in map(as_uuid, self.data_list("kept")) if pk]
        self.kept_choices = [(str(row.pk), row.name) for row in waiting.filter(pk__in=carried)] if carried else []
        field.choices = self.kept_choices

    def data_list(self, name: str) -> list[str]:
        getlist = getattr(self.data, "getlist", None)
        return list(getlist(name)) if getlist else []

    def clean_files(self) -> list[CheckedFile]:
        """Each file by itself: the good ones are kept even if another one is refused."""
        problems = []
        for file in self.cleaned_data["files"]:
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
        chosen = set(cleaned["areas"])
        return Content(
            title=cleaned["title"],
            body=cleaned["body"],
            happened_on=cleaned["happened_on"],
            areas={area.pk: self.rationale_of(area) for area in self.areas_given if str(area.pk) in chosen},
            files=self.checked_files,
            kept_files=[attachment.pk for attachment in cleaned["kept"]],
        )

    def area_rows(self) -> Iterable[dict[str, Any]]:
        """For the template: each area with its tick, its line and its statements."""
        ticked = {str(value) for value in self["areas"].value() or ()}
        for area in self.areas_given:
            yield {
                "area": area,
                "ticked": str(area.pk) in ticked,
                "why": self[f"why_{area.number}"],
                "statements": statements_of(area),
            }


def statements_of(area: Area) -> list[dict[str, Any]]:
    """As the component for areas wants them."""
    return [{"number": row.code, "text": row.text, "is_summary": row.is_our_summary} for row in area.statements.all()]


def upload_hint() -> str:
    size = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
    return f"PDF, Word, Excel, PowerPoint, OpenDocument text, plain text, PNG or JPEG, up to {size} MB each."
