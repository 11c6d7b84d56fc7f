"""Booking an observation, and agreeing another date."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.transitions import InvalidTransition
from accounts.views.base import GuardedForm, MakesOne, new_id
from observations.forms import PlanForm
from observations.models import FocusWish, Observation
from observations.permissions import Perm
from observations.queries import areas_of, next_kind, wish_about
from observations.services import plan_observation, replan_observation
from pathway.models import Area, Enrolment
from pqs_portal.lib.text import as_uuid
from pqs_portal.templatetags.portal import date_and_time


def asked_kind(request: HttpRequest, enrolment: Enrolment) -> str:
    """The kind named in the address, else the next one the person needs."""
    asked = request.GET.get("kind", "")
    return asked if asked in Observation.Kind.values else next_kind(enrolment)


def asked_area(request: HttpRequest, enrolment: Enrolment) -> Area | None:
    """The area named in the address, if it is one of the person's standard."""
    pk = as_uuid(request.GET.get("area", ""))
    found: Area | None = areas_of(enrolment).filter(pk=pk).first() if pk else None
    return found


class ObservationNew(MakesOne, GuardedForm):
    makes = Observation
    permission_required = Perm.PLAN_OBSERVATION
    template_name = "observations/observation_new.html"
    form_class = PlanForm

    def load(self) -> Any:
        return self.visible(Enrolment.objects.select_related("supervisor", "cohort"))

    @cached_property
    def focus(self) -> Area | None:
        return asked_area(self.request, self.target)

    @cached_property
    def wish(self) -> FocusWish | None:
        """What waits for the next one to be booked."""
        wish = wish_about(self.target, self.request.user, None)
        return wish if wish and wish.asked_at else None

    def get_initial(self) -> dict[str, Any]:
        wanted = [*(self.wish.areas.all() if self.wish else ()), *([self.focus] if self.focus else ())]
        return {
            "id": self.future_id,
            "kind": asked_kind(self.request, self.target),
            "mode": Observation.Mode.IN_PERSON,
            "areas": list({area.pk: None for area in wanted}),
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "areas": areas_of(self.target),
            "button": "Book it",
            "cancel_url": reverse("observations:observation_list"),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = asked_kind(self.request, self.target)
        record = f"{reverse('observations:observation_record', args=[self.target.pk])}?kind={kind}"
        if self.focus:
            record += f"&area={self.focus.pk}"
        context: dict[str, Any] = super().get_context_data(record_url=record, wish=self.wish, **kwargs)
        return context

    def form_valid(self, form: Form) -> HttpResponse:
        assert isinstance(form, PlanForm)  # noqa: S101 -- for the type checker
        observation = plan_observation(
            pk=new_id(form.cleaned_data["id"]),
            enrolment=self.target,
            kind=form.cleaned_data["kind"],
            planned_at=form.planned_at,
            mode=form.cleaned_data["mode"],
            focus=form.cleaned_data["areas"],
            by=self.request.user,
        )
        messages.success(self.request, f"Booked for {date_and_time(observation.planned_at)}")
        return redirect("observations:observation_list")


class ObservationPlan(GuardedForm):
    """Another date, or another focus, for one that is booked or being written."""

    permission_required = Perm.WRITE_OBSERVATION
    template_name = "observations/observation_plan.html"
    form_class = PlanForm

    def load(self) -> Any:
        return self.visible(Observation.objects.select_related("enrolment__supervisor", "enrolment__cohort", "wish"))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.target.is_released:
            return redirect(self.target)
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        observation: Observation = self.target
        at = timezone.localtime(observation.planned_at) if observation.planned_at else None
        return {
            "kind": observation.kind,
            "planned_on": at.date() if at else None,
            "planned_time": at.time() if at else None,
            "mode": observation.mode,
            "areas": [area.pk for area in observation.focus.all()],
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "areas": areas_of(self.target.enrolment),
            "button": "Save",
            "cancel_url": self.target.get_absolute_url(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(wish=self.target.asked_focus, **kwargs)
        return context

    def form_valid(self, form: Form) -> HttpResponse:
        assert isinstance(form, PlanForm)  # noqa: S101 -- for the type checker
        try:
            observation = replan_observation(
                observation=self.target,
                kind=form.cleaned_data["kind"],
                planned_at=form.planned_at,
                mode=form.cleaned_data["mode"],
                focus=form.cleaned_data["areas"],
                by=self.request.user,
            )
        except InvalidTransition:
            messages.warning(self.request, "It has been released, so its date stays as it is")
            return redirect(self.target)
        messages.success(self.request, f"Saved. Booked for {date_and_time(observation.planned_at)}")
        return redirect(observation)
