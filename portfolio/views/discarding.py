"""Throwing a piece away, and bringing it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.views.base import Guarded
from portfolio.models import Evidence
from portfolio.permissions import Perm
from portfolio.services.sharing import discard_evidence, restore_evidence
from portfolio.views.sharing import Confirmed


class EvidenceDiscard(Confirmed):
    heading = "Throw this piece away?"
    text = "It goes into your bin, and nobody else can read it any more. You can bring it back; it is then yours alone."
    button = "Throw it away"
    done = "It is in your bin."
    warning = True

    def act(self) -> None:
        discard_evidence(evidence=self.target, by=self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        super().post(request, *args, **kwargs)
        return redirect("portfolio:evidence_list")


class EvidenceRestore(Guarded):
    permission_required = Perm.WRITE_EVIDENCE

    def load(self) -> Evidence:
        found: Evidence = self.visible(Evidence.objects.thrown_away().with_people())
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        evidence = restore_evidence(evidence=self.target, by=self.request.user)
        messages.success(request, "It is back. Only you can read it.")
        return redirect(evidence)
