"""What a mentor plans and writes, and what the supervisor answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from observations.models import Observation
from observations.services import Written
from observations.transitions import missing_for_release
from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import (
    HTML,
    Choice,
    Field,
    GovDateField,
    GovFormHelper,
    GovTimeField,
    LongText,
    PersonShown,
    gov_helper,
)

KIND_HINTS = {
    Observation.Kind.FORMATIVE: "For learning: nothing in it is a judgement",
    Observation.Kind.DIRECT: "Against the standard: what is seen of its areas, and what is not yet",
}


class AreasField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # of areas; the form gives the rows
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, widget=forms.CheckboxSelectMultiple, **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError:
            raise forms.ValidationError("Choose areas from the list", code="invalid_choice") from None


class AreasForm(forms.Form):
    """A form with a field ``areas``; ``areas`` are the rows to choose from, with their statements."""

    def __init__(self, *args: Any, areas: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = areas  # type: ignore[attr-defined]  # of a model choice field

    @property
    def area_choices(self) -> list[dict[str, Any]]:
        """Each area as a checkbox with its statements; the first has the field's own id, for the error summary."""
        field = self["areas"]
        chosen = {str(value) for value in field.value() or []}
        return [
            {
                "id": field.auto_id if number == 1 else f"{field.auto_id}_{number}",
                "area": area,
                "checked": str(area.pk) in chosen,
                "statements": [
                    {"number": one.code, "text": one.text, "is_summary": one.is_our_summary}
                    for one in area.statements.all()
                ],
            }
            for number, area in enumerate(self.fields["areas"].queryset, start=1)  # type: ignore[attr-defined]
        ]


def areas_part() -> Field:
    """The areas as checkboxes, each with what it asks beside it."""
    return Field("areas", template="observations/partials/areas_field.html")


def kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="What kind of observation is it?",
        choices=[Choice(kind.value, kind.label, hint=KIND_HINTS[kind]) for kind in Observation.Kind],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose formative or direct observation"),
    )


def mode_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="How do you observe?",
        choices=Observation.Mode.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose in person, by live video or a recording"),
    )


class PlanForm(AreasForm):
    """When an observation will be; ``id`` is that of the future row."""

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = kind_field()
    planned_on = GovDateField(
        label="Which day?", what="the date of the supervision you will observe", earliest=timezone.localdate
    )
    planned_time = GovTimeField(label="At what time?", what="the time it starts", help_text="Like 10:00 or 2pm")
    mode = mode_field()
    areas = AreasField(
        label="What do you look at in particular? (optional)",
        help_text="These areas are ticked already when you write the observation",
        required=False,
    )

    def __init__(self, *args: Any, button: str, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper(
            "id", Field.radios("kind"), "planned_on", "planned_time", Field.radios("mode"), areas_part(),
            button=button, cancel_url=cancel_url,
        )  # fmt: skip

    @property
    def planned_at(self) -> dt.datetime:
        data = self.cleaned_data
        return timezone.make_aware(dt.datetime.combine(data["planned_on"], data["planned_time"]))


class ObservationForm(AreasForm):
    """The observation itself. A draft may have gaps; asked to release, it names each of them at its field."""

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    kind = kind_field()
    with_whom = LongText(
        label="With whom?",
        help_text="A made-up name, never a real one: Worker B",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"max_length": "The made-up name must be 100 characters or fewer"},
    )
    asked_beforehand = forms.BooleanField(
        label="I asked the supervisee beforehand, and they agreed that I observe", required=False
    )
    observed_on = GovDateField(
        label="When was the supervision?", what="the date of the supervision", required=False, latest=timezone.localdate
    )
    mode = mode_field()
    context = LongText(
        label="Context",
        help_text="What kind of supervision it was, and what it was about in broad words",
        required=False,
    )
    noticed = LongText(
        label="What you noticed",
        help_text="What was said and done: the setting, the agenda, the relationship, reflection and challenge, "
        "feelings, decisions, how it ended",
        required=False,
    )
    strengths = LongText(label="Strengths", required=False)
    development_points = LongText(label="Development points", required=False)
    areas = AreasField(label="Areas you saw", required=False)

    def __init__(self, *args: Any, supervisor: str, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.supervisor, self.cancel_url = supervisor, cancel_url
        self.draft: Draft | None = None

    @property
    def helper(self) -> GovFormHelper:
        return gov_helper(
            "id", "version", Field.radios("kind"), Field.text("with_whom"), "asked_beforehand", "observed_on",
            Field.radios("mode"),
            Field.textarea("context", rows=4), Field.textarea("noticed", rows=12),
            Field.textarea("strengths", rows=6), Field.textarea("development_points", rows=6),
            areas_part(),
            HTML('{% include "components/safeguarding.html" %}'),
            button="Save", secondary=("release", f"Save and check before releasing to {self.supervisor}"),
            cancel_url=self.cancel_url, draft=self.draft,
        )  # fmt: skip

    @property
    def to_release(self) -> bool:
        return "release" in self.data

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.to_release:
            written = {name: data.get(name) for name in Written.__dataclass_fields__ if name in data}
            for lack in missing_for_release(Observation(**written), areas=len(data.get("areas", ()))):
                if lack.field not in self.errors:
                    self.add_error(lack.field, lack.words)
        return data

    @property
    def written(self) -> Written:
        return Written(**{name: self.cleaned_data[name] for name in Written.__dataclass_fields__})


class FocusForm(AreasForm):
    """What the supervisor asks their mentor to look at; ``revision`` is 0 as long as nothing was asked."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    areas = AreasField(label="Which areas?", required=False)
    text = LongText(
        label="What would you like watched? (optional)",
        help_text="A sentence is enough. Name nobody: Worker B, not their name",
        required=False,
    )

    def __init__(self, *args: Any, mentor: User | None, asked_before: bool, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown"] = PersonShown(mentor.pk if mentor else None)
        self.button = f"Ask {mentor.get_short_name()}" if mentor else "Ask"
        self.asked_before, self.cancel_url = asked_before, cancel_url
        self.draft: Draft | None = None

    @property
    def helper(self) -> GovFormHelper:
        return gov_helper(
            "revision", "shown", areas_part(), Field.textarea("text", rows=4),
            HTML('{% include "components/safeguarding.html" %}'),
            button=self.button, secondary=("take_back", "Take it back") if self.asked_before else None,
            cancel_url=self.cancel_url, draft=self.draft,
        )  # fmt: skip

    @property
    def takes_back(self) -> bool:
        return "take_back" in self.data

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.takes_back and "areas" in data and not data["areas"]:
            self.add_error("areas", "Choose at least one area to look at")
        return data


class ReleaseForm(forms.Form):
    """Carries the version that was read, so that nothing else is released."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid"), "Read it once more, then release it"),
    )


class ReflectionForm(forms.Form):
    reflection = LongText(
        label="Your reflection",
        help_text="What do you recognise? What surprised you? What will you do differently, or more of?",
        error_messages={"required": "Write your reflection"},
    )

    def __init__(self, *args: Any, button: str, action: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.button, self.action = button, action
        self.draft: Draft | None = None

    @property
    def helper(self) -> GovFormHelper:
        return gov_helper(
            Field.textarea("reflection", rows=10),
            HTML('{% include "components/safeguarding.html" %}'),
            button=self.button, action=self.action, draft=self.draft,
        )  # fmt: skip
