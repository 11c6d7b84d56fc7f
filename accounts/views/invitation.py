"""Accepting an invitation. Opening the link changes nothing, since mail scanners open links too."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import FormView

from accounts.forms import ConfirmForm, NewPersonForm
from accounts.invitations import invited_by_token, needs_account
from accounts.middleware import ORGANISATION
from accounts.models import Membership
from accounts.services.people import LinkUsed, accept_invitation

GONE = 410


@method_decorator(login_not_required, name="dispatch")
class Invitation(FormView):  # type: ignore[type-arg]  # either of two forms
    """Public: who holds the link reads the mailbox. Joining as somebody with an account takes that account."""

    http_method_names = ["get", "post", "head", "options"]
    template_name = "accounts/invitation.html"
    membership: Membership

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        membership = invited_by_token(self.kwargs["token"])
        if membership is None:
            return self.gone()
        self.membership = membership
        return super().dispatch(request, *args, **kwargs)

    def gone(self) -> HttpResponse:
        return render(self.request, "accounts/invitation_gone.html", status=GONE)

    @property
    def who(self) -> str:
        """Whose turn it is: "new", "sign_in", "invited" (signed in as that person) or "other"."""
        user = self.request.user
        if user.is_authenticated:
            return "invited" if user.pk == self.membership.user_id else "other"
        return "new" if needs_account(self.membership) else "sign_in"

    def get_form_class(self) -> type[BaseForm]:
        return NewPersonForm if self.who == "new" else ConfirmForm

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"user": self.membership.user} if self.who == "new" else {}
        return {**super().get_form_kwargs(), **more}

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.membership.invited_name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            membership=self.membership, who=self.who, sign_in_url=self.sign_in_url, **kwargs
        )

    @property
    def sign_in_url(self) -> str:
        return f"{reverse('account_login')}?{urlencode({'next': self.request.path})}"

    def form_valid(self, form: BaseForm) -> HttpResponse:
        who = self.who
        if who == "other":
            return self.render_to_response(self.get_context_data(form=form), status=403)
        if who == "sign_in":
            return redirect(self.sign_in_url)
        try:
            accept_invitation(
                membership=self.membership,
                by=self.membership.user,
                name=form.cleaned_data.get("name"),
                password=form.cleaned_data.get("password"),
            )
        except LinkUsed:
            return self.gone()
        self.request.session[ORGANISATION] = str(self.membership.organisation_id)
        messages.success(self.request, f"You have joined {self.membership.organisation}")
        if who == "new":
            # Who has just chosen the password is not asked for it again by the next page.
            record_authentication(self.request, self.membership.user, method="password")
            answer: HttpResponse = perform_login(self.request, self.membership.user, redirect_url=reverse("home"))
            return answer
        return redirect("home")
