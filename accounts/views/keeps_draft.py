"""What makes a page with a form keep what is typed into it."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.drafts import Place, place_for
from accounts.models import WorkingCopy
from accounts.services.working_copies import Typed, UnseenCopy, copy_for
from accounts.views.base import PortalRequest
from accounts.views.drafts import MOST_REVISION, number
from pqs_portal.lib.differences import pairs
from pqs_portal.lib.drafts import REVISION, Begun, Draft, Refused, initial_of, payload_of


class KeepsDraft:
    """Stands before the page's own class. The page's form has an attribute ``draft`` for its helper, and its service
    takes ``typed``; UnseenCopy out of that service is answered by ``unseen``."""

    request: PortalRequest
    draft_form: str

    @property
    @abstractmethod
    def draft_target(self) -> uuid.UUID:
        """The id of what is written on."""

    def begun_elsewhere(self) -> Iterable[Begun]:
        """Texts that were begun under another id, to go on with."""
        return ()

    @cached_property
    def draft_place(self) -> Place:
        place = place_for(self.draft_form, self.request.user, self.request.organisation, self.draft_target)
        if place is None:
            raise Http404
        return place

    @cached_property
    def working_copy(self) -> WorkingCopy | None:
        return copy_for(author=self.request.user, form=self.draft_form, target_id=self.draft_target)

    @property
    def typed(self) -> Typed:
        """What a save for good makes needless: the copy that the page has seen, or that says what was sent."""
        return Typed(self.draft_form, self.draft_target, self.seen_revision())

    def seen_revision(self) -> int:
        copy = self.working_copy
        try:
            if copy and copy.payload == payload_of(self.request.POST):
                return copy.revision
        except Refused:
            pass  # the form itself says what is wrong with the text
        return number(self.request.POST.get(REVISION), MOST_REVISION)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]  # the page's own
        form.draft = self.draft_sent() if form.is_bound else self.draft_opened(form)
        return form

    def draft_opened(self, form: Any) -> Draft:
        """The form as it was left, if it was left unsaved."""
        draft, copy = self.new_draft(), self.working_copy
        if copy is None:
            draft.begun = self.begun_elsewhere()
            return draft
        form.initial = {**form.initial, **initial_of(form, copy.payload)}
        draft.revision, draft.based_on, draft.opened_at = copy.revision, copy.based_on, copy.saved_at
        return draft

    def draft_sent(self) -> Draft:
        draft, posted = self.new_draft(), self.request.POST
        draft.revision = self.seen_revision()
        draft.based_on = number(posted.get("draft_based_on", draft.version), 2**31 - 1)
        draft.is_unsaved = True
        return draft

    def new_draft(self) -> Draft:
        place = self.draft_place
        return Draft(
            url=reverse("accounts:draft", args=[self.draft_form, self.draft_target]),
            author_id=self.request.user.pk,
            page=place.page(self.request.get_full_path()),
            based_on=place.version,
            version=place.version,
        )

    def unseen(self, form: Any, unseen: UnseenCopy) -> HttpResponse:
        """Another window has kept something else: both texts, and the form counts from what is seen now."""
        current = unseen.current
        mine = payload_of(self.request.POST)
        form.draft.differences = pairs(self.draft_place.read(current.payload), self.draft_place.read(mine))
        form.draft.revision = current.revision
        context = self.get_context_data(form=form)  # type: ignore[attr-defined]  # the page's own
        answer: HttpResponse = self.render_to_response(context, status=409)  # type: ignore[attr-defined]  # the same
        return answer
