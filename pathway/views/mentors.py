"""The organisation's mentors: who may mentor, until when, and how many people they have."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.views.base import Guarded, GuardedForm, GuardedPage, MakesOne, new_id
from pathway.forms.mentor import FIELDS, MentorForm
from pathway.models import MentorRecord
from pathway.permissions import Perm
from pathway.services import mentors
from pathway.services.rows import Refused


class MentorList(GuardedPage):
    permission_required = Perm.MANAGE_MENTORS
    template_name = "pathway/mentor_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        records = MentorRecord.objects.visible_to(self.request.user).filter(organisation=self.target)
        return super().get_context_data(
            records=records.with_load().order_by(F("retired_on").asc(nulls_first=True), "mentor__name"), **kwargs
        )


class MentorFormPage(GuardedForm):
    permission_required = Perm.MANAGE_MENTORS
    form_class = MentorForm
    template_name = "pathway/mentor_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": reverse("pathway:mentor_list")}


class MentorNew(MakesOne, MentorFormPage):
    makes = MentorRecord

    def made_url(self, made: MentorRecord) -> str:
        return reverse("pathway:mentor_edit", args=[made.pk])

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id, "capacity": 2}

    def get_form_kwargs(self) -> dict[str, Any]:
        user, organisation = self.request.user, self.target
        made = new_id(self.request.POST.get("id"))
        known = MentorRecord.objects.visible_to(user).filter(organisation=organisation).exclude(pk=made)
        members = User.objects.visible_to(user).members_of(organisation.pk, on=timezone.localdate())
        people = members.exclude(pk__in=known.values("mentor")).order_by("name", "email")
        return super().get_form_kwargs() | {"people": people}

    def form_valid(self, form: MentorForm) -> HttpResponse:
        try:
            row = mentors.add_mentor(
                pk=new_id(self.request.POST.get("id")),
                organisation=self.target,
                mentor=form.cleaned_data["mentor"],
                facts=form.facts(),
                on=timezone.localdate(),
                by=self.request.user,
            )
        except Refused as refused:
            form.add_error("mentor", str(refused))
            return self.form_invalid(form)
        messages.success(self.request, f"{row.mentor.name} is on the list of mentors")
        return redirect("pathway:mentor_list")


class MentorEdit(MentorFormPage):
    def load(self) -> Any:
        return self.visible(MentorRecord.objects.with_load())

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.target, name) for name in FIELDS}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.target, **kwargs)

    def form_valid(self, form: MentorForm) -> HttpResponse:
        mentors.change_mentor(record=self.target, facts=form.facts(), on=timezone.localdate(), by=self.request.user)
        messages.success(self.request, f"{self.target.mentor.name}: saved")
        return redirect("pathway:mentor_list")


class MentorStep(Guarded):
    permission_required = Perm.MANAGE_MENTORS
    http_method_names = ["post"]

    def load(self) -> Any:
        return self.visible(MentorRecord.objects.select_related("mentor"))

    @abstractmethod
    def step(self) -> str:
        """Carry it out; returns what to say."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        messages.success(request, self.step())
        return redirect("pathway:mentor_list")


class MentorRetire(MentorStep):
    def step(self) -> str:
        mentors.retire_mentor(record=self.target, on=timezone.localdate(), by=self.request.user)
        return f"{self.target.mentor.name} is no longer proposed. The people they have stay with them"


class MentorReturn(MentorStep):
    def step(self) -> str:
        mentors.return_mentor(record=self.target, by=self.request.user)
        return f"{self.target.mentor.name} is proposed again"
