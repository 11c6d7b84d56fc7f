"""The days an organisation keeps clear of, or is warned about."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.views.base import GuardedForm, GuardedPage, MakesOne, new_id
from sessions_catalogue.forms.period import PeriodForm
from sessions_catalogue.models import CalendarPeriod
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services import periods


class PeriodList(GuardedPage):
    """Those to come, then those that are over."""

    permission_required = Perm.KEEP_PERIODS
    template_name = "sessions_catalogue/period_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        found = list(CalendarPeriod.objects.visible_to(self.request.user).filter(organisation=self.target))
        return super().get_context_data(
            coming=[period for period in found if period.ends_on >= today],
            past=[period for period in reversed(found) if period.ends_on < today],
            **kwargs,
        )


class PeriodNew(MakesOne, GuardedForm):
    permission_required = Perm.KEEP_PERIODS
    template_name = "sessions_catalogue/period_form.html"
    form_class = PeriodForm
    makes = CalendarPeriod
    made_already = "You added these days already"

    def made_url(self, made: CalendarPeriod) -> str:
        return reverse("sessions_catalogue:period_list")

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id, "kind": CalendarPeriod.Kind.CLOSED}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": reverse("sessions_catalogue:period_list")}

    def form_valid(self, form: PeriodForm) -> HttpResponse:
        fields = {name: form.cleaned_data[name] for name in ("kind", "label", "starts_on", "ends_on")}
        made = periods.add_period(
            pk=new_id(self.request.POST.get("id")), organisation=self.target, by=self.request.user, **fields
        )
        messages.success(self.request, f"{made.label} is added")
        return redirect("sessions_catalogue:period_list")


class PeriodRemove(GuardedPage):
    permission_required = Perm.KEEP_PERIODS
    template_name = "layouts/confirm.html"

    def load(self) -> CalendarPeriod:
        found: CalendarPeriod = self.visible(CalendarPeriod.objects)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading=f"Remove {self.target.label}?",
            text="Dates that were laid out around these days stay where they are.",
            button="Remove",
            warning=True,
            cancel_url=reverse("sessions_catalogue:period_list"),
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        periods.remove_period(period=self.target, by=request.user)
        messages.success(request, f"{self.target.label} is removed")
        return redirect("sessions_catalogue:period_list")
