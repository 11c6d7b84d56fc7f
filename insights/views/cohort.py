"""A cohort on one page: who is where, and who needs a word first."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.views.base import GuardedPage
from insights.permissions import Perm
from insights.queries.board import board
from pathway.models import Cohort, Enrolment


class CohortBoard(GuardedPage):
    permission_required = Perm.SEE_BOARD
    template_name = "insights/cohort.html"

    def load(self) -> Cohort:
        return self.visible(Cohort.objects.select_related("programme"))  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = Enrolment.objects.visible_to(self.request.user).filter(cohort=self.target)
        rows = board(people, timezone.localdate())
        return super().get_context_data(**kwargs, cohort=self.target, rows=rows)
