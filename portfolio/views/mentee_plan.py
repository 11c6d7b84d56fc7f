"""The mentor with somebody's plan: the version that was opened to them, and what they say of its objectives."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse

from accounts.views.base import GuardedPage
from pathway.models import Enrolment
from portfolio.models import Objective, Plan
from portfolio.queries import plan as read
from portfolio.queries.own_words import about_plan
from portfolio.views.checked_talk import ChecksTalk, names_of
from portfolio.views.closed_talk import GivesWordsBack
from portfolio.views.objective_review import ReviewPage
from portfolio.views.plan import VersionPage
from portfolio.views.whose_year import OfMentee


class OfMenteePlan(OfMentee):
    def shared_plan(self, enrolment: Enrolment) -> Plan | None:
        mine = Plan.objects.visible_to(self.request.user).shared_with_mentor(self.request.user)
        found: Plan | None = mine.filter(enrolment=enrolment).select_related("shared_version").first()
        return found


class MenteePlan(OfMenteePlan, GuardedPage):  # type: ignore[misc]  # the middleware adds to the request
    template_name = "portfolio/mentee_plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, plan = self.request.user, self.shared_plan(self.target)
        version = plan.shared_version if plan else None
        views = read.with_reviews(read.views_of(version.objectives, user), user) if version else []
        return super().get_context_data(
            **kwargs,
            enrolment=self.target,
            plan=plan,
            version=version,
            periods=read.by_period(views),
            versions=read.versions_of(user, plan) if plan else [],
            own_words=about_plan(user, self.target, [view.id for view in views]),
        )


class MenteePlanVersion(OfMenteePlan, VersionPage):  # type: ignore[misc]  # the same
    """One that was opened to this mentor, while the plan is."""

    def load(self) -> Enrolment:
        enrolment: Enrolment = super().load()
        self.version = self.version_of(enrolment, pk=self.kwargs["opened"])
        return enrolment

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("portfolio:mentee_plan", args=[self.target.pk])
        return super().get_context_data(**kwargs, back_url=back, caption=self.target.supervisor.name)


class MenteeReview(GivesWordsBack, ChecksTalk, OfMenteePlan, ReviewPage):  # type: ignore[misc]  # the same
    """What the mentor says of an objective in the version that is open to them."""

    objective: Objective

    def load(self) -> Enrolment:
        enrolment: Enrolment = super().load()
        plan, wanted = self.shared_plan(enrolment), self.kwargs["objective"]
        rows = plan.shared_version.objectives if plan and plan.shared_version else []
        row = next((row for row in rows if row["id"] == str(wanted)), None)
        if plan is None or row is None:
            raise Http404
        self.view_of_it = read.views_of([row], self.request.user)[0]
        self.objective = plan.objectives.select_related("plan__enrolment", "plan__shared_version").get(pk=wanted)
        return enrolment

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.objective.pk
        return found

    @property
    def page_url(self) -> str:
        return reverse("portfolio:mentee_plan", args=[self.target.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"reader": self.target.supervisor.name, **kwargs})

    @property
    def checked_thing(self) -> Objective:
        return self.objective

    def known_names(self) -> Sequence[str]:
        return names_of(self.request.user, self.target.supervisor)

    def shown(self) -> read.ObjectiveView:
        return read.with_reviews([self.view_of_it], self.request.user)[0]

    def closed_target(self) -> uuid.UUID:
        found: uuid.UUID = self.kwargs["objective"]
        return found
