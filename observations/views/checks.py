"""Looking for identifying words in an observation before it is released, and in the reflection on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse

from accounts.transitions import InvalidTransition
from accounts.views.checks_words import ChecksWords, type_into, typed_text
from accounts.views.drafts import number
from observations.models import Observation
from observations.queries import mentor_of
from observations.services import StaleVersion, Written, save_observation
from observations.views.refused import already_released
from pathway.models import Enrolment
from pqs_portal.lib.words_found import CheckedText

MOST_VERSION = 2**31 - 1
TEXTS = {
    "with_whom": "With whom",
    "context": "Context",
    "noticed": "What was noticed",
    "strengths": "Strengths",
    "development_points": "Development points",
}


class OfObservation(ChecksWords):
    target: Observation

    @property
    def checked_thing(self) -> Observation:
        return self.target

    def known_names(self) -> Sequence[str]:
        """An observation is about the one who was observed, and says who observed."""
        supervisor, observer = self.target.enrolment.supervisor, self.target.observer
        return (supervisor.name, supervisor.get_short_name(), observer.name, observer.get_short_name())


class ChecksRelease(OfObservation):
    def checked_texts(self, form: Any) -> Sequence[CheckedText]:
        return [CheckedText(name, label, getattr(self.target, name)) for name, label in TEXTS.items()]

    def write_back(self, form: Any, texts: Mapping[str, str]) -> HttpResponse | None:
        view: Any = self
        changed: dict[str, Any] = dict(texts)
        longest = Observation._meta.get_field("with_whom").max_length or 0
        if len(texts.get("with_whom", "")) > longest:
            form.add_error(None, "The made-up name would be too long with these words. Change it in the observation")
            return view.form_invalid(form)  # type: ignore[no-any-return]  # the page's own
        try:
            save_observation(
                observation=self.target,
                version=number(form.data.get("version", ""), MOST_VERSION),
                written=replace(Written.of(self.target), **changed),
                areas=list(self.target.areas.all()),
                by=self.request.user,
            )
        except StaleVersion:
            form.add_error(None, "It was changed after you opened this page. Read it again, then release it")
            return view.form_invalid(form)  # type: ignore[no-any-return]  # the same
        except InvalidTransition:
            return already_released(self.request, self.target.get_absolute_url())
        self.target = view.load()
        type_into(form, {"version": self.target.version})
        return None


class ChecksReflection(OfObservation):
    """What is typed into the page's own form, and read by the observer as soon as it is sent."""

    def checked_texts(self, form: Any) -> Sequence[CheckedText]:
        return [typed_text(form, "reflection")]

    def write_back(self, form: Any, texts: Mapping[str, str]) -> None:
        type_into(form, texts)


class ChecksWish(ChecksWords):
    """What is typed for the mentor, who reads it as soon as it is asked. The words are shown once something was
    pressed, never on the page as it is opened."""

    target: Enrolment

    @property
    def checked_thing(self) -> Enrolment:
        return self.target

    def known_names(self) -> Sequence[str]:
        people = (self.target.supervisor, mentor_of(self.target))
        return [name for person in people if person for name in (person.name, person.get_short_name())]

    def is_opening(self, form: Any) -> bool:
        return not form.takes_back

    def checked_texts(self, form: Any) -> Sequence[CheckedText]:
        return [typed_text(form, "text", "What you would like watched")]

    def write_back(self, form: Any, texts: Mapping[str, str]) -> None:
        type_into(form, texts)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = kwargs.get("form")
        words = self.words(sent) if sent is not None else None
        shown = words and (words.count or words.said_fine or words.done)
        context: dict[str, Any] = super(ChecksWords, self).get_context_data(words=words if shown else None, **kwargs)  # type: ignore[misc]  # the page's own
        return context
