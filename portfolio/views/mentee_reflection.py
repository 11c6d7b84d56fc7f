"""The mentor's side of a critical reflection: reading what was opened, and what changed."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse

from accounts.views.base import GuardedPage
from pathway.models import Enrolment
from portfolio.models import Reflection, ReflectionComment, ReflectionVersion
from portfolio.models.reflection_parts import word_count
from portfolio.queries import reflection as read
from portfolio.queries.own_words import about_reflection
from portfolio.views.whose_year import OfMentee
from pqs_portal.lib.differences import pairs


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
        user, talk = self.request.user, list[ReflectionComment]()
        context: dict[str, Any] = super().get_context_data(**kwargs, enrolment=self.target, version=self.shared)
        if self.reflection and self.shared:
            versions = read.versions_for(user, self.reflection)
            talk = read.talk_about(read.comments_for(user, self.reflection), versions)
            context |= self.opened_text(self.shared, versions, talk)
        return context | {"own_words": about_reflection(user, self.target, talk, is_open=self.shared is not None)}

    def opened_text(
        self, version: ReflectionVersion, versions: list[ReflectionVersion], comments: list[ReflectionComment]
    ) -> dict[str, Any]:
        return {
            "rows": read.page_of(version.structure, version.parts, comments),
            "elsewhere": read.elsewhere(version.structure, version.parts, comments),
            "words": word_count(version.structure, version.parts),
            "limit": read.word_limit(self.target.organisation_id),
            "areas": read.areas_named(version.areas),
            "earlier": [one for one in versions if one.pk != version.pk],
            "comment_url": reverse("portfolio:reflection_comment", args=[self.target.pk]),
            "answerable": self.request.user.pk,
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
