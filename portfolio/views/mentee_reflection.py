"""The mentor's side of a critical reflection: reading what was opened, what changed, and a word about a paragraph."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.views.base import GuardedForm, GuardedPage, new_id
from pathway.models import Enrolment
from portfolio.forms.reflection import ReflectionCommentForm
from portfolio.models import Reflection, ReflectionComment, ReflectionVersion
from portfolio.models.reflection_parts import PARTS, paragraphs_of, word_count
from portfolio.permissions import Perm
from portfolio.queries import reflection as read
from portfolio.services.evidence import NotYours
from portfolio.services.reflection_comments import About, answer_comment, comment_on
from portfolio.services.sharing import NotReady
from portfolio.views.whose_year import OfMentee
from pqs_portal.lib.differences import pairs
from pqs_portal.lib.text import as_uuid

MOST_DIGITS = 5


class OfMenteeReflection(OfMentee):
    """What one person has opened to their mentor."""

    target: Enrolment
    reflection: Reflection | None

    def load(self) -> Enrolment:
        enrolment = super().load()
        opened = Reflection.objects.visible_to(self.request.user).shared_with_mentor(self.request.user).with_people()
        self.reflection = opened.filter(enrolment=enrolment).first()
        return enrolment

    @property
    def shared(self) -> ReflectionVersion | None:
        version: ReflectionVersion | None = self.reflection.shared_version if self.reflection else None
        return version


class MenteeReflection(OfMenteeReflection, GuardedPage):  # type: ignore[misc]  # the middleware adds to the request
    """The shared version, paragraph by paragraph. The same words whether none is begun or it is not opened."""

    template_name = "portfolio/mentee_reflection.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs, enrolment=self.target, version=self.shared)
        if self.reflection and self.shared:
            context |= self.opened_text(self.reflection, self.shared)
        return context

    def opened_text(self, reflection: Reflection, version: ReflectionVersion) -> dict[str, Any]:
        user = self.request.user
        comments = read.comments_for(user, reflection)
        versions = read.versions_for(user, reflection)
        return {
            "rows": read.page_of(version.structure, version.parts, comments),
            "elsewhere": read.elsewhere(version.structure, version.parts, comments),
            "words": word_count(version.structure, version.parts),
            "limit": read.word_limit(self.target.organisation_id),
            "areas": read.areas_named(version.areas),
            "earlier": [one for one in versions if one.pk != version.pk],
            "comment_url": reverse("portfolio:reflection_comment", args=[self.target.pk]),
            "answerable": user.pk,
        }


class MenteeReflectionChanges(OfMenteeReflection, GuardedPage):  # type: ignore[misc]  # the same
    """What is different since an earlier version that was opened to the same mentor."""

    template_name = "portfolio/reflection_changes.html"
    earlier: ReflectionVersion
    later: ReflectionVersion

    def load(self) -> Enrolment:
        enrolment = super().load()
        if self.shared is None:
            raise Http404
        self.later = self.shared
        opened = ReflectionVersion.objects.filter(shared_with=self.request.user)
        self.earlier = self.visible(opened, reflection=self.reflection, pk=self.kwargs["opened"])
        return enrolment

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            enrolment=self.target,
            earlier=self.earlier,
            later=self.later,
            differences=differences_between(self.earlier, self.later),
            back_url=reverse("portfolio:mentee_reflection", args=[self.target.pk]),
        )


def differences_between(earlier: ReflectionVersion, later: ReflectionVersion) -> list[Any]:
    return pairs(*(read.to_compare(one, read.areas_named(one.areas)) for one in (earlier, later)))


class ReflectionCommentNew(GuardedForm):
    """A mentor's word about a paragraph, or an answer by either. Its form stands on the page of the piece; here it
    comes back when something is missing."""

    permission_required = Perm.COMMENT
    template_name = "portfolio/reflection_comment.html"
    form_class = ReflectionCommentForm
    target: Reflection

    def load(self) -> Reflection:
        found: Reflection = self.visible(Reflection.objects.with_people(), enrolment=self.kwargs["pk"])
        return found

    @property
    def is_writer(self) -> bool:
        return bool(self.target.enrolment.supervisor_id == self.request.user.pk)

    @property
    def page_url(self) -> str:
        if self.is_writer:
            return reverse("portfolio:reflection")
        return reverse("portfolio:mentee_reflection", args=[self.target.enrolment_id])

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.page_url)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": self.page_url}

    @cached_property
    def answered(self) -> ReflectionComment | None:
        """The first word of the talk that this goes on with."""
        posted = self.request.POST.get("parent")
        if not posted:
            return None
        first = ReflectionComment.objects.select_related("version", "author")
        found: ReflectionComment = self.visible(first, pk=new_id(posted), reflection=self.target, parent=None)
        return found

    @cached_property
    def about(self) -> About:
        posted = self.request.POST
        part, paragraph, pk = (posted.get(name, "") for name in ("part", "paragraph", "version"))
        seen = ReflectionVersion.objects.visible_to(self.request.user).filter(reflection=self.target)
        version = seen.filter(pk=as_uuid(pk)).first()
        if version is None or part not in PARTS or not paragraph.isdecimal() or len(paragraph) > MOST_DIGITS:
            raise Http404
        return About(version, part, int(paragraph))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = self.answered or self.about
        paragraphs = paragraphs_of(about.version.parts.get(about.part, ""))
        context: dict[str, Any] = super().get_context_data(
            **kwargs,
            page_url=self.page_url,
            part_title=read.title_of(about.part),
            number=about.paragraph,
            quoted=paragraphs[about.paragraph - 1] if 0 < about.paragraph <= len(paragraphs) else "",
            answered=self.answered,
        )
        return context

    def form_valid(self, form: ReflectionCommentForm) -> HttpResponse:
        pk = form.cleaned_data["id"] or new_id(None)
        said = {"pk": pk, "reflection": self.target, "text": form.cleaned_data["text"], "by": self.request.user}
        try:
            if self.answered:
                row = answer_comment(comment=self.answered, **said)
            else:
                row = comment_on(about=self.about, **said)
        except NotReady as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        except NotYours:
            raise Http404 from None
        return redirect(f"{self.page_url}#comment-{row.parent_id or row.pk}")
