"""Looking for identifying words in what two people say to each other about a text, before it is sent."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import User
from accounts.services.said_fine import talk_about
from accounts.views.checks_words import PRESSED, ChecksWords, type_into, typed_text
from pathway.models import Enrolment
from portfolio.models import Evidence, Objective, Reflection
from pqs_portal.lib.words_found import CheckedText


def names_of(*people: User | None) -> list[str]:
    return [name for person in people if person for name in (person.name, person.get_short_name())]


class ChecksTalk(ChecksWords):
    """Stands before KeepsDraft. The words are shown once something was to be sent or one of their buttons pressed,
    never on the page as it is opened, nor beside what is saved for oneself.

    Its form takes the id of ``words_form_id``. What is quoted was read by both already.
    """

    target: Any

    @property
    def checked_thing(self) -> Evidence | Reflection | Objective | Enrolment:
        found: Evidence | Reflection = self.target
        return found

    @property
    def checked_id(self) -> uuid.UUID:
        """What is fine between the two is asked about anew before the text itself is opened to more."""
        return talk_about(self.checked_thing.pk)

    def known_names(self) -> Sequence[str]:
        """The two who talk, and whoever began the talk before the mentor changed."""
        begun = getattr(self, "begun", None)
        writer, reader = self.target.enrolment.supervisor, self.target.shared_with
        return names_of(self.request.user, writer, reader, begun and begun.author)

    def checked_texts(self, form: Any) -> Sequence[CheckedText]:
        return [typed_text(form, "text")]

    def write_back(self, form: Any, texts: Mapping[str, str]) -> None:
        type_into(form, texts)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = kwargs.get("form")
        is_asked = sent is not None and (PRESSED in self.request.POST or self.is_opening(sent))
        words = self.words(sent) if is_asked else None
        shown = words and (words.count or words.said_fine or words.done)
        context: dict[str, Any] = super(ChecksWords, self).get_context_data(words=words if shown else None, **kwargs)  # type: ignore[misc]  # the page's own
        return context
