"""What our organisation could do: suggestions, their answers, and what of these everybody reads."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import Organisation
from accounts.services.rows import is_taken
from accounts.services.working_copies import UnseenCopy
from accounts.views.base import GuardedForm, GuardedPage, MakesOne, new_id
from accounts.views.keeps_draft import KeepsDraft
from accounts.views.saved_meanwhile import saved_meanwhile
from sessions_catalogue.drafts import SUGGESTION_ANSWER, read_answer
from sessions_catalogue.forms.suggestions import SuggestionAnswerForm, SuggestionFilter, SuggestionForm
from sessions_catalogue.models import Suggestion
from sessions_catalogue.permissions import Perm
from sessions_catalogue.queries_voices import published_answers
from sessions_catalogue.services.suggestions import answer_suggestion, make_suggestion, unnamed_id
from sessions_catalogue.services.workspace import StaleEntry

ON_A_PAGE = 50
Status = Suggestion.Status
KINDS = {
    Status.RECEIVED: "to_come",
    Status.CONSIDERED: "now",
    Status.UNDER_WAY: "now",
    Status.DONE: "done",
    Status.NOT_NOW: "info",
}


def row_of(suggestion: Suggestion) -> dict[str, Any]:
    """With the kind of the status component."""
    return {"suggestion": suggestion, "kind": KINDS[Status(suggestion.status)]}


class SuggestionList(GuardedPage):
    """Answers by theme, for everybody in the organisation, and what one suggested with one's name."""

    permission_required = Perm.READ_ANSWERS
    template_name = "sessions_catalogue/suggestion_list.html"
    target: Organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        own = Suggestion.objects.visible_to(user).filter(organisation=self.target, author=user)
        return super().get_context_data(
            themes=[
                (theme.label, [row_of(row) for row in rows]) for theme, rows in published_answers(user, self.target)
            ],
            own=[row_of(row) for row in own],
            may_suggest=user.has_perm(Perm.MAKE_SUGGESTION, self.target),
            may_answer=user.has_perm(Perm.ANSWER_SUGGESTION, self.target),
            **kwargs,
        )


class SuggestionNew(MakesOne, GuardedForm):
    permission_required = Perm.MAKE_SUGGESTION
    template_name = "sessions_catalogue/suggestion_new.html"
    form_class = SuggestionForm
    makes = Suggestion
    made_already = "You sent this already"
    target: Organisation

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if is_taken(Suggestion, unnamed_id(self.future_id)):
            return self._with_id(uuid.uuid4())  # sent without a name: there is nothing to lead to
        return super().get(request, *args, **kwargs)

    def made_url(self, made: Suggestion) -> str:
        return reverse("sessions_catalogue:suggestion_list")

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": reverse("sessions_catalogue:suggestion_list")}

    def form_valid(self, form: SuggestionForm) -> HttpResponse:
        data = form.cleaned_data
        made = make_suggestion(
            pk=new_id(self.request.POST.get("id")),
            organisation=self.target,
            theme=data["theme"],
            text=data["text"],
            with_name=data["with_name"] == "yes",
            by=self.request.user,
        )
        said = "You see here what becomes of it" if made.author_id else "Nothing says that it was you"
        messages.success(self.request, f"Your suggestion is sent. {said}")
        return redirect("sessions_catalogue:suggestion_list")


# --- L&D -------------------------------------------------------------------------------------------------------
class SuggestionAll(GuardedPage):
    permission_required = Perm.ANSWER_SUGGESTION
    template_name = "sessions_catalogue/suggestion_all.html"
    target: Organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SuggestionFilter(self.request.GET)
        here = Suggestion.objects.visible_to(self.request.user).filter(organisation=self.target)
        found = here.filter(**form.asked()).select_related("author").order_by("-created_at", "pk")
        page = Paginator(found, ON_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            form=form, page=page, rows=[row_of(row) for row in page], is_filtered=bool(form.asked()), **kwargs
        )


class SuggestionAnswer(KeepsDraft, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    """One suggestion, and where it stands."""

    permission_required = Perm.ANSWER_SUGGESTION
    template_name = "sessions_catalogue/suggestion.html"
    form_class = SuggestionAnswerForm
    draft_form = SUGGESTION_ANSWER
    target: Suggestion

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    def load(self) -> Suggestion:
        found: Suggestion = self.visible(Suggestion.objects.select_related("author", "answered_by"))
        return found

    def get_initial(self) -> dict[str, Any]:
        row = self.target
        is_published = row.published_at is not None
        return {"revision": row.revision, "status": row.status, "answer": row.answer, "publish": is_published}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": reverse("sessions_catalogue:suggestion_all")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**row_of(self.target), **kwargs)

    def form_valid(self, form: SuggestionAnswerForm) -> HttpResponse:
        data = form.cleaned_data
        fields = {name: data[name] for name in ("status", "answer", "publish", "revision")}
        try:
            row = answer_suggestion(suggestion=self.target, typed=self.typed, by=self.request.user, **fields)
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleEntry as stale:
            return self.saved_meanwhile(stale.current)
        where = "Everybody reads the answer" if row.published_at else "The answer is not published"
        messages.success(self.request, f"Saved. {where}")
        return redirect("sessions_catalogue:suggestion_all")

    def saved_meanwhile(self, current: Suggestion) -> HttpResponse:
        """Both answers on the one page for it; sending again counts from what is saved now."""
        saved = {"status": current.status, "answer": current.answer, "publish": current.published_at is not None}
        return saved_meanwhile(self.request, saved=saved, read=read_answer, revision=current.revision)
