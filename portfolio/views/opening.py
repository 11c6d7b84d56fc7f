"""The page on which the writer chooses who may read a text as a whole."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from accounts.models import User
from accounts.views.base import GuardedForm
from pathway.models import Enrolment
from portfolio import queries
from portfolio.forms.opening import OpenForm
from portfolio.models.opened import Opened
from portfolio.permissions import Perm
from portfolio.services.opening import Readers, StaleText
from portfolio.services.sharing import NotReady

PDFS_GO = "PDFs that others made with it are deleted; your own stay."


class OpenText(GuardedForm):
    """Closed, the mentor, the portfolio. The page shows the text exactly as others will read it."""

    permission_required = Perm.WRITE_EVIDENCE
    form_class = OpenForm
    mentor_hint = ""
    portfolio_hint = "Your organisation’s admin when exporting, the panel once you submit."

    @abstractmethod
    def text(self) -> Any:
        """The row, a subclass of Opened, as it is saved at this moment."""

    @abstractmethod
    def open(self, *, text: Any, revision: int, readers: Readers) -> Opened:
        """The one service call."""

    @property
    @abstractmethod
    def page_url(self) -> str:
        """Where the text is read by its writer."""

    @property
    @abstractmethod
    def enrolment(self) -> Enrolment:
        """Whose text it is."""

    @cached_property
    def mentor(self) -> User | None:
        return queries.current_mentor(self.enrolment)

    @cached_property
    def at_first(self) -> Any:
        """As it was when the page was asked for."""
        return self.text()

    def get_initial(self) -> dict[str, Any]:
        row = self.at_first
        readers = ["mentor"] if row.is_shared or not row.portfolio_version_id else []
        return {"revision": row.revision, "readers": [*readers, *(["portfolio"] if row.portfolio_version_id else [])]}

    def get_form_kwargs(self) -> dict[str, Any]:
        leaving = f" If you untick it, {PDFS_GO}" if self.at_first.portfolio_version_id else ""
        return super().get_form_kwargs() | {
            "mentor": self.mentor,
            "mentor_hint": self.mentor_hint,
            "portfolio_hint": f"{self.portfolio_hint}{leaving}",
            "cancel_url": self.page_url,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, page_url=self.page_url, mentor=self.mentor)

    def form_valid(self, form: OpenForm) -> HttpResponse:
        try:
            row = self.open(text=self.text(), revision=form.cleaned_data["revision"], readers=form.chosen)
        except NotReady as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        except StaleText:
            return self.changed(form)
        messages.success(self.request, opened_words(row))
        return redirect(self.page_url)

    def changed(self, form: OpenForm) -> HttpResponse:
        """It was saved anew while this page was open: show the newer text, open nothing yet."""
        form.add_error(None, "It was saved in another window meanwhile. Read it again below, then choose")
        form.data = form.data.copy()  # type: ignore[attr-defined]  # a view posts a QueryDict
        form.data["revision"] = str(self.text().revision)  # type: ignore[index]
        return self.render_to_response(self.get_context_data(form=form), status=409)


def opened_words(row: Any) -> str:
    if not row.is_shared or row.shared_with is None:
        return "Its text is in your portfolio." if row.portfolio_version_id else "Only you can read it now."
    also = ", and its text is in your portfolio" if row.portfolio_version_id else ""
    return f"{row.shared_with.get_short_name()} can read it now{also}."


def share_words(row: Any, mentor: User | None, *, is_changed: bool) -> str:
    """What the way to that page is called: by what its writer has to do there, if anything."""
    if is_changed:
        return "Check and share again"
    is_read = row.is_shared or row.portfolio_version_id
    is_new_to_mentor = mentor is not None and row.shared_with_id != mentor.pk
    return "Change who can read it" if is_read and not is_new_to_mentor else "Check and share"
