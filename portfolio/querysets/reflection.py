"""Filters over critical reflections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import F, Q

from accounts.querysets import TenantQuerySet
from pathway.models import Enrolment
from portfolio.querysets.opened import OpenedQuerySet, OpenedVersionQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class WordLimitQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """How long a piece should be is no secret inside the organisation."""
        return self.in_organisations_of(user)


class ReflectionQuerySet(OpenedQuerySet):
    pass


class ReflectionVersionQuerySet(OpenedVersionQuerySet):
    of = "reflection"


class ReflectionCommentQuerySet(TenantQuerySet):
    def visible_to(self, user: User) -> Self:
        """All of them to the writer of the piece; a mentor the talk about what that mentor may still read, and what
        they wrote themselves also after it was taken back."""
        from portfolio.models import Reflection  # noqa: PLC0415 -- models import querysets

        own = Q(reflection__enrolment__in=Enrolment.objects.of_supervisor(user))
        read = Q(
            version__shared_with=user,
            version__taken_back_at=None,
            reflection__in=Reflection.objects.shared_with_mentor(user),
        )
        written = Q(author=user, reflection__enrolment__in=Enrolment.objects.mentored_by(user))
        return self.filter(own | read | written)

    def open_to_answer(self) -> Self:
        """Those that a talk began with, about what today's reader may read: an answer reaches the other."""
        begun = self.filter(parent=None, reflection__audience="mentor", version__taken_back_at=None)
        return begun.filter(version__shared_with=F("reflection__shared_with"))
