"""Somebody's place in a cohort: what they take part in, and who stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator

from accounts.models import User
from pathway.forms.cohort import PersonField
from pathway.models import Enrolment
from pathway.pairing import Proposal
from pathway.services.people import Companions
from pqs_portal.lib.forms import Choice, Field, Fieldset, GovDateField, gov_helper

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TAKES_PART = [
    Choice(
        Enrolment.Kind.PATHWAY.value,
        "The whole pathway",
        hint="A practice supervisor with a year of steps, a mentor and a portfolio",
        divider="or",
    ),
    *(
        Choice(
            one.value,
            f"Sessions only: {one.label.lower()}",
            hint="Only those they have a place in" if one == Enrolment.TakingPartAs.SINGLE_SESSIONS else None,
        )
        for one in Enrolment.TakingPartAs
    ),
]
PROPOSED, NOT_AT_ONCE = "Mentors who can take somebody", "Mentors with something to think about first"
EVERYBODY_ELSE = "Everybody else, not on the list of mentors"


class MentorIterator(ModelChoiceIterator):  # type: ignore[type-arg]  # not generic when it runs
    """Mentors first, each with what speaks for and against; then everybody else."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        people = {person.pk: person for person in self.queryset}
        proposals = [one for one in self.field.proposals if one.mentor_id in people]  # type: ignore[attr-defined]  # ours
        for label, good in ((PROPOSED, True), (NOT_AT_ONCE, False)):
            rows = [(one.mentor_id, f"{one.name}: {one.words}") for one in proposals if one.is_good == good]
            if rows:
                yield (label, rows)
        known = {one.mentor_id for one in proposals}
        rest = [self.choice(person) for pk, person in people.items() if pk not in known]
        if known and rest:
            yield (EVERYBODY_ELSE, rest)
        else:
            yield from rest


class MentorField(PersonField):
    iterator = MentorIterator
    proposals: Sequence[Proposal] = ()


class EnrolmentForm(forms.Form):
    """Somebody's year, their mentor and their line manager."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    supervisor = PersonField(label="Practice supervisor", error_messages={"required": "Choose who joins the cohort"})
    # A kind of taking part; ``taking_part()`` makes the two values of the row of it.
    kind = forms.ChoiceField(
        label="What do they take part in?",
        choices=TAKES_PART,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they take part in", "invalid_choice": "Choose from the list"},
    )
    starts_on = GovDateField(label="When does their year start?", what="the date their year starts")
    days_off = forms.TypedMultipleChoiceField(
        label="Days on which they do not work",
        choices=[(str(number), name) for number, name in enumerate(WEEK, start=1)],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="For part-time weeks. Whoever lays out dates is told when a session falls on such a day.",
    )
    mentor = MentorField(
        label="Mentor", required=False, empty_label="Nobody yet", help_text="Not the person themselves"
    )
    is_registered = forms.BooleanField(label="The mentor is a registered social worker", required=False)
    has_two_years = forms.BooleanField(
        label="The mentor has at least two years’ experience of supervising", required=False
    )
    line_manager = PersonField(label="Line manager", required=False, empty_label="Nobody yet")
    same_person_reason = forms.CharField(
        label="If the mentor is also the line manager: why?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The two roles belong to two people where that is possible. The reason is recorded.",
    )

    def __init__(
        self,
        *args: Any,
        people: QuerySet[User],
        mentors: Sequence[Proposal] = (),
        candidates: QuerySet[User] | None = None,
        cancel_url: str,
        **kwargs: Any,
    ) -> None:
        """``candidates`` may join the cohort; without them the form is about somebody who is in it."""
        super().__init__(*args, **kwargs)
        is_new = candidates is not None
        self.eligible = {one.mentor_id for one in mentors if one.is_eligible}
        self.fields["mentor"].proposals = mentors  # type: ignore[attr-defined]  # a MentorField
        present = self.initial.get("mentor")
        retired = [one.mentor_id for one in mentors if one.is_retired and (not present or one.mentor_id != present.pk)]
        self.fields["mentor"].queryset = people.exclude(pk__in=retired)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["line_manager"].queryset = people  # type: ignore[attr-defined]  # the same
        if is_new:
            self.fields["supervisor"].queryset = candidates  # type: ignore[attr-defined]  # the same
        else:
            del self.fields["supervisor"]
        first = ["id", "supervisor"] if is_new else []
        facts = "Tick both only for somebody who is not on the list of mentors yet. They are put on it."
        self.fields["is_registered"].help_text = facts
        self.helper = gov_helper(
            *first,
            "kind",
            "starts_on",
            Field.checkboxes("days_off", small=True),
            Fieldset("mentor", "is_registered", "has_two_years", legend="Mentor", legend_size="m"),
            Fieldset("line_manager", "same_person_reason", legend="Line manager", legend_size="m"),
            button="Add to the cohort" if is_new else "Save",
            cancel_url=cancel_url,
        )

    def clean(self) -> dict[str, Any]:
        """Each refusal stands at the field that mends it; the service holds the same policy."""
        data: dict[str, Any] = super().clean() or {}
        mentor, manager = data.get("mentor"), data.get("line_manager")
        if self.is_unknown_mentor() and not data.get("is_registered"):
            self.add_error("is_registered", "Tick that the mentor is registered, or choose another mentor")
        if self.is_unknown_mentor() and not data.get("has_two_years"):
            self.add_error("has_two_years", "Tick that the mentor has two years’ experience, or choose another mentor")
        if mentor and mentor == manager and not data.get("same_person_reason", "").strip():
            words = "The mentor is also the line manager. Say why, or choose someone else for one of the two"
            self.add_error("same_person_reason", words)
        person = data.get("supervisor") or self.initial.get("person")
        for name in ("mentor", "line_manager"):
            if person and data.get(name) == person:
                self.add_error(name, f"Choose someone else: nobody is their own {name.replace('_', ' ')}")
        return data

    def is_unknown_mentor(self) -> bool:
        """Whether a mentor is chosen whose facts are still to be ticked."""
        mentor = self.cleaned_data.get("mentor")
        return mentor is not None and mentor != self.initial.get("mentor") and mentor.pk not in self.eligible

    def taking_part(self) -> dict[str, Any]:
        """What the services want to know of it."""
        chosen = self.cleaned_data["kind"]
        is_pathway = chosen == Enrolment.Kind.PATHWAY
        return {
            "kind": Enrolment.Kind.PATHWAY if is_pathway else Enrolment.Kind.PROGRAMME_ONLY,
            "taking_part_as": "" if is_pathway else chosen,
            "starts_on": self.cleaned_data["starts_on"],
            "days_off": self.cleaned_data["days_off"],
        }

    def companions(self) -> Companions:
        data = self.cleaned_data
        known = not self.is_unknown_mentor()
        return Companions(
            mentor=data["mentor"],
            line_manager=data["line_manager"],
            is_registered=known or data["is_registered"],
            has_two_years=known or data["has_two_years"],
            same_person_reason=data["same_person_reason"],
        )
