"""Giving and ending roles and memberships, each a page of its own with one POST."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.forms import ConfirmForm, EndForm, RoleForm
from accounts.models import Membership, RoleGrant
from accounts.permissions import Perm
from accounts.services import profile
from accounts.services.people import LinkUsed, resend_invitation
from accounts.services.roles import end_membership, end_role, give_role
from accounts.transitions import GuardRefused
from accounts.views.base import GuardedForm


class PersonStep(GuardedForm):
    """One thing done to a person of the organisation by an admin."""

    permission_required = Perm.MANAGE_PEOPLE
    template_name = "layouts/confirm.html"
    target: Membership
    heading = ""
    text = ""
    button = ""
    warning = False

    def load(self) -> Membership:
        found: Membership = self.visible(Membership.objects.select_related("user", "organisation"))
        return found

    def words(self) -> dict[str, str]:
        return {"name": self.target.display_name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.words()
        return super().get_context_data(
            person=self.target,
            heading=self.heading.format(**words),
            text=self.text.format(**words),
            button=self.button,
            warning=self.warning,
            cancel_url=self.target.get_absolute_url(),
            **kwargs,
        )

    def done(self, message: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect(self.target)


class RoleGive(PersonStep):
    template_name = "accounts/role_give.html"
    form_class = RoleForm
    heading = "Give {name} a role"

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "cancel_url": self.target.get_absolute_url()}

    def form_valid(self, form: RoleForm) -> HttpResponse:
        try:
            grant = give_role(membership=self.target, by=self.request.user, **form.cleaned_data)
        except GuardRefused as refused:
            form.add_error("role", str(refused))
            return self.form_invalid(form)
        return self.done(f"{self.target.display_name}: {grant.get_role_display()}")


class RoleEnd(PersonStep):
    form_class = EndForm
    heading = "End a role of {name}"
    text = "Role: {role}. From the day you give, {name} can no longer do what it allows."
    button = "End the role"
    warning = True
    grant: RoleGrant

    def load(self) -> Membership:
        membership = super().load()
        grant = membership.role_grants.filter(pk=self.kwargs["grant"]).first()
        if grant is None or grant.has_ended(timezone.localdate()):
            raise Http404
        self.grant = grant
        return membership

    def words(self) -> dict[str, str]:
        return {**super().words(), "role": self.grant.get_role_display()}

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": timezone.localdate()}

    def form_valid(self, form: EndForm) -> HttpResponse:
        try:
            end_role(grant=self.grant, ends_on=form.cleaned_data["ends_on"], by=self.request.user)
        except GuardRefused as refused:
            form.add_error("ends_on", str(refused))
            return self.form_invalid(form)
        return self.done("The role ends on the day you gave")


class MembershipEnd(PersonStep):
    form_class = EndForm
    heading = "End the membership of {name}"
    text = (
        "From the day you give, {name} no longer sees anything of your organisation, and every role ends. "
        "What they wrote stays where it is."
    )
    button = "End the membership"
    warning = True

    def get_initial(self) -> dict[str, Any]:
        return {"ends_on": timezone.localdate()}

    def form_valid(self, form: EndForm) -> HttpResponse:
        try:
            end_membership(membership=self.target, ends_on=form.cleaned_data["ends_on"], by=self.request.user)
        except GuardRefused as refused:
            form.add_error("ends_on", str(refused))
            return self.form_invalid(form)
        return self.done(f"The membership of {self.target.display_name} ends on the day you gave")


class InvitationResend(PersonStep):
    form_class = ConfirmForm
    heading = "Send {name} the invitation again"
    text = "A new link goes out by e-mail. The former one stops working."
    button = "Send again"

    def load(self) -> Membership:
        membership = super().load()
        if membership.status != Membership.Status.INVITED or membership.has_ended(timezone.localdate()):
            raise Http404
        return membership

    def form_valid(self, form: ConfirmForm) -> HttpResponse:
        try:
            sent = resend_invitation(membership=self.target, by=self.request.user)
        except LinkUsed:
            return self.done(f"{self.target.display_name} has answered the invitation meanwhile")
        name = self.target.invited_name
        return self.done(f"Invitation sent to {name}" if sent else f"{name} has just been sent an invitation")


class SecondFactorReset(PersonStep):
    form_class = ConfirmForm
    heading = "Reset the second step at sign-in of {name}"
    text = (
        "For somebody who has lost their phone and their recovery codes. Make sure that it is really {name} who asks, "
        "by telephone or face to face.\n\n{name} is signed out everywhere, is told who did this, and sets up the "
        "second step again after signing in with the password."
    )
    button = "Reset"
    warning = True

    def load(self) -> Membership:
        membership = super().load()
        if not membership.is_live(timezone.localdate()):
            raise Http404
        return membership

    def form_valid(self, form: ConfirmForm) -> HttpResponse:
        name = self.target.display_name
        if profile.reset_second_factor(membership=self.target, by=self.request.user):
            return self.done(f"The second step of {name} has been reset")
        return self.done(f"{name} has not set up a second step, so there was nothing to reset")
