"""One's own account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.forms import AccountForm
from accounts.models import Membership, User
from accounts.permissions import Perm
from accounts.services.profile import RegistrationTaken, update_profile
from accounts.views.base import GuardedForm


class Account(GuardedForm):
    """Open to everybody who is signed in, members of an organisation or not."""

    permission_required = Perm.SIGNED_IN
    template_name = "accounts/account.html"
    form_class = AccountForm
    target: User

    def load(self) -> User:
        return self.request.user

    @property
    def membership(self) -> Membership | None:
        """Mine in the organisation I am in now."""
        here = self.request.organisation
        mine = self.target.live_memberships
        return next((membership for membership in mine if here and membership.organisation_id == here.pk), None)

    def get_initial(self) -> dict[str, Any]:
        membership = self.membership
        return {
            "name": self.target.name,
            "registration_body": membership.registration_body if membership else "",
            "registration_number": membership.registration_number if membership else "",
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "with_registration": self.membership is not None}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(memberships=self.target.live_memberships, **kwargs)

    def form_valid(self, form: AccountForm) -> HttpResponse:
        values = form.cleaned_data
        try:
            update_profile(
                user=self.target,
                membership=self.membership,
                name=values["name"],
                registration_body=values.get("registration_body", ""),
                registration_number=values.get("registration_number", ""),
            )
        except RegistrationTaken:
            words = "This number is recorded for somebody else here. Check it, or ask your organisation admin"
            form.add_error("registration_number", words)
            return self.form_invalid(form)
        messages.success(self.request, "Saved")
        return redirect("accounts:account")
