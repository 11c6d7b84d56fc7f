"""What makes a page with a form keep what is typed into it."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.drafts import Fields, Place, Read, as_posted, place_for, words_of
from accounts.models import User, WorkingCopy
from accounts.services.working_copies import Typed, UnseenCopy, copy_for
from accounts.views.base import MakesOne, PortalRequest, new_id
from accounts.views.drafts import MOST, MOST_REVISION, number
from pqs_portal.lib.differences import pairs
from pqs_portal.lib.drafts import REVISION, Begun, Draft, Refused, has_something, in_short, initial_of, payload_of

MOST_BEGUN = 5
ALSO_SAVED = "Other words were saved in another window. Save again to keep yours. This is what is saved now"
TOO_LONG = "Other words were saved in another window, and yours are too long to compare. Save again to keep yours"


def draft_on(place: Place, *, form: str, target_id: uuid.UUID, user: User, asked: str) -> Draft:
    """For a form that stands on the page ``asked`` for, with nothing typed into it yet."""
    return Draft(
        url=reverse("accounts:draft", args=[form, target_id]),
        author_id=user.pk,
        page=place.page(asked),
        based_on=place.version,
        version=place.version,
    )


def with_draft(form: Any, *, name: str, target_id: uuid.UUID, request: PortalRequest) -> None:
    """Let ``form``, on a page that is there to read, keep what is typed into it; as it was left, if it was."""
    place = place_for(name, request.user, request.organisation, target_id)
    if place is None:
        return
    asked = request.get_full_path()
    form.draft = draft_on(place, form=name, target_id=target_id, user=request.user, asked=asked)
    go_on_with(form, copy_for(author=request.user, form=name, target_id=target_id))


def go_on_with(form: Any, copy: WorkingCopy | None) -> None:
    """``form``, which has its ``draft``, as it was left, if it was left unsaved."""
    if copy is None:
        return
    draft: Draft = form.draft
    if not copy.payload:  # nothing is kept; older windows are closed: services/copies_taken_out.py
        draft.revision = copy.revision
        return
    form.initial = {**form.initial, **initial_of(form, copy.payload)}
    draft.revision, draft.based_on, draft.opened_at = copy.revision, copy.based_on, copy.saved_at


class KeepsDraft:
    """Stands before the page's own class. The page's form has an attribute ``draft`` for its helper, and its service
    takes ``typed``; UnseenCopy out of that service is answered by ``unseen``.

    Where nothing can be written any more (``draft_place`` is None) the form has no draft, and the page answers a save
    as it always does.
    """

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
    def draft_place(self) -> Place | None:
        return place_for(self.draft_form, self.request.user, self.request.organisation, self.draft_target)

    @cached_property
    def working_copy(self) -> WorkingCopy | None:
        return copy_for(author=self.request.user, form=self.draft_form, target_id=self.draft_target)

    @property
    def typed(self) -> Typed | None:
        """What a save for good makes needless: the copy that the page has seen, or that says what was sent."""
        return Typed(self.draft_form, self.draft_target, self.seen_revision()) if self.draft_place else None

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
        place = self.draft_place
        if place is None:
            return form
        asked = self.request.get_full_path()
        form.draft = draft_on(
            place, form=self.draft_form, target_id=self.draft_target, user=self.request.user, asked=asked
        )
        if form.is_bound:
            self.go_on_with_sent(form.draft)
            return form
        go_on_with(form, self.working_copy)
        if self.working_copy is None:
            form.draft.begun = self.begun_elsewhere()
        return form

    def go_on_with_sent(self, draft: Draft) -> None:
        draft.revision = self.seen_revision()
        draft.based_on = number(self.request.POST.get("draft_based_on", draft.version), MOST)
        draft.is_unsaved = True

    def compare_with(self, form: Any, theirs: Fields, read: Read) -> None:
        """Both texts side by side on the page that comes back, unless what was sent is too much to be read.

        Where nothing can be kept as a draft, the other one stands over the form.
        """
        try:
            mine = payload_of(self.request.POST)
        except Refused:
            form.add_error(None, TOO_LONG)
            return
        differences = pairs(theirs, read(mine))
        if form.draft:
            form.draft.differences = differences
            return
        form.add_error(None, ALSO_SAVED)
        for pair in differences:
            form.add_error(None, f"{pair.label}: {''.join(part.text for part in pair.theirs) or 'nothing'}")

    def unseen(self, form: Any, unseen: UnseenCopy) -> HttpResponse:
        """Another window has kept something else: both texts, and the form counts from what is seen now."""
        current = unseen.current
        assert self.draft_place  # noqa: S101 -- without a place nothing is unseen: ``typed`` is None
        read = self.draft_place.read
        self.compare_with(form, read(current.payload), read)
        form.draft.revision, form.draft.taken_out = current.revision, not current.payload
        context = self.get_context_data(form=form)  # type: ignore[attr-defined]  # the page's own
        answer: HttpResponse = self.render_to_response(context, status=409)  # type: ignore[attr-defined]  # the same
        return answer

    def beside_saved(self, form: Any, theirs: Fields, read: Read, revision: int) -> HttpResponse:
        """Something else was saved in between: both texts, and saving again keeps what stands on this page."""
        self.compare_with(form, theirs, read)
        form.data = form.data.copy()
        form.data["revision"] = str(revision)
        draft: Draft | None = form.draft
        if draft:
            draft.based_on = draft.version = revision
        if draft and form.is_valid():  # else there is too much to compare
            draft.instead = f"{draft.url}discard/" if self.working_copy else draft.page
        context = self.get_context_data(form=form)  # type: ignore[attr-defined]  # the page's own
        answer: HttpResponse = self.render_to_response(context, status=409)  # type: ignore[attr-defined]  # the same
        return answer


class ChangesSaved(KeepsDraft):
    """The same on a page for what others may be changing too.

    ``revision`` is a hidden field of its form; SavedMeanwhile out of its service is answered by ``saved_elsewhere``.
    """

    @abstractmethod
    def as_saved(self, row: Any) -> dict[str, Any]:
        """What the form of ``row`` begins with."""

    def saved_elsewhere(self, form: Any, current: Any) -> HttpResponse:
        saved, read = self.as_saved(current), in_words_of(form)
        return self.beside_saved(form, read(as_posted(saved)), read, saved["revision"])


def in_words_of(form: Any) -> Read:
    """As the form asks for it, what was chosen too."""
    asked = {name: field for name, field in form.fields.items() if not field.widget.is_hidden}
    choices = {
        name: {str(value): str(label) for value, label in field.choices}
        for name, field in asked.items()
        if hasattr(field, "choices")
    }
    return words_of({name: str(field.label) for name, field in asked.items()}, choices)


class KeepsNewDraft(MakesOne, KeepsDraft):
    """The same on a page that makes something new. What was begun on it and never saved is offered to go on with.

    ``draft_target`` is the id that the service gives to the new row.
    """

    @cached_property
    def draft_target(self) -> uuid.UUID:
        return new_id(self.request.POST.get("id")) if self.request.method == "POST" else self.future_id

    def begun_elsewhere(self) -> list[Begun]:
        place, user = self.draft_place, self.request.user
        if place is None:
            return []
        copies = WorkingCopy.objects.visible_to(user).filter(form=self.draft_form).exclude(payload={})
        here = copies.filter(page__startswith=f"{self.request.path}?").exclude(target_id=self.draft_target)
        made = self.makes.objects.visible_to(user)  # type: ignore[attr-defined]  # every manager here
        never_saved = here.exclude(target_id__in=made.values("pk")).newest_first()
        begun = islice((copy for copy in never_saved if has_something(copy.payload)), MOST_BEGUN)
        return [Begun(in_short(place.read(copy.payload)), copy.page, copy.saved_at) for copy in begun]
