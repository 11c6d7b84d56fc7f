"""Steps done once for a cohort or the organisation, and the past steps of a cohort that is under way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.views.base import GuardedForm
from pathway.forms.step import PastStepsForm, StepForm
from pathway.milestones import MilestoneDue, milestones_of
from pathway.models import Cohort, Enrolment, Milestone, MilestoneCompletion
from pathway.permissions import SHARED_LEVELS, Perm
from pathway.services import steps
from pathway.views.step_form import WithStepForm


@dataclass(frozen=True)
class SharedStep:
    """What the permission is asked about."""

    cohort: Cohort
    milestone: Milestone

    @property
    def organisation_id(self) -> Any:
        return self.cohort.organisation_id


class OrganisationStepDone(WithStepForm):
    permission_required = Perm.RECORD_SHARED_STEP
    template_name = "pathway/shared_step.html"

    def load(self) -> Any:
        cohort = self.visible(Cohort.objects.all())
        shared = Milestone.objects.filter(level__in=SHARED_LEVELS, programme=cohort.programme_id)
        return SharedStep(cohort, self.visible(shared, pk=self.kwargs["milestone_pk"]))

    def get_form_kwargs(self) -> dict[str, Any]:
        cancel_url = reverse("pathway:cohort_people", args=[self.target.cohort.pk])
        return super().get_form_kwargs() | {"cancel_url": cancel_url}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, milestone = self.request.user, self.target.milestone
        recorded = MilestoneCompletion.objects.visible_to(user).for_shared_step(milestone, self.target.cohort)
        completion = recorded.select_related("recorded_by").first()
        return super().get_context_data(
            cohort=self.target.cohort,
            milestone=milestone,
            completion=completion,
            may_read=completion is not None and user.has_perm(Perm.READ_STEP, completion),
            **kwargs,
        )

    def form_valid(self, form: StepForm) -> HttpResponse:
        steps.record_step(
            milestone=self.target.milestone,
            cohort=self.target.cohort,
            enrolment=None,
            record=form.record(),
            by=self.request.user,
        )
        messages.success(self.request, f"{self.target.milestone.title}: recorded")
        return redirect("pathway:organisation_step_done", self.target.cohort.pk, self.target.milestone.pk)


class PastSteps(GuardedForm):
    """For a cohort entered when it was under way already: tick what is done. Nothing of it sends a reminder."""

    permission_required = Perm.MANAGE_COHORTS
    form_class = PastStepsForm
    template_name = "pathway/past_steps.html"

    def load(self) -> Any:
        return self.visible(Cohort.objects.all())

    def open_steps(self) -> list[list[MilestoneDue]]:
        people = Enrolment.objects.visible_to(self.request.user).filter(cohort=self.target, ended_on=None)
        kinds = frozenset(Milestone.Kind) - {Milestone.Kind.MENTOR_MATCH}
        return past_and_open(milestones_of(people, kinds), timezone.localdate())

    def get_form_kwargs(self) -> dict[str, Any]:
        cancel_url = reverse("pathway:cohort_people", args=[self.target.pk])
        return super().get_form_kwargs() | {"steps": self.open_steps(), "cancel_url": cancel_url}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(cohort=self.target, **kwargs)
        return context | {"has_steps": bool(context["form"].steps)}

    def form_valid(self, form: PastStepsForm) -> HttpResponse:
        count = steps.record_past_steps(cohort=self.target, steps=form.past_steps(), by=self.request.user)
        messages.success(self.request, f"{count} recorded" if count else "Nothing was ticked")
        return redirect("pathway:past_steps", self.target.pk)


def past_and_open(dues: list[MilestoneDue], today: dt.date) -> list[list[MilestoneDue]]:
    """What was due before today and is not recorded, grouped by step in the order of the year."""
    groups: dict[Any, list[MilestoneDue]] = {}
    for due in dues:
        if due.due_on < today and due.done_on is None:
            groups.setdefault(due.milestone.pk, []).append(due)
    return sorted(groups.values(), key=lambda group: group[0].milestone.position)
