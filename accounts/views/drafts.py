"""Where what is being typed is kept: by the page itself every few seconds, or by "Save draft" without JavaScript."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.drafts import Place, closed_place_for, place_for
from accounts.given_back import sent_in_words
from accounts.models import WorkingCopy
from accounts.permissions import Perm
from accounts.services.working_copies import Stale, Typed, UnseenCopy, copy_for, discard_copy, save_copy
from accounts.views.base import Guarded, GuardedPage
from pqs_portal.lib.differences import Pair, pairs
from pqs_portal.lib.drafts import REVISION, Payload, Refused, TooLarge, cleaned, has_something, payload_of
from pqs_portal.lib.posted import posted_fields

MOST = 2**31 - 1
MOST_REVISION = 2**53 - 1


def number(typed: object, most: int) -> int:
    """A number that came with a request; whatever is none counts as 0."""
    text = str(typed)
    return min(int(text), most) if text.isdecimal() and len(text) < 20 else 0


def time_words(copy: WorkingCopy) -> str:
    return f"{timezone.localtime(copy.saved_at):%H:%M}"


class DraftToken(Guarded):
    """Signing in makes a page's token too old; a page that was waiting asks for the new one here."""

    permission_required = Perm.SIGNED_IN

    def load(self) -> Any:
        return self.request.user

    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"token": get_token(request)})


class OfPlace(Guarded):
    """An address below a form and what is written on with it."""

    permission_required = Perm.SIGNED_IN

    def load(self) -> Place:
        asked = (self.kwargs["form_name"], self.request.user, self.request.organisation, self.kwargs["target_id"])
        place = place_for(*asked) or closed_place_for(*asked)
        if place is None:
            raise Http404
        return place


class DraftSave(OfPlace):
    """JSON in, JSON out; a form posted without JavaScript is answered with pages."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404:
            if request.method != "POST" or request.content_type == "application/json":
                raise
            return self.refused("It cannot be saved there any more", status=404)

    def refused(self, why: str, status: int) -> HttpResponse:
        """What was sent, to copy."""
        context = {"fields": sent_in_words(self.request), "why": why}
        return render(self.request, "accounts/draft_refused.html", context, status=status)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.content_type == "application/json":
            return self.from_page(request)
        try:
            payload = payload_of(request.POST)
        except Refused as refused:
            return self.refused(str(refused), status=400)
        posted = request.POST
        result = self.keep(payload, posted.get(REVISION), posted.get("draft_based_on"), posted.get("draft_page", ""))
        if isinstance(result, Stale):
            return self.both(result.current, payload)
        if self.target.kept_at:
            messages.warning(request, "That is closed now. What you wrote is kept on this page.")
        else:
            messages.success(request, f"Draft saved at {time_words(result)}. Only you can read it.{self.file_words()}")
        return redirect(self.target.words_at(result.page))

    def from_page(self, request: HttpRequest) -> JsonResponse:
        try:
            sent = json.loads(request.body)
            if not isinstance(sent, dict):
                raise Refused("This could not be read. Load the page again")
            payload = cleaned(sent.get("payload"))
        except TooLarge as refused:
            return JsonResponse({"problem": str(refused)}, status=413)
        except Refused as refused:
            return JsonResponse({"problem": str(refused)}, status=400)
        except (ValueError, RecursionError):  # the second: brackets in brackets without end
            return JsonResponse({"problem": "This could not be read. Load the page again"}, status=400)
        if sent.get("author") != str(self.request.user.pk):
            # Somebody else has signed in since: the text is not theirs.
            return JsonResponse({"reason": "somebody_else"}, status=401)
        if sent.get("as_opened") is True:
            return self.let_go(payload, number(sent.get("revision"), MOST_REVISION))
        if self.is_nothing(payload):
            return JsonResponse({"revision": number(sent.get("revision"), MOST_REVISION), "time": ""})
        result = self.keep(payload, sent.get("revision"), sent.get("based_on"), sent.get("page"))
        if isinstance(result, Stale):
            return JsonResponse(self.unseen(result.current, payload), status=409)
        return JsonResponse(
            {"revision": result.revision, "saved_at": result.saved_at.isoformat(), "time": time_words(result)}
        )

    def is_nothing(self, payload: Payload) -> bool:
        """Nothing is saved there, nothing was kept yet, and nothing is typed. Who presses "Save draft" means it."""
        if self.target.version or has_something(payload):
            return False
        return (
            copy_for(author=self.request.user, form=self.kwargs["form_name"], target_id=self.kwargs["target_id"])
            is None
        )

    def let_go(self, payload: Payload, revision: int) -> JsonResponse:
        """The form says again what is saved, so that nothing of it is left to keep."""
        typed = Typed(self.kwargs["form_name"], self.kwargs["target_id"], revision)
        try:
            discard_copy(author=self.request.user, typed=typed)
        except UnseenCopy as unseen:
            return JsonResponse(self.unseen(unseen.current, payload), status=409)
        return JsonResponse({"revision": revision, "time": f"{timezone.localtime():%H:%M}"})

    def keep(self, payload: Payload, revision: object, based_on: object, page: object) -> WorkingCopy | Stale:
        asked = page if isinstance(page, str) and len(page) <= 500 and "\x00" not in page else ""
        return save_copy(
            author=self.request.user,
            organisation_id=self.target.organisation_id,
            form=self.kwargs["form_name"],
            target_id=self.kwargs["target_id"],
            payload=self.target.keeps(payload),
            revision=number(revision, MOST_REVISION),
            based_on=number(based_on, MOST),
            page=self.target.page(asked),
        )

    def unseen(self, current: WorkingCopy, payload: Payload) -> dict[str, Any]:
        shown = {
            "differences": self.differences(current, payload),
            "page": self.target.words_at(current.page),
            "taken_out": not current.payload,
        }
        return {
            "current": self.target.keeps(current.payload),
            "revision": current.revision,
            "time": time_words(current),
            "differences": render_to_string("components/draft_differences.html", shown),
        }

    def differences(self, current: WorkingCopy, payload: Payload) -> list[Pair]:
        return pairs(self.target.read(current.payload), self.target.read(payload))

    def both(self, current: WorkingCopy, payload: Payload) -> HttpResponse:
        """Both texts; sending again counts from what the writer has seen now."""
        context = {
            "fields": [field for field in self.sent()["fields"] if field[0] not in self.target.leaves_out],
            "differences": self.differences(current, payload),
            "words": [field for field in self.target.read(self.target.keeps(payload)) if field[1]],
            "page": self.target.words_at(current.page),
            "taken_out": not current.payload,
            "revision": current.revision,
        }
        return render(self.request, "accounts/draft_conflict.html", context, status=409)

    def sent(self) -> dict[str, Any]:
        return {"fields": [field for field in posted_fields(self.request.POST) if field[0] != REVISION]}

    def file_words(self) -> str:
        names = [str(upload.name) for _, uploads in self.request.FILES.lists() for upload in uploads]
        return f" Files are no part of a draft: choose {', '.join(names)} again when you save." if names else ""


class DraftDiscard(OfPlace, GuardedPage):  # type: ignore[misc]  # as in GuardedPage
    """Throwing a draft away, once its writer has seen what it says."""

    template_name = "accounts/draft_discard.html"
    copy: WorkingCopy

    def load(self) -> Place:
        place = super().load()
        copy = copy_for(author=self.request.user, form=self.kwargs["form_name"], target_id=self.kwargs["target_id"])
        if copy is None:
            raise Http404
        self.copy = copy
        return place

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs, copy=self.copy, fields=self.target.read(self.copy.payload), page=self.page(), place=self.target
        )

    def page(self) -> str:
        found: str = self.target.words_at(self.copy.page)
        return found

    def post(self, request: HttpRequest, form_name: str, target_id: uuid.UUID) -> HttpResponseBase:
        typed = Typed(form_name, target_id, number(request.POST.get(REVISION), MOST_REVISION))
        try:
            discard_copy(author=self.request.user, typed=typed)
        except UnseenCopy:
            messages.warning(request, "You have typed more since. Nothing has been thrown away.")
            return redirect(request.path)
        messages.success(request, "Your draft is gone.")
        return redirect(self.page())
