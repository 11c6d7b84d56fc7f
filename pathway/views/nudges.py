"""The one press on a board."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.views.base import Guarded
from pathway.models import Enrolment
from pathway.permissions import Perm
from pathway.services.nudges import nudge
from pathway.services.rows import Refused


class NudgeNow(Guarded):
    permission_required = Perm.MANAGE_COHORTS
    http_method_names = ["post"]

    def load(self) -> Any:
        return self.visible(Enrolment.objects.select_related("supervisor", "cohort", "organisation"))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = self.target.supervisor.name
        try:
            made = nudge(
                enrolment=self.target,
                about=request.POST.get("about", ""),
                on=timezone.localdate(),
                by=self.request.user,
            )
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, f"{name} gets a friendly word" if made else f"{name} was nudged today already")
        back = request.POST.get("next", "")
        here = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return redirect(back if here else self.target.cohort)
