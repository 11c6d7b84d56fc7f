"""Writing a record for a regulator, and asking somebody to talk about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from portfolio.forms.fields import OneLine
from portfolio.models import CpdRecord
from portfolio.queries.cpd import questions
from portfolio.services.cpd import Answers
from pqs_portal.lib.drafts import Draft
from pqs_portal.lib.forms import HTML, Choice, Field, Fieldset, GovDateField, GovFormHelper, LongText, gov_helper

NOT_SAID = ""
PEER = ("peer_on", "peer_learnt")


class CpdForm(forms.Form):
    """The questions of Social Work England, or the same record without what only they ask."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = OneLine(
        label="Give it a name",
        max_length=200,
        error_messages={
            "required": "Give it a name of a few words",
            "max_length": "The name must be 200 characters or shorter; it has %(show_value)d now",
        },
    )
    activity = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        choices=[*CpdRecord.Activity.choices, (NOT_SAID, "Not decided yet")],
        error_messages={"invalid_choice": "Choose one of the listed kinds of activity"},
    )
    what_and_why = LongText(required=False)
    happened_on = GovDateField(
        what="the date it happened", help_text="If it took several days, the last one.", latest=timezone.localdate
    )
    learnt = LongText(required=False)
    impact = LongText(required=False)
    peer_on = GovDateField(
        label="When did you talk?", what="the date you talked", required=False, latest=timezone.localdate
    )
    peer_learnt = LongText(required=False, help_text="Your own words. Your peer writes nothing and approves nothing.")

    def __init__(self, *args: Any, with_swe: bool, cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.with_swe, self.cancel_url = with_swe, cancel_url
        self.draft: Draft | None = None
        asked = questions(with_swe=with_swe)
        for name in ("activity", *PEER):
            if not with_swe:
                del self.fields[name]
        for name, words in asked.items():
            self.fields[name].label = words

    @property
    def helper(self) -> GovFormHelper:
        peer = Fieldset(
            "peer_on",
            Field.textarea("peer_learnt", rows=5),
            legend="If you have talked it over with a peer",
            legend_size="m",
        )
        return gov_helper(
            "id",
            "revision",
            "title",
            *(["activity"] if self.with_swe else []),
            Field.textarea("what_and_why", rows=8),
            HTML('{% include "components/safeguarding.html" %}'),
            "happened_on",
            Field.textarea("learnt", rows=8),
            Field.textarea("impact", rows=8),
            *([peer] if self.with_swe else []),
            cancel_url=self.cancel_url,
            draft=self.draft,
        )

    @property
    def answers(self) -> Answers:
        """What was said, once the form is valid."""
        return Answers(**{name: value for name, value in self.cleaned_data.items() if name not in ("id", "revision")})


class PeerForm(forms.Form):
    """Somebody of one's own year, or the address of somebody else: there is no list of the organisation."""

    peer = forms.ChoiceField(
        label="Somebody who stands beside your year",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the people listed"},
    )
    email = forms.EmailField(
        label="E-mail address of a colleague",
        help_text="The one they sign in with here. There is no list of your organisation to choose from.",
        required=False,
        error_messages={"invalid": "Enter an e-mail address in the right form, like name@example.gov.uk"},
    )

    def __init__(self, *args: Any, known: Mapping[User, str], cancel_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        field: Any = self.fields["peer"]
        people = [Choice(str(person.pk), person.name, hint=role.capitalize()) for person, role in known.items()]
        field.choices = [*people, Choice(NOT_SAID, "Somebody else, whose address I enter below")]
        if not known:
            del self.fields["peer"]
        self.helper = gov_helper(*self.fields, button="Ask them", cancel_url=cancel_url)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        chosen, email = cleaned.get("peer"), cleaned.get("email")
        if chosen and email:
            raise ValidationError("Choose somebody from the list or enter an address, not both")
        if not chosen and not email:
            self.add_error("email", "Choose somebody, or enter a colleague’s address")
        return cleaned

    @property
    def chosen(self) -> User | None:
        """The person from the list, if one was."""
        return next((person for person in self.known if str(person.pk) == self.cleaned_data.get("peer")), None)
