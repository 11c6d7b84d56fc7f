"""Asking a colleague to talk about something learnt, and their answer. They read nothing of the record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import User
from accounts.views.base import Guarded, GuardedForm, GuardedPage
from portfolio.forms.cpd import PeerForm
from portfolio.models import CpdRecord, PeerInvitation
from portfolio.permissions import Perm
from portfolio.queries.cpd import known_peers
from portfolio.services.peers import NobodyHere, answer_invitation, colleague, invite_peer, withdraw_invitation

Answer = PeerInvitation.Answer


class PeerInvite(GuardedForm):
    permission_required = Perm.WRITE_EVIDENCE
    template_name = "portfolio/peer_invite.html"
    form_class = PeerForm

    def load(self) -> CpdRecord:
        found: CpdRecord = self.visible(CpdRecord.objects.kept().with_enrolment())
        return found

    @cached_property
    def known(self) -> dict[User, str]:
        """Who stands beside the year and was not asked yet."""
        standing = PeerInvitation.objects.visible_to(self.request.user).filter(record=self.target).not_withdrawn()
        asked = set(standing.values_list("peer", flat=True))
        known = known_peers(self.target.enrolment, timezone.localdate())
        return {person: role for person, role in known.items() if person.pk not in asked}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "known": self.known, "cancel_url": self.target.get_absolute_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.target, **kwargs)

    def form_valid(self, form: PeerForm) -> HttpResponse:
        record, me = self.target, self.request.user
        try:
            email = form.cleaned_data["email"]
            peer = form.chosen or colleague(record=record, email=email, today=timezone.localdate())
            invite_peer(record=record, peer=peer, by=me)
        except NobodyHere:
            words = "No colleague of yours signs in here with that address. Check it, or ask them yourself"
            form.add_error("email", words)
            return self.form_invalid(form)
        messages.success(self.request, "They are asked. They read nothing of the record.")
        return redirect(record)


class PeerAnswer(GuardedPage):
    """For whoever is asked: who would like to talk, and nothing of what about."""

    permission_required = Perm.ANSWER_PEER
    template_name = "portfolio/peer_invitation.html"

    def load(self) -> PeerInvitation:
        found: PeerInvitation = self.visible(PeerInvitation.objects.with_people())
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asker = self.target.record.enrolment.supervisor
        return super().get_context_data(**kwargs, invitation=self.target, asker=asker)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = Answer.YES if "yes" in request.POST else Answer.NO
        answer_invitation(invitation=self.target, answer=answer, by=self.request.user)
        name = self.target.record.enrolment.supervisor.get_short_name()
        messages.success(request, f"{name} is told.")
        return redirect("portfolio:peer_invitation", pk=self.target.pk)


class PeerWithdraw(Guarded):
    permission_required = Perm.WRITE_EVIDENCE
    http_method_names = ["post"]

    def load(self) -> CpdRecord:
        self.invitation: PeerInvitation = self.visible(PeerInvitation.objects.with_people())
        record: CpdRecord = self.invitation.record
        return record

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        withdraw_invitation(invitation=self.invitation, by=self.request.user)
        messages.success(request, "They are no longer asked.")
        return redirect(self.target)
