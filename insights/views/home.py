"""One home with a section for each role a person holds."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import Membership, Role
from accounts.permissions import Perm
from accounts.views.base import GuardedPage
from insights.queries import board, figures, year
from pathway.models import Cohort, PanelMember
from pathway.nomination_news import waiting_for_a_place
from pathway.timeline import TimelineEntry
from portfolio.drafts.evidence import begun_evidence
from portfolio.queries import coverage
from portfolio.timeline import cpd

MOST_NAMED = 10


class Home(GuardedPage):
    permission_required = Perm.SIGNED_IN
    template_name = "insights/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation, today = self.request.user, self.target, timezone.localdate()
        years = year.years_of(year.beside(user, organisation), today)
        own = [one for one in years if one.enrolment.supervisor_id == user.pk]
        mentored = [one for one in years if year.is_current(one.enrolment.current_mentor, user)]
        managed = [one for one in years if year.is_current(one.enrolment.current_line_manager, user)]
        said = {one.next_step.key for one in own if one.next_step}
        waits = [(one, entry) for one, entry in year.waiting_for(user, years) if entry.key not in said]
        context: dict[str, Any] = {
            "today": today,
            "own": [(one, year.next_step(one)) for one in own],
            "coverage": coverage(own[0].enrolment) if own else [],
            "begun": begun_evidence(user, own[0].enrolment) if own else [],
            "mentored": mentored,
            "managed": managed,
            "waiting": self._waiting(waits) + self._asked(),
            "panels": PanelMember.objects.visible_to(user)
            .current()
            .filter(member=user, organisation=organisation)
            .select_related("cohort"),
        }
        return super().get_context_data(**kwargs, **context, **self._by_role())

    def _waiting(self, waits: list[tuple[year.Year, TimelineEntry]]) -> list[dict[str, Any]]:
        """What waits in those years, and who would like to talk, whose year one may not stand beside."""
        user = self.request.user
        invited = [
            (entry, {"what": entry.title, "due_on": entry.due_on, "url": entry.url})
            for entry in cpd.waiting_on(user, self.target)
        ]
        rows = [(entry, year.waiting_row(one, entry, user)) for one, entry in waits] + invited
        return [row for _, row in sorted(rows, key=lambda pair: (pair[0].due_on, pair[0].title))]

    def _asked(self) -> list[dict[str, Any]]:
        """Who waits for a place, for L&D; whose yes is waited for reads it on a card of its own."""
        user = self.request.user
        return waiting_for_a_place(user, self.target) if Role.LD_LEAD in user.roles_in(self.target.pk) else []

    def _by_role(self) -> dict[str, Any]:
        """What roles given by hand add; nobody else pays for their queries."""
        user, organisation = self.request.user, self.target
        roles = user.roles_in(organisation.pk)
        found: dict[str, Any] = {"is_lead": Role.LD_LEAD in roles, "is_admin": Role.ORGANISATION_ADMIN in roles}
        if found["is_lead"]:
            cohorts = Cohort.objects.visible_to(user).filter(organisation=organisation)
            found["cohorts"] = figures.cohorts_with_numbers(cohorts)
            found["need_a_word"] = board.need_a_word(user, organisation, timezone.localdate())[:MOST_NAMED]
            found["coming_week"] = figures.coming_week(user, organisation, timezone.now())
        if found["is_admin"]:
            found["invited"] = Membership.objects.visible_to(user).filter(organisation=organisation, status="invited")
        if Role.SENIOR_LEADER in roles:
            found["figures"] = figures.figures_of(organisation)
        return found
