"""Reading an observation, releasing it, and the supervisor's reflection on it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.services.working_copies import UnseenCopy, copy_for
from accounts.transitions import InvalidTransition
from accounts.views.base import GuardedForm, GuardedPage
from accounts.views.keeps_draft import KeepsDraft, with_draft
from observations.drafts import OBSERVATION, REFLECTION
from observations.forms import ReflectionForm, ReleaseForm
from observations.models import Observation
from observations.permissions import Perm
from observations.services import StaleVersion, reflect_on_observation, release_observation
from observations.transitions import missing_for_release
from observations.views.checks import ChecksReflection, ChecksRelease
from observations.views.refused import already_released


def page_context(observation: Observation, user: Any) -> dict[str, Any]:
    """What each of the pages about one observation shows."""
    areas = list(observation.areas.all()) if observation.version else []
    return {
        "observation": observation,
        "areas": areas,
        "focus": list(observation.focus.all()),
        "wish": observation.asked_focus,
        "supervisor": observation.enrolment.supervisor,
        "is_observer": observation.observer_id == user.pk,
        "missing": [] if observation.is_released else missing_for_release(observation, areas=len(areas)),
    }


def share_words(observation: Any) -> str:
    """The button under a reflection: who will read it. A former mentor no longer does."""
    return f"Share with {observation.observer.get_short_name()}" if observation.observer_is_mentor else "Save"


class ObservationPage(GuardedPage):
    permission_required = Perm.SEE
    template_name = "observations/observation.html"

    def load(self) -> Any:
        return self.visible(
            Observation.objects.with_current_mentor().select_related(
                "enrolment__supervisor", "enrolment__cohort", "observer", "wish"
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | page_context(self.target, self.request.user)
        if self.target.status == Observation.Status.RELEASED and not context["is_observer"]:
            form = ReflectionForm(
                action=reverse("observations:observation_reflect", args=[self.target.pk]),
                button=share_words(self.target),
            )
            with_draft(form, name=REFLECTION, target_id=self.target.pk, request=self.request)
            context["form"] = form
        return context


class ObservationRelease(ChecksRelease, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    permission_required = Perm.RELEASE
    template_name = "observations/observation_release.html"
    form_class = ReleaseForm

    def load(self) -> Any:
        return self.visible(
            Observation.objects.with_current_mentor().select_related(
                "enrolment__supervisor", "enrolment__cohort", "observer", "wish"
            )
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.target.is_released:
            return redirect(self.target)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | page_context(self.target, self.request.user)

    def form_valid(self, form: Form) -> HttpResponse:
        copy = copy_for(author=self.request.user, form=OBSERVATION, target_id=self.target.pk)
        if copy and copy.payload:
            form.add_error(None, "You have typed something since that is not saved. Change the observation first")
            return self.form_invalid(form)
        missing = missing_for_release(self.target, areas=self.target.areas.count())
        if missing:
            for lack in missing:
                form.add_error(None, lack.words)
            return self.form_invalid(form)
        try:
            release_observation(observation=self.target, version=form.cleaned_data["version"], by=self.request.user)
        except StaleVersion:
            form.add_error(None, "It was changed after you opened this page. Read it again, then release it")
            return self.form_invalid(form)
        except InvalidTransition:
            return redirect(self.target)
        messages.success(self.request, f"Released to {self.target.enrolment.supervisor.get_short_name()}")
        return redirect(self.target)


class ObservationReflect(ChecksReflection, KeepsDraft, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    draft_form = REFLECTION
    permission_required = Perm.REFLECT
    template_name = "observations/observation.html"
    form_class = ReflectionForm

    def load(self) -> Any:
        return self.visible(
            Observation.objects.with_current_mentor().select_related(
                "enrolment__supervisor", "enrolment__cohort", "observer", "wish"
            )
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.target)

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"button": share_words(self.target)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | page_context(self.target, self.request.user)

    def form_valid(self, form: Form) -> HttpResponse:
        reflection = form.cleaned_data["reflection"]
        try:
            reflect_on_observation(
                observation=self.target, reflection=reflection, by=self.request.user, typed=self.typed
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except InvalidTransition:
            if self.target.reflection != reflection:
                return already_released(self.request, self.target.get_absolute_url())
            return redirect(self.target)
        messages.success(self.request, "Your reflection is saved beside the observation")
        return redirect(self.target)
