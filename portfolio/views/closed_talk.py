"""What is sent about a text that its writer has closed meanwhile: the words come back, and are kept."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.models import WorkingCopy
from accounts.services.working_copies import save_copy
from accounts.views.base import Guarded
from accounts.views.drafts import MOST_REVISION, number
from portfolio.drafts.comments import QUOTED
from portfolio.models import Evidence, Plan, Reflection
from pqs_portal.lib.drafts import REVISION, Payload, Refused, payload_of


@dataclass(frozen=True)
class Closed:
    """``page``: where it was written; ``kept_at``: where a reader finds their own words again, ``kept_under`` its
    name."""

    text: Evidence | Plan | Reflection
    form: str
    target_id: uuid.UUID
    page: str
    kept_at: str
    kept_under: str


class GivesWordsBack(Guarded):
    """Stands first. Whoever never read the text, or whose the words cannot be, is answered as ever: not found."""

    @abstractmethod
    def closed(self) -> Closed | None:
        """What the reader could read once and cannot read now."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            closed = self.closed() if request.method == "POST" else None
            if closed is None:
                raise
            return self.give_back(closed)

    def give_back(self, closed: Closed) -> HttpResponse:
        """Nothing of what was closed is on the page: the words that were sent, to copy."""
        writer = closed.text.enrolment.supervisor
        is_own, is_kept = writer.pk == self.request.user.pk, False
        if not is_own:  # the writer finds the talk where it was, closed
            with suppress(Refused):  # too long, or nothing
                is_kept = self.keep(closed, payload_of(self.request.POST))
        words = self.request.POST.get("text", "")
        context = {"writer": writer, "is_own": is_own, "words": words, "is_kept": is_kept, "closed": closed}
        return render(self.request, "portfolio/talk_closed.html", context, status=409)

    def keep(self, closed: Closed, payload: Payload) -> bool:
        """Unless another window has kept other words, which stay."""
        kept = save_copy(
            author=self.request.user,
            organisation_id=closed.text.organisation_id,
            form=closed.form,
            target_id=closed.target_id,
            payload={name: values for name, values in payload.items() if name != QUOTED},
            revision=number(self.request.POST.get(REVISION), MOST_REVISION),
            based_on=0,
            page=closed.page,
        )
        return isinstance(kept, WorkingCopy)
