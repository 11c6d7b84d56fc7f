"""Actions (Tool 29): the list, one action with how it went, changing it, putting it away and bringing it back."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.services.working_copies import UnseenCopy
from accounts.views.base import Guarded, GuardedForm
from accounts.views.keeps_draft import KeepsDraft, KeepsNewDraft
from accounts.views.saved_meanwhile import saved_meanwhile
from portfolio import queries
from portfolio.drafts.later import ACTION, ACTION_DONE, read_done
from portfolio.forms.later import ActionForm, DoneForm
from portfolio.models import Action
from portfolio.permissions import Perm
from portfolio.services.actions import finish_action, note_action, save_action
from portfolio.services.later import StaleJotting, bring_back, put_away
from portfolio.views.later import PUT_AWAY, filters, jotting_saved_meanwhile
from portfolio.views.lists import PER_PAGE, OwnPage
from portfolio.views.whose_year import OfOwnYear

LIST = "portfolio:action_list"


class ActionList(OwnPage):
    """What is to be done first, by its day; then what is done, the latest first."""

    template_name = "portfolio/action_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.target.organisation_id
        counts = queries.action_counts(user, organisation)
        labels = {"to_do": "To do", "done": "Done", PUT_AWAY: "Put away"}
        chosen = self.request.GET.get("show", "")
        chosen = chosen if chosen in labels else "to_do"
        mine = Action.objects.visible_to(user).filter(organisation=organisation).with_source()
        actions = {
            "to_do": mine.open(),
            "done": mine.kept().filter(done_on__isnull=False).order_by("-done_on", "-created_at"),
            PUT_AWAY: mine.put_away().order_by("-discarded_at"),
        }[chosen]
        return super().get_context_data(
            **kwargs,
            counts=counts,
            total=counts["to_do"] + counts["done"],
            chosen=chosen,
            today=timezone.localdate(),
            filters=filters(labels, counts, chosen),
            page=Paginator(actions, PER_PAGE).get_page(self.request.GET.get("page")),
        )


class OfAction(KeepsDraft, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    """A form about one of one's own actions."""

    permission_required = Perm.WRITE_EVIDENCE

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    def load(self) -> Action:
        found: Action = self.visible(Action.objects.kept().with_source())
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        context: dict[str, Any] = super().get_context_data(action=self.target, today=today, **kwargs)
        return context


class ActionPage(OfAction):
    """The action, and how it went."""

    draft_form = ACTION_DONE
    template_name = "portfolio/action.html"
    form_class = DoneForm

    def get_initial(self) -> dict[str, Any]:
        action = self.target
        return {
            "revision": action.revision,
            "how_it_went": action.how_it_went,
            "done_on": action.done_on or timezone.localdate(),
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_done": self.target.done_on is not None}

    def form_valid(self, form: DoneForm) -> HttpResponse:
        try:
            action = finish_action(
                action=self.target,
                revision=form.cleaned_data["revision"] or 0,
                done_on=form.cleaned_data["done_on"],
                how_it_went=form.cleaned_data["how_it_went"] if form.cleaned_data["done_on"] else "",
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleJotting as stale:
            now = stale.current
            assert isinstance(now, Action)  # noqa: S101 -- what was to be saved
            saved = {"how_it_went": now.how_it_went, "done_on": now.done_on}
            return saved_meanwhile(self.request, saved=saved, read=read_done, revision=now.revision)
        messages.success(self.request, "Done. Only you can read it." if action.done_on else "It is to be done again.")
        return redirect(LIST)


class ActionNew(KeepsNewDraft, OfOwnYear, GuardedForm):
    """An action that no session set off."""

    draft_form = ACTION
    makes = Action
    template_name = "portfolio/action_form.html"
    form_class = ActionForm

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "areas": queries.areas_of(self.target),
            "label": "What will you do?",
            "cancel_url": reverse(LIST),
        }

    def form_valid(self, form: ActionForm) -> HttpResponse:
        try:
            note_action(
                pk=self.draft_target,
                enrolment=self.target,
                text=form.cleaned_data["text"],
                due_on=form.cleaned_data["due_on"],
                area=form.chosen_area,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        messages.success(self.request, "Noted. Only you can read it.")
        return redirect(LIST)


class ActionEdit(OfAction):
    draft_form = ACTION
    template_name = "portfolio/action_form.html"
    form_class = ActionForm

    def get_initial(self) -> dict[str, Any]:
        action = self.target
        kept = {"revision": action.revision, "text": action.text, "due_on": action.due_on}
        return kept | {"area": str(action.area_id or "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "areas": queries.areas_of(self.target.enrolment),
            "label": "What will you do?",
            "cancel_url": self.target.get_absolute_url(),
        }

    def form_valid(self, form: ActionForm) -> HttpResponse:
        try:
            action = save_action(
                action=self.target,
                revision=form.cleaned_data["revision"] or 0,
                text=form.cleaned_data["text"],
                due_on=form.cleaned_data["due_on"],
                area=form.chosen_area,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleJotting as stale:
            return jotting_saved_meanwhile(self.request, stale)
        messages.success(self.request, "Saved. Only you can read it.")
        return redirect(action)


class ActionPutAway(Guarded):
    permission_required = Perm.WRITE_EVIDENCE

    def load(self) -> Action:
        found: Action = self.visible(Action.objects.with_source())
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        put_away(jotting=self.target, by=self.request.user)
        messages.success(request, "It is put away. You can bring it back.")
        return redirect(LIST)


class ActionBringBack(ActionPutAway):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        bring_back(jotting=self.target, by=self.request.user)
        messages.success(request, "It is back among your actions.")
        return redirect(self.target)
