"""A cohort of one, with a rolling start."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.models import User
from accounts.views.base import new_id
from pathway.forms.for_one import ForOneForm
from pathway.services.for_one import start_for_one
from pathway.views.cohorts import CohortNew


class CohortForOne(CohortNew):
    form_class = ForOneForm
    template_name = "pathway/cohort_for_one.html"

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"starts_on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        members = User.objects.visible_to(self.request.user).members_of(self.target.pk, on=timezone.localdate())
        return super().get_form_kwargs() | {"people": members.order_by("name", "email")}

    def form_valid(self, form: Any) -> HttpResponse:
        values = {name: form.cleaned_data[name] for name in ("person", "purpose", "programme", "starts_on")}
        cohort = start_for_one(
            pk=new_id(self.request.POST.get("id")),
            organisation=self.target,
            on=timezone.localdate(),
            by=self.request.user,
            **values,
        )
        messages.success(self.request, f"{cohort.name} is made. Lay out its dates, then choose a mentor and publish it")
        return redirect("sessions_catalogue:cohort_sessions_lay_out", cohort.pk)
