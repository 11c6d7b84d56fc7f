"""How pages look to the one who reads them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.forms import ComfortForm
from accounts.models import User
from accounts.permissions import Perm
from accounts.services.profile import set_comfort
from accounts.views.base import GuardedForm


class Comfort(GuardedForm):
    """Open to everybody who is signed in. ``show`` tries a choice on this page without saving it."""

    permission_required = Perm.SIGNED_IN
    template_name = "accounts/comfort.html"
    form_class = ComfortForm
    target: User

    def load(self) -> User:
        return self.request.user

    def get_initial(self) -> dict[str, Any]:
        user = self.target
        return {"font": user.font, "text_size": user.text_size, "spacing": user.spacing, "tint": user.tint}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "cancel_url": reverse("accounts:account")}

    def form_valid(self, form: ComfortForm) -> HttpResponse:
        if "show" in self.request.POST:
            for name, value in form.cleaned_data.items():
                setattr(self.request.user, name, value)  # for this answer alone: base.html reads it from there
            return self.render_to_response(self.get_context_data(form=form, is_shown=True))
        set_comfort(user=self.target, **form.cleaned_data)
        messages.success(self.request, "Saved. Every page reads like this from now on, and so does your own PDF.")
        return redirect("accounts:comfort")
