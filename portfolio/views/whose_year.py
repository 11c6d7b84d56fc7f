"""Whose year a page is about: one's own, or that of somebody whom one mentors."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from accounts.views.base import Guarded
from pathway.models import Enrolment
from portfolio.permissions import Perm
from portfolio.queries import own_enrolment


def own_year(view: Guarded) -> Enrolment:
    """One's own year in the current organisation, else 404."""
    organisation = view.request.organisation
    enrolment = own_enrolment(view.request.user, organisation) if organisation else None
    if enrolment is None:
        raise Http404
    return enrolment


class OfOwnYear(Guarded):
    """One's own year in the current organisation; 404 for those who have none."""

    permission_required = Perm.WRITE_EVIDENCE
    target: Any

    def load(self) -> Enrolment:
        return own_year(self)


class OfMentee(Guarded):
    """The year of somebody whom one mentors today."""

    permission_required = Perm.READ_MENTEE
    target: Any

    def load(self) -> Enrolment:
        theirs = Enrolment.objects.mentored_by(self.request.user)
        found: Enrolment = self.visible(theirs.select_related("cohort__programme", "supervisor", "organisation"))
        return found
