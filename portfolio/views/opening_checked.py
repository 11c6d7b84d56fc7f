"""A page that opens a text as a whole, once its writer has looked at what was found in it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property

from accounts.views.checks_words import ChecksWords, type_into
from accounts.views.drafts import number
from portfolio.services.opening import StaleText
from portfolio.services.sharing import NotReady
from portfolio.views.opening import OpenText

MOST = 2**31 - 1  # a revision that the database can hold


class CheckedOpening(ChecksWords, OpenText):  # type: ignore[misc]  # as in GuardedForm
    """OpenText with the check before sharing: give ``checked_texts`` and ``save_words`` beside its own hooks.

    ``{% include "components/words_found.html" with words=words only %}`` stands at the end of the page's block
    ``before_form``; ``{{ … |marked:words }}`` marks words in the text above it.
    """

    @abstractmethod
    def save_words(self, *, text: Any, revision: int, texts: Mapping[str, str]) -> Any:
        """Save the changed ``texts`` (by the names of ``checked_texts``) as the next version; the row as saved.

        The one service call. Raises StaleText, or NotReady where the row cannot take them.
        """

    @cached_property
    def checked_thing(self) -> Any:
        return self.text()

    def is_opening(self, form: Any) -> bool:
        return bool(form.chosen.any)

    def write_back(self, form: Any, texts: Mapping[str, str]) -> HttpResponse | None:
        revision = number(form.data.get("revision", ""), MOST)
        try:
            row = self.save_words(text=self.text(), revision=revision, texts=texts)
        except StaleText:
            form.is_valid()
            return self.changed(form)
        except NotReady as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        type_into(form, {"revision": row.revision})
        return None
