"""A reader closes a piece at once, because somebody can be recognised in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.views.base import GuardedForm
from portfolio.forms.taking_out import SendBackForm
from portfolio.models import Evidence
from portfolio.permissions import Perm
from portfolio.services.taking_out import send_back


class EvidenceSendBack(GuardedForm):
    permission_required = Perm.SEND_BACK
    template_name = "portfolio/evidence_send_back.html"
    form_class = SendBackForm

    def load(self) -> Evidence:
        found: Evidence = self.visible(Evidence.objects.kept().with_people())
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "cancel_url": self.target.get_absolute_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        writer = self.target.enrolment.supervisor
        return super().get_context_data(**kwargs, evidence=self.target, owner=writer)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        send_back(evidence=self.target, reason=form.cleaned_data["reason"], by=self.request.user)
        writer = self.target.enrolment.supervisor.get_short_name()
        messages.success(self.request, f"Nobody but {writer} can read it now. {writer} is told.")
        return redirect("portfolio:mentee_evidence", pk=self.target.enrolment_id)
