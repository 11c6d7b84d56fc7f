"""The levels that the organisation's self-assessments are written in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.views.base import GuardedForm
from accounts.views.keeps_draft import in_words_of
from accounts.views.saved_meanwhile import saved_meanwhile
from portfolio.forms.self_assessment import LevelWordsForm
from portfolio.models import AssessmentScale
from portfolio.permissions import Perm
from portfolio.queries.self_assessment import scale_words
from portfolio.services.self_assessment import StaleAssessment, save_scale


class ScaleForm(GuardedForm):
    permission_required = Perm.SET_SCALE
    template_name = "portfolio/scale.html"
    form_class = LevelWordsForm

    def get_initial(self) -> dict[str, Any]:
        row = AssessmentScale.objects.visible_to(self.request.user).filter(organisation=self.target).first()
        return {"revision": row.revision if row else 0, "words": "\n".join(scale_words(self.target))}

    def form_valid(self, form: LevelWordsForm) -> HttpResponse:
        try:
            save_scale(
                organisation=self.target,
                revision=form.cleaned_data["revision"] or 0,
                words=form.cleaned_data["words"],
                by=self.request.user,
            )
        except StaleAssessment as stale:
            now: Any = stale.current
            saved = {"words": "\n".join(now.words)}
            return saved_meanwhile(self.request, saved=saved, read=in_words_of(form), revision=now.revision)
        messages.success(self.request, "Saved. What was begun keeps the levels it was begun with.")
        return redirect("portfolio:scale")
