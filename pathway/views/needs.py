"""What somebody needs to take part, in their own words."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.services.rows import SavedMeanwhile
from accounts.services.working_copies import UnseenCopy
from accounts.views.base import GuardedForm
from accounts.views.keeps_draft import ChangesSaved
from pathway.forms.needs import NeedsForm
from pathway.models import Enrolment, ParticipationNeed
from pathway.permissions import Perm
from pathway.services.needs import NEEDS, save_needs
from pathway.services.rows import Refused


class Needs(ChangesSaved, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    permission_required = Perm.WRITE_NEEDS
    form_class = NeedsForm
    template_name = "pathway/needs.html"
    draft_form = NEEDS

    def load(self) -> Any:
        return self.visible(Enrolment.objects.select_related("cohort", "organisation"))

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    def get_initial(self) -> dict[str, Any]:
        rows = ParticipationNeed.objects.visible_to(self.request.user)
        return self.as_saved(rows.filter(enrolment=self.target).first())

    def as_saved(self, row: ParticipationNeed | None) -> dict[str, Any]:
        if row is None:
            return {"text": "", "id": None, "revision": 0}
        return {"text": row.text, "id": row.pk, "revision": row.revision}

    def saved_elsewhere(self, form: Any, current: ParticipationNeed | None) -> HttpResponse:
        form.data = form.data.copy()
        form.data["id"] = str(current.pk) if current else ""
        return super().saved_elsewhere(form, current)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(enrolment=self.target, **kwargs)

    def form_valid(self, form: NeedsForm) -> HttpResponse:
        text, revision = form.cleaned_data["text"], form.cleaned_data["revision"] or 0
        try:
            save_needs(
                enrolment=self.target,
                text=text,
                pk=form.cleaned_data["id"],
                revision=revision,
                typed=self.typed,
                by=self.request.user,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except SavedMeanwhile as stale:
            return self.saved_elsewhere(form, stale.current)
        except Refused as refused:
            form.add_error("text", str(refused))
            return self.form_invalid(form)
        messages.success(self.request, "Saved" if text.strip() else "Nothing is kept about what you need")
        return redirect("insights:pathway")
