"""What the pages that record a step have in common: a file once chosen stays chosen when the form is refused."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.utils import timezone

from accounts.models import User
from accounts.views.base import GuardedForm
from pathway.forms.step import StepForm
from pqs_portal.lib.uploads import CheckedFile

KEEP_FOR = dt.timedelta(hours=24)


def keep(user: User, checked: CheckedFile) -> str:
    """Hold the file for its person alone until the form is sent again; it goes by itself if it never is."""
    token = uuid.uuid4().hex
    cache.set(f"step-file:{user.pk}:{token}", checked, KEEP_FOR.total_seconds())
    return token


def kept(user: User, token: str | None) -> CheckedFile | None:
    found: CheckedFile | None = cache.get(f"step-file:{user.pk}:{token[:40]}") if token and token.isalnum() else None
    return found


class WithStepForm(GuardedForm):
    form_class = StepForm

    def get_initial(self) -> dict[str, Any]:
        return {"done_on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kept": kept(self.request.user, self.request.POST.get("kept"))}

    def form_invalid(self, form: StepForm) -> HttpResponse:
        checked = form.cleaned_data.get("file")
        if checked:
            form.remember(checked, keep(self.request.user, checked))
        return super().form_invalid(form)
