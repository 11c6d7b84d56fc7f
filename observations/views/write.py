"""Writing an observation: a new one, or the next version of one that is not released yet."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.services.working_copies import UnseenCopy
from accounts.transitions import InvalidTransition
from accounts.views.base import GuardedForm
from accounts.views.keeps_draft import KeepsDraft, KeepsNewDraft
from observations.drafts import OBSERVATION
from observations.forms import ObservationForm
from observations.models import Observation
from observations.permissions import Perm
from observations.queries import areas_of
from observations.services import StaleVersion, record_observation, save_observation
from observations.views.plan import asked_area, asked_kind
from observations.views.refused import already_released, changed_meanwhile
from pathway.models import Enrolment


class WritePage(KeepsDraft, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    """What both ways of writing share: the form, and what happens when a save cannot be had."""

    draft_form = OBSERVATION
    template_name = "observations/observation_write.html"
    form_class = ObservationForm

    @property
    @abstractmethod
    def enrolment(self) -> Enrolment:
        """Whose observation it is; a new one and a saved one find it differently."""

    @abstractmethod
    def save(self, form: ObservationForm) -> Observation:
        """The one service call, different for a new one and a saved one."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "areas": areas_of(self.enrolment),
            "supervisor": self.enrolment.supervisor.get_short_name(),
            "cancel_url": reverse("observations:observation_list"),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(enrolment=self.enrolment, **kwargs)
        return context

    def form_valid(self, form: Form) -> HttpResponse:
        assert isinstance(form, ObservationForm)  # noqa: S101 -- for the type checker
        try:
            observation = self.save(form)
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleVersion as stale:
            return changed_meanwhile(self.request, stale.current)
        except InvalidTransition:
            return already_released(self.request, reverse("observations:observation_list"))
        if form.to_release:
            return redirect("observations:observation_release", pk=observation.pk)
        messages.success(self.request, "Saved. Only you can read it")
        return redirect(observation)


class ObservationRecord(KeepsNewDraft, WritePage):
    """One that has taken place without being booked."""

    makes = Observation
    permission_required = Perm.PLAN_OBSERVATION

    def load(self) -> Any:
        return self.visible(Enrolment.objects.select_related("supervisor", "cohort"))

    @property
    def enrolment(self) -> Enrolment:
        found: Enrolment = self.target
        return found

    def get_initial(self) -> dict[str, Any]:
        return {
            "id": self.future_id,
            "kind": asked_kind(self.request, self.enrolment),
            "mode": Observation.Mode.IN_PERSON,
            "areas": [area.pk] if (area := asked_area(self.request, self.enrolment)) else [],
        }

    def save(self, form: ObservationForm) -> Observation:
        return record_observation(
            pk=self.draft_target,
            enrolment=self.enrolment,
            written=form.written,
            areas=list(form.cleaned_data["areas"]),
            by=self.request.user,
            typed=self.typed,
        )


class ObservationEdit(WritePage):
    permission_required = Perm.WRITE_OBSERVATION

    def load(self) -> Any:
        return self.visible(Observation.objects.select_related("enrolment__supervisor", "enrolment__cohort", "wish"))

    @property
    def enrolment(self) -> Enrolment:
        found: Enrolment = self.target.enrolment
        return found

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.target.is_released:
            return redirect(self.target)
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        observation: Observation = self.target
        kept = {name: getattr(observation, name) for name in ("kind", "with_whom", "asked_beforehand", "mode")}
        texts = {name: getattr(observation, name) for name in ("context", "noticed", "strengths", "development_points")}
        seen_on = observation.takes_place_on
        return kept | texts | {
            "version": observation.version,
            "observed_on": seen_on if seen_on and seen_on <= timezone.localdate() else None,
            "areas": [area.pk for area in (observation.areas if observation.version else observation.focus).all()],
        }  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(wish=self.target.asked_focus, **kwargs)

    def save(self, form: ObservationForm) -> Observation:
        return save_observation(
            observation=self.target,
            version=form.cleaned_data["version"] or 0,
            written=form.written,
            areas=list(form.cleaned_data["areas"]),
            by=self.request.user,
            typed=self.typed,
        )
