"""What is sent where nothing can be sent any more: the words come back, and are kept."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.drafts import closed_place_for, place_for
from accounts.models import WorkingCopy
from accounts.services.working_copies import save_copy
from accounts.views.base import Guarded
from accounts.views.drafts import MOST_REVISION, number
from portfolio.drafts.closed import ClosedPlace
from pqs_portal.lib.drafts import REVISION, Payload, Refused, payload_of


class GivesWordsBack(Guarded):
    """Stands first. Whoever never read the text, or whose the words cannot be, is answered as ever: not found."""

    draft_form: str

    @abstractmethod
    def closed_target(self) -> uuid.UUID | None:
        """What the words are kept under, asked of the address: nothing is loaded."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            target_id = self.closed_target() if request.method == "POST" else None
            place = self.closed_place(target_id) if target_id else None
            if target_id is None or place is None:
                raise
            return self.give_back(place, target_id)

    def closed_place(self, target_id: uuid.UUID) -> ClosedPlace | None:
        """Where they could write once and cannot now."""
        asked = self.draft_form, self.request.user, self.request.organisation, target_id
        place = closed_place_for(*asked)
        return place if isinstance(place, ClosedPlace) and place_for(*asked) is None else None

    def give_back(self, place: ClosedPlace, target_id: uuid.UUID) -> HttpResponse:
        """Nothing of what was closed is on the page: the words that were sent, to copy."""
        is_kept = False
        with suppress(Refused):  # too long, or nothing
            is_kept = self.keep(place, target_id, payload_of(self.request.POST))
        words = self.request.POST.get("text", "")
        is_own = place.writer.pk == self.request.user.pk
        context = {"is_own": is_own, "words": words, "is_kept": is_kept, "closed": place}
        return render(self.request, "portfolio/talk_closed.html", context, status=409)

    def keep(self, place: ClosedPlace, target_id: uuid.UUID, payload: Payload) -> bool:
        """Unless another window has kept other words, which stay."""
        kept = save_copy(
            author=self.request.user,
            organisation_id=place.organisation_id,
            form=self.draft_form,
            target_id=target_id,
            payload=place.keeps(payload),
            revision=number(self.request.POST.get(REVISION), MOST_REVISION),
            based_on=0,
            page=place.url,
        )
        return isinstance(kept, WorkingCopy)
