"""Cohorts: the list, a new one, its name and start, publishing and closing."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.transitions import GuardRefused, InvalidTransition
from accounts.views.base import GuardedForm, GuardedPage, MakesOne, new_id
from pathway.forms.cohort import CohortForm
from pathway.models import Cohort, Enrolment, Programme
from pathway.permissions import Perm
from pathway.services import cohorts
from pathway.services.rows import Refused

FIELDS = ("name", "programme", "starts_on", "places")


class CohortList(GuardedPage):
    permission_required = Perm.SEE_COHORTS
    template_name = "pathway/cohort_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Cohort.objects.visible_to(self.request.user).filter(organisation=self.target).with_people_count()
        return super().get_context_data(
            cohorts=found.select_related("programme").order_by("-starts_on", "name"),
            may_manage=self.request.user.has_perm(Perm.MANAGE_COHORTS, self.target),
            **kwargs,
        )


class CohortFormPage(GuardedForm):
    permission_required = Perm.MANAGE_COHORTS
    form_class: type[Form] = CohortForm
    template_name = "pathway/cohort_form.html"

    def programmes(self) -> Any:
        """The newest version of each series; a cohort already on an older one may stay on it."""
        organisation_id = getattr(self.target, "organisation_id", self.target.pk)
        offered = Programme.objects.visible_to(self.request.user).offered_in(organisation_id)
        return offered.newest_or(getattr(self.target, "programme_id", None)).order_by("-organisation", "title")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"programmes": self.programmes(), "cancel_url": self.cancel_url()}

    def cancel_url(self) -> str:
        return reverse("pathway:cohort_list")


class CohortNew(MakesOne, CohortFormPage):
    makes = Cohort

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id, "programme": self.programmes().first()}

    def form_valid(self, form: Any) -> HttpResponse:
        fields = {**form.cleaned_data, "pk": new_id(self.request.POST.get("id"))}
        fields.pop("id")
        cohort = cohorts.create_cohort(organisation=self.target, by=self.request.user, **fields)
        messages.success(self.request, f"{cohort.name} is made. Lay out its dates, then add its people")
        return redirect("sessions_catalogue:cohort_sessions_lay_out", cohort.pk)


class CohortEdit(CohortFormPage):
    def load(self) -> Any:
        return self.visible(Cohort.objects.select_related("programme"))

    def cancel_url(self) -> str:
        return reverse("pathway:cohort_people", args=[self.target.pk])

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.target, name) for name in FIELDS}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cohort=self.target, **kwargs)

    def form_valid(self, form: CohortForm) -> HttpResponse:
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        try:
            cohorts.change_cohort(cohort=self.target, by=self.request.user, **fields)
        except Refused as refused:
            form.add_error("programme", str(refused))
            return self.form_invalid(form)
        messages.success(self.request, "Saved")
        return redirect("pathway:cohort_people", self.target.pk)


class CohortMove(GuardedPage):
    """Ask, then move the cohort to its next status."""

    permission_required = Perm.MANAGE_COHORTS
    template_name = "pathway/cohort_confirm.html"

    def load(self) -> Any:
        return self.visible(Cohort.objects.with_people_count())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel_url = reverse("pathway:cohort_people", args=[self.target.pk])
        return super().get_context_data(cohort=self.target, cancel_url=cancel_url, **self.words(), **kwargs)

    @abstractmethod
    def why_not(self) -> str:
        """What stands in the way before it is even asked, or nothing."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reason = self.why_not()
        if reason:
            messages.info(request, reason)
            return redirect("pathway:cohort_people", self.target.pk)
        return super().get(request, *args, **kwargs)

    @abstractmethod
    def words(self) -> dict[str, Any]:
        """What the page asks and says; each move has its own."""

    @abstractmethod
    def move(self) -> str:
        """Carry it out; returns what to say."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.move())
        except GuardRefused as refused:
            messages.warning(request, str(refused))
        except InvalidTransition:
            messages.info(request, f"{self.target.name} was moved on already")
        return redirect("pathway:cohort_people", self.target.pk)


class CohortPublish(CohortMove):
    def why_not(self) -> str:
        if self.target.status != Cohort.Status.DRAFT:
            return f"{self.target.name} is published already"
        return "" if self.target.people else "Add at least one person, then publish"

    def words(self) -> dict[str, Any]:
        people = Enrolment.objects.visible_to(self.request.user).filter(cohort=self.target, ended_on=None)
        found = people.with_people().order_by("supervisor__name")
        return {
            "heading": f"Publish {self.target.name}?",
            "button": "Publish the cohort",
            "people": found,
            "alone": [person for person in found if person.kind == "pathway" and not person.current_mentor],
            "is_under_way": self.target.starts_on < timezone.localdate(),
        }

    def move(self) -> str:
        cohorts.publish_cohort(cohort=self.target, by=self.request.user)
        return f"{self.target.name} is published. Its people can see their year now"


class CohortClose(CohortMove):
    def why_not(self) -> str:
        return "" if self.target.status == Cohort.Status.PUBLISHED else f"{self.target.name} is not running"

    def words(self) -> dict[str, Any]:
        return {"heading": f"Close {self.target.name}?", "button": "Close the cohort", "is_closing": True}

    def move(self) -> str:
        cohorts.close_cohort(cohort=self.target, by=self.request.user)
        return f"{self.target.name} is closed"
