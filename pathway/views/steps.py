"""One step of one person's year: what it is, whom it waits on, and recording it by hand."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.views.base import Guarded, GuardedForm, GuardedPage
from pathway.forms.step import DateForm, StepForm
from pathway.milestones import MilestoneDue, milestones_of
from pathway.models import Enrolment, Milestone, MilestoneCompletion
from pathway.permissions import Perm
from pathway.services import steps
from pathway.views.step_form import WithStepForm


class OfOneStep(GuardedForm):
    """Loads the step of the person; anything else than looking at it needs the permission to record."""

    permission_required = Perm.RECORD_STEP
    target: MilestoneDue

    def load(self) -> MilestoneDue:
        enrolments = Enrolment.objects.visible_to(self.request.user)
        found = milestones_of(enrolments.filter(pk=self.kwargs["pk"]), frozenset(Milestone.Kind), with_people=True)
        wanted: uuid.UUID = self.kwargs["milestone_pk"]
        due = next((due for due in found if due.milestone.pk == wanted), None)
        if due is None:
            raise Http404
        return due

    def completion(self) -> MilestoneCompletion | None:
        recorded = MilestoneCompletion.objects.visible_to(self.request.user).for_step(
            self.target.milestone, self.target.enrolment
        )
        found: MilestoneCompletion | None = recorded.select_related("recorded_by").first()
        return found

    def step_url(self) -> str:
        return reverse("pathway:step_done", args=[self.target.enrolment.pk, self.target.milestone.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            due=self.target, milestone=self.target.milestone, enrolment=self.target.enrolment, **kwargs
        )


class StepDone(OfOneStep, WithStepForm):  # type: ignore[misc]  # both are the one GuardedForm
    """Whoever sees the person's dates sees the step; whom it waits on (and the L&D lead) records it."""

    permission_required = Perm.SEE_ENROLMENT
    template_name = "pathway/step.html"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            self.permission_required = Perm.RECORD_STEP
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": self.target.enrolment.get_absolute_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, completion = self.request.user, self.completion()
        is_match = self.target.milestone.kind == Milestone.Kind.MENTOR_MATCH
        done_on = self.target.done_on or (self.target.mentored_from if is_match else None)
        return super().get_context_data(
            completion=completion,
            done_on=done_on,
            is_overdue=done_on is None and self.target.is_personal and self.target.due_on < timezone.localdate(),
            may_record=done_on is None and user.has_perm(Perm.RECORD_STEP, self.target),
            may_undo=completion is not None and user.has_perm(Perm.RECORD_STEP, self.target),
            may_read=completion is not None and user.has_perm(Perm.READ_STEP, completion),
            may_record_shared=user.has_perm(Perm.RECORD_SHARED_STEP, self.target),
            may_agree=done_on is None and user.has_perm(Perm.AGREE_DATE, self.target),
            **kwargs,
        )

    def form_valid(self, form: StepForm) -> HttpResponse:
        steps.record_step(
            milestone=self.target.milestone,
            cohort=self.target.enrolment.cohort,
            enrolment=self.target.enrolment,
            record=form.record(),
            by=self.request.user,
        )
        messages.success(self.request, f"{self.target.milestone.title}: recorded")
        return redirect(self.step_url())


class StepUndo(GuardedPage):
    """Ask, then open the step again. For steps of a person, a cohort and the organisation alike."""

    template_name = "layouts/confirm.html"
    permission_required = Perm.RECORD_STEP

    def load(self) -> Any:
        rows = MilestoneCompletion.objects.select_related("milestone", "enrolment__cohort", "cohort")
        completion = self.visible(rows)
        if completion.enrolment is None:
            self.permission_required = Perm.RECORD_SHARED_STEP
        return completion

    def back_url(self) -> str:
        row = self.target
        if row.enrolment:
            return reverse("pathway:step_done", args=[row.enrolment_id, row.milestone_id])
        return reverse("pathway:cohort_list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading=f"Take back “{self.target.milestone.title}”?",
            text="The step is open again. What was recorded is kept out of sight.",
            button="Take it back",
            warning=True,
            cancel_url=self.back_url(),
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        steps.undo_step(completion=self.target, by=request.user)
        messages.success(request, f"{self.target.milestone.title} is open again")
        return redirect(self.back_url())


class StepDate(OfOneStep):
    """Agree another date than the programme's."""

    permission_required = Perm.AGREE_DATE
    form_class = DateForm
    template_name = "pathway/step_date.html"

    def get_initial(self) -> dict[str, Any]:
        return {"due_on": self.target.due_on}

    def get_form_kwargs(self) -> dict[str, Any]:
        earliest = self.target.enrolment.starts_on
        return super().get_form_kwargs() | {"earliest": earliest, "cancel_url": self.step_url()}

    def form_valid(self, form: DateForm) -> HttpResponse:
        steps.agree_date(
            enrolment=self.target.enrolment,
            milestone=self.target.milestone,
            due_on=form.cleaned_data["due_on"],
            by=self.request.user,
        )
        messages.success(self.request, "The new date is agreed")
        return redirect(self.step_url())


class StepFile(Guarded):
    """The file kept with a step, as a download."""

    permission_required = Perm.READ_STEP

    def load(self) -> Any:
        return self.visible(MilestoneCompletion.objects.select_related("enrolment__cohort", "cohort", "milestone"))

    def get(self, request: Any, *args: Any, **kwargs: Any) -> FileResponse:
        if not self.target.file or self.target.file_state != MilestoneCompletion.FileState.CLEAN:
            raise Http404
        return download(self.target)


def download(completion: MilestoneCompletion) -> FileResponse:
    answer = FileResponse(
        completion.file.open("rb"),
        as_attachment=True,
        filename=completion.file_name,
        content_type=completion.file_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
