"""What texts that are opened as a whole have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, F, OuterRef, Q

from accounts.querysets import TenantQuerySet
from pathway.models import Enrolment, Mentoring

if TYPE_CHECKING:
    from accounts.models import User


class OpenedQuerySet(TenantQuerySet):
    """Rows with ``enrolment``, ``audience`` and ``shared_with``: the writer's own, and what a mentor was opened."""

    def owned_by(self, user: User) -> Self:
        return self.filter(enrolment__in=Enrolment.objects.of_supervisor(user))

    def shared_with_mentor(self, user: User) -> Self:
        """Opened by name to somebody who is the writer's mentor today."""
        return self.filter(audience="mentor", shared_with=user, enrolment__in=Enrolment.objects.mentored_by(user))

    def open_to_current_mentor(self) -> Self:
        """The same for everybody's mentors."""
        pairs = Mentoring.objects.current().filter(enrolment=OuterRef("enrolment"), mentor=OuterRef("shared_with"))
        return self.filter(Exists(pairs), audience="mentor")

    def visible_to(self, user: User) -> Self:
        """The writer's own, and what was opened to a current mentor by name."""
        own = Q(enrolment__in=Enrolment.objects.of_supervisor(user))
        opened = Q(audience="mentor", shared_with=user, enrolment__in=Enrolment.objects.mentored_by(user))
        return self.filter(own | opened)

    def with_people(self) -> Self:
        return self.select_related(
            "enrolment__supervisor", "enrolment__cohort__programme", "shared_with", "shared_version", "organisation"
        )


class OpenedVersionQuerySet(TenantQuerySet):
    """Versions of such a row, which a subclass names."""

    of = ""

    def visible_to(self, user: User) -> Self:
        """The writer's own; to a reader every version that was opened to them and not taken back since."""
        own = Q(**{f"{self.of}__enrolment__in": Enrolment.objects.of_supervisor(user)})
        opened = Q(
            **{
                "shared_with": user,
                "taken_back_at": None,
                f"{self.of}__audience": "mentor",
                f"{self.of}__shared_with": F("shared_with"),
                f"{self.of}__enrolment__in": Enrolment.objects.mentored_by(user),
            }
        )
        return self.filter(own | opened)
