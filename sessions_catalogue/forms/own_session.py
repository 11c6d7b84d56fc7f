"""Forms for an organisation's own sessions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from pathway.models import Area
from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import Choice, Field, Fieldset, GovFormHelper, LongText, gov_helper
from sessions_catalogue.models import BlockItem, Resource, SessionBlock, Tool
from sessions_catalogue.services.own_sessions import Content, Item

MOST_AIMS = 12
TIMED = [
    SessionBlock.Kind.INTRODUCTION,
    SessionBlock.Kind.EXPERIENCE,
    SessionBlock.Kind.REFLECTION,
    SessionBlock.Kind.EVIDENCE,
]


class AreaField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic as it runs
    def label_from_instance(self, area: Any) -> str:
        return f"{area.standard.short_title}, area {area.number}: {area.title}"


def minutes_field(label: str, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=480,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Enter a number of minutes from 1 to 480, like 30, or leave it empty"
        ),
        **kwargs,
    )


class ContentForm(forms.Form):
    """What stands over the blocks. ``areas`` are those that a session may serve."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label="Title",
        max_length=200,
        error_messages={"required": "Enter a title", "max_length": "Use no more than 200 characters"},
    )
    overview = LongText(
        label="What is it about?",
        help_text="One or two sentences that stand under the title",
        error_messages={"required": "Enter in a sentence or two what the session is about"},
    )
    area = AreaField(
        label="Which area of the standards does it serve?",
        queryset=Area.objects.none(),
        required=False,
        empty_label="None: it is a general session",
        error_messages={"invalid_choice": "Choose one of the areas listed"},
    )
    aims = LongText(label="Aims", required=False, help_text="Each on a line of its own")

    def __init__(self, *args: Any, areas: QuerySet[Area], cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]  # a ModelChoiceField
        self.cancel_url = cancel_url
        self.draft: Draft | None = None

    @property
    def helper(self) -> GovFormHelper:
        return gov_helper(*self.parts(), cancel_url=self.cancel_url, draft=self.draft)

    def parts(self) -> list[Any]:
        return ["revision", "title", Field.textarea("overview", rows=4), "area", Field.textarea("aims", rows=6)]

    def clean_aims(self) -> list[str]:
        aims = [line.strip() for line in self.cleaned_data["aims"].splitlines() if line.strip()]
        if len(aims) > MOST_AIMS:
            raise ValidationError(f"Enter no more than {MOST_AIMS} aims. There are {len(aims)} lines")
        return aims

    def content(self) -> Content:
        return Content(**{name: self.cleaned_data[name] for name in ("title", "overview", "area", "aims")})


class NewSessionForm(ContentForm):
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    introduction = minutes_field("Introduction", initial=15)
    experience = minutes_field("Experience", initial=30)
    reflection_analysis_planning = minutes_field("Reflection, analysis, planning", initial=30)
    evidence = minutes_field("Evidence", initial=15)

    def parts(self) -> list[Any]:
        timed = Fieldset(*(kind.value for kind in TIMED), legend="Minutes of each part", legend_size="m")
        return ["id", *super().parts(), timed]

    def minutes(self) -> dict[str, int | None]:
        """By the kind of block."""
        return {kind.value: self.cleaned_data[kind.value] for kind in TIMED}


class BlockForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    minutes = minutes_field("Minutes", help_text="Leave it empty if it has no time of its own")
    label_note = forms.CharField(
        label="Note beside the minutes",
        required=False,
        max_length=100,
        help_text="For example: in pairs",
        error_messages={"max_length": "Use no more than 100 characters"},
    )

    def __init__(self, *args: Any, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cancel_url = cancel_url
        self.draft: Draft | None = None

    @property
    def helper(self) -> GovFormHelper:
        return gov_helper("revision", "minutes", "label_note", cancel_url=self.cancel_url, draft=self.draft)


class ItemForm(forms.Form):
    """One thing to do in a block. ``resources`` and ``tools`` are those it may name."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label="What is it?",
        choices=[Choice("", "Choose one"), *BlockItem.Kind.choices],
        error_messages={"required": "Choose what it is", "invalid_choice": "Choose one of those listed"},
    )
    text = LongText(
        label="What people are asked to do, or the question itself",
        error_messages={"required": "Enter what people are asked to do, or the question itself"},
    )
    resource = forms.ModelChoiceField(
        label="Resource",
        queryset=Resource.objects.none(),
        required=False,
        empty_label="None",
        error_messages={"invalid_choice": "Choose one of the resources listed"},
    )
    extract = forms.CharField(
        label="Which part of it?",
        required=False,
        max_length=100,
        help_text="For example: page 12, or the first five minutes",
        error_messages={"max_length": "Use no more than 100 characters"},
    )
    tool = forms.ModelChoiceField(
        label="Tool",
        queryset=Tool.objects.none(),
        required=False,
        empty_label="None",
        error_messages={"invalid_choice": "Choose one of the tools listed"},
    )

    def __init__(
        self, *args: Any, resources: QuerySet[Resource], tools: QuerySet[Tool], cancel_url: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resource"].queryset = resources  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["tool"].queryset = tools  # type: ignore[attr-defined]  # the same
        self.cancel_url = cancel_url
        self.draft: Draft | None = None

    @property
    def helper(self) -> GovFormHelper:
        text = Field.textarea("text", rows=4)
        fields = ("id", "revision", "kind", text, "resource", "extract", "tool")
        return gov_helper(*fields, cancel_url=self.cancel_url, draft=self.draft)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("extract") and not data.get("resource") and "resource" not in self.errors:
            self.add_error("resource", "Choose the resource that the part is of, or clear the part")
        return data

    def item(self) -> Item:
        return Item(**{name: self.cleaned_data[name] for name in ("kind", "text", "resource", "tool", "extract")})
