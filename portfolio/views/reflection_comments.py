"""A mentor's word about a paragraph of a critical reflection, and answers to it by either."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.services.working_copies import UnseenCopy
from accounts.views.base import GuardedForm, new_id
from accounts.views.keeps_draft import KeepsDraft
from portfolio.drafts.reflection_comments import (
    ANSWER,
    COMMENT,
    MOST_PARAGRAPHS,
    spot_id,
)
from portfolio.forms.reflection import ReflectionAnswerForm, ReflectionCommentForm
from portfolio.models import Reflection, ReflectionComment, ReflectionVersion
from portfolio.models.reflection_parts import PARTS, paragraphs_of
from portfolio.permissions import Perm
from portfolio.queries import reflection as read
from portfolio.queries.once_opened import once_opened_reflection
from portfolio.services.evidence import NotYours
from portfolio.services.reflection_comments import About, answer_comment, comment_on
from portfolio.services.sharing import NotReady
from portfolio.views.checked_talk import ChecksTalk
from portfolio.views.closed_talk import GivesWordsBack
from portfolio.views.comments import said_words
from pqs_portal.lib.drafts import first_of
from pqs_portal.lib.said import say_at
from pqs_portal.lib.text import as_uuid

OPENED_ANEW = (
    "What you read was taken back, and the text was opened to you anew. "
    "Look at it as it is now, and send again if you still mean this"
)


class SaysOnReflection(GivesWordsBack, ChecksTalk, KeepsDraft, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    permission_required = Perm.COMMENT
    template_name = "portfolio/reflection_comment.html"
    target: Reflection

    @property
    def page_url(self) -> str:
        if self.target.enrolment.supervisor_id == self.request.user.pk:
            return reverse("portfolio:reflection")
        return reverse("portfolio:mentee_reflection", args=[self.target.enrolment_id])

    def get_initial(self) -> dict[str, Any]:
        return {"id": new_id(None)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "cancel_url": self.page_url,
            "action": self.request.get_full_path(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(page_url=self.page_url, **kwargs)
        return context

    @abstractmethod
    def say(self, **said: Any) -> ReflectionComment:
        """Raises NotReady, NotYours or UnseenCopy."""

    def form_valid(self, form: ReflectionCommentForm) -> HttpResponse:
        try:
            row = self.say(
                pk=form.cleaned_data["id"] or new_id(None),
                reflection=self.target,
                text=form.cleaned_data["text"],
                typed=self.typed,
                by=self.request.user,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except NotReady as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        except NotYours:
            raise Http404 from None
        anchor = f"comment-{row.pk}"
        say_at(self.request, anchor, said_words(self.target, self.request.user))
        return redirect(f"{self.page_url}#{anchor}")


class ReflectionCommentNew(SaysOnReflection):
    """By the mentor who reads it now, about the version that they read."""

    form_class = ReflectionCommentForm
    draft_form = COMMENT

    def load(self) -> Reflection:
        opened = Reflection.objects.with_people().filter(shared_with=self.request.user)
        found: Reflection = self.visible(opened, enrolment=self.kwargs["pk"])
        return found

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if "part" in request.GET else redirect(self.page_url)

    @cached_property
    def spot(self) -> tuple[str, int]:
        """The part, and which paragraph of it."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        part, paragraph = asked.get("part", ""), asked.get("paragraph", "")
        is_number = paragraph.isdecimal() and len(paragraph) <= len(str(MOST_PARAGRAPHS))
        if part not in PARTS or not is_number or int(paragraph) > MOST_PARAGRAPHS:
            raise Http404
        return part, int(paragraph)

    @cached_property
    def draft_target(self) -> uuid.UUID:
        return spot_id(self.target, *self.spot)

    @cached_property
    def asked_version(self) -> uuid.UUID | None:
        """What the mentor had before them when they began."""
        if self.request.method == "POST":
            return as_uuid(self.request.POST.get("version", ""))
        return as_uuid(first_of(self.working_copy.payload, "version")) if self.working_copy else None

    @cached_property
    def version(self) -> ReflectionVersion:
        """That one while it may be read, else what may be read now."""
        seen = ReflectionVersion.objects.visible_to(self.request.user).filter(reflection=self.target)
        found: ReflectionVersion | None = seen.filter(pk=self.asked_version).first() if self.asked_version else None
        now = self.target.shared_version
        assert now  # noqa: S101 -- whoever else reads the text reads a version of it
        return found or now

    def get_initial(self) -> dict[str, Any]:
        part, paragraph = self.spot
        return super().get_initial() | {"version": self.version.pk, "part": part, "paragraph": paragraph}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if form.is_bound:
            return form
        form.initial["version"] = self.version.pk  # the one that was begun on may be closed
        return form

    def form_valid(self, form: ReflectionCommentForm) -> HttpResponse:
        if self.version.pk == self.asked_version:
            return super().form_valid(form)
        form.add_error(None, OPENED_ANEW)
        form.data = form.data.copy()  # type: ignore[attr-defined]  # a view posts a QueryDict
        form.data["version"] = str(self.version.pk)  # type: ignore[index]
        return self.form_invalid(form)

    def say(self, **said: Any) -> ReflectionComment:
        return comment_on(about=About(self.version, *self.spot), **said)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        part, paragraph = self.spot
        paragraphs = paragraphs_of(self.version.parts.get(part, ""))
        return super().get_context_data(
            part_title=read.title_of(part),
            number=paragraph,
            is_anew=self.asked_version not in (None, self.version.pk),
            quoted=paragraphs[paragraph - 1] if 0 < paragraph <= len(paragraphs) else "",
            **kwargs,
        )

    def closed_target(self) -> uuid.UUID | None:
        reflection = once_opened_reflection(self.request.user, self.kwargs["pk"])
        return spot_id(reflection, *self.spot) if reflection else None


class ReflectionAnswer(SaysOnReflection):
    """By writer or mentor, below the first word of a talk."""

    form_class = ReflectionAnswerForm
    draft_form = ANSWER
    begun: ReflectionComment

    def load(self) -> Reflection:
        rows = ReflectionComment.objects.open_to_answer().select_related("version", "author")
        self.begun = self.visible(rows, pk=self.kwargs["comment"], reflection__enrolment=self.kwargs["pk"])
        found: Reflection = self.visible(Reflection.objects.with_people(), pk=self.begun.reflection_id)
        return found

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.begun.pk
        return found

    def say(self, **said: Any) -> ReflectionComment:
        return answer_comment(comment=self.begun, **said)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            part_title=read.title_of(self.begun.part), number=self.begun.paragraph, answered=self.begun, **kwargs
        )

    def closed_target(self) -> uuid.UUID:
        found: uuid.UUID = self.kwargs["comment"]
        return found
