"""One person's year, one's own year, and the list of one's people: steps and dates, never anybody's writing."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import Role
from accounts.permissions import Perm
from accounts.views.base import GuardedPage
from insights.queries.year import beside, is_current, next_step, step_rows, years_of
from pathway.models import Enrolment
from portfolio.queries import areas_in_portfolio
from sessions_catalogue.queries_person import attendance_for


class Pathway(GuardedPage):
    """One's own year or years."""

    permission_required = Perm.SIGNED_IN
    template_name = "insights/pathway.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = Enrolment.objects.of_supervisor(self.request.user).begun().filter(organisation=self.target)
        today = timezone.localdate()
        user = self.request.user
        years = [
            (year, next_step(year), step_rows(year, user), vars(attendance_for(year.enrolment, user)))
            for year in years_of(mine, today)
        ]
        return super().get_context_data(**kwargs, years=years, today=today)


class People(GuardedPage):
    """The people one mentors or manages."""

    permission_required = Perm.SIGNED_IN
    template_name = "insights/people.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = beside(user, self.target).exclude(supervisor=user)
        years = years_of(rows, timezone.localdate())
        return super().get_context_data(
            **kwargs,
            mentored=[year for year in years if is_current(year.enrolment.current_mentor, user)],
            managed=[year for year in years if is_current(year.enrolment.current_line_manager, user)],
        )


class Person(GuardedPage):
    permission_required = Perm.SIGNED_IN
    template_name = "insights/person.html"

    def load(self) -> Enrolment:
        return self.visible(Enrolment.objects)  # type: ignore[no-any-return]  # by its queryset

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        seen = Enrolment.objects.visible_to(user).filter(pk=self.target.pk)
        year = years_of(seen, today)[0]
        is_own = year.enrolment.supervisor_id == user.pk
        is_lead = Role.LD_LEAD in user.roles_in(self.target.organisation_id)
        overseen = Enrolment.objects.overseen_by(user).filter(pk=self.target.pk).exists()
        is_mentor = is_current(year.enrolment.current_mentor, user)
        if not is_mentor:
            kwargs["parts"] = ()  # the frame offers the parts of a mentee's portfolio on this page
        return super().get_context_data(
            **kwargs,
            year=year,
            today=today,
            rows=step_rows(year, user),
            is_mentor=is_mentor,
            is_own=is_own,
            attendance=vars(attendance_for(year.enrolment, user)),
            is_overseer=overseen,
            is_lead=is_lead,
            areas=areas_in_portfolio(year.enrolment) if is_lead else None,
        )
