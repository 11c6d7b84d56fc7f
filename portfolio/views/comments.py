"""Saying something about a piece, and answering what was said."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.drafts import Place
from accounts.models import User
from accounts.services.working_copies import UnseenCopy
from accounts.views.base import GuardedForm, new_id
from accounts.views.keeps_draft import KeepsDraft
from portfolio.drafts.comments import ANSWER, answer_place
from portfolio.forms.comments import AnswerForm
from portfolio.models import Comment, Evidence, Reflection
from portfolio.permissions import Perm
from portfolio.queries import current_mentor
from portfolio.services.comments import NotInIt, add_comment
from portfolio.services.evidence import NotYours
from portfolio.services.sharing import NotReady
from portfolio.views.checked_talk import ChecksTalk
from portfolio.views.closed_talk import GivesWordsBack
from portfolio.views.evidence import PiecePage
from pqs_portal.lib.said import say_at


def said_words(about: Evidence | Reflection, by: User) -> str:
    """The writer may speak about a piece whose reader has gone."""
    if by.pk == about.shared_with_id or about.shared_with == current_mentor(about.enrolment):
        return "Your comment is there for both of you."
    return "Your comment is saved. Your mentor reads it once you share the text with them."


class SendsComment(GivesWordsBack, ChecksTalk, KeepsDraft, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    """A page of a piece; it says what the comment answers."""

    permission_required = Perm.COMMENT

    def closed_target(self) -> uuid.UUID:
        found: uuid.UUID = self.kwargs["pk"]
        return found

    def thread(self) -> Comment | None:
        return None

    def form_valid(self, form: Any) -> HttpResponse:
        thread = self.thread()
        try:
            comment = add_comment(
                pk=form.cleaned_data["id"] or new_id(None),
                evidence=self.target,
                text=form.cleaned_data["text"],
                passage=form.cleaned_data.get("passage", ""),
                parent=thread,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except NotReady as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        except NotInIt:
            form.add_error("passage", "These words are not in the piece as you read it. Copy them from it")
            return self.form_invalid(form)
        except NotYours:
            raise Http404 from None
        anchor = f"comment-{comment.pk}"
        say_at(self.request, anchor, said_words(self.target, self.request.user))
        return redirect(f"{self.target.get_absolute_url()}#{anchor}")


class CommentNew(SendsComment, PiecePage):  # type: ignore[misc]  # as in GuardedForm
    permission_required = Perm.COMMENT

    def load(self) -> Evidence:
        found: Evidence = self.visible(Evidence.objects.kept().for_its_page())
        return found


class CommentAnswer(SendsComment):
    template_name = "portfolio/comment_answer.html"
    form_class = AnswerForm
    draft_form = ANSWER
    begun: Comment

    def load(self) -> Evidence:
        self.begun = self.visible(Comment.objects.open_to_answer().select_related("author", "version"))
        found: Evidence = self.visible(Evidence.objects.kept().with_people(), pk=self.begun.evidence_id)
        return found

    def thread(self) -> Comment:
        return self.begun

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.begun.pk
        return found

    @property
    def draft_place(self) -> Place:
        return answer_place(self.begun)

    def back_url(self) -> str:
        return f"{self.target.get_absolute_url()}#comment-{self.begun.pk}"

    def get_form_kwargs(self) -> dict[str, Any]:
        action = reverse("portfolio:comment_answer", args=[self.begun.pk])
        more = {"action": action, "is_main": True, "cancel_url": self.back_url(), "initial": {"id": new_id(None)}}
        return {**super().get_form_kwargs(), **more}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        below = Comment.objects.visible_to(self.request.user).filter(parent=self.begun).select_related("author")
        return super().get_context_data(
            **kwargs,
            comment=self.begun,
            answers=below.order_by("created_at"),
            owner_id=self.target.enrolment.supervisor_id,
            back_url=self.back_url(),
        )
