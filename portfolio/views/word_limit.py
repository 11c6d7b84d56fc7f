"""How long the organisation wants critical reflections to be."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.views.base import GuardedForm
from accounts.views.keeps_draft import in_words_of
from accounts.views.saved_meanwhile import saved_meanwhile
from portfolio.forms.reflection import WordLimitForm
from portfolio.permissions import Perm
from portfolio.queries.reflection import word_limit
from portfolio.services.opening import StaleText
from portfolio.services.reflection import save_word_limit


class WordLimitPage(GuardedForm):
    permission_required = Perm.SET_WORD_LIMIT
    template_name = "portfolio/word_limit.html"
    form_class = WordLimitForm

    def get_initial(self) -> dict[str, Any]:
        limit = word_limit(self.target.pk)
        return {"revision": limit.revision, "fewest": limit.fewest, "most": limit.most}

    def form_valid(self, form: WordLimitForm) -> HttpResponse:
        cleaned = form.cleaned_data
        try:
            save_word_limit(
                organisation=self.target,
                revision=cleaned["revision"] or 0,
                fewest=cleaned["fewest"],
                most=cleaned["most"],
                by=self.request.user,
            )
        except StaleText as stale:
            now = stale.current
            saved = {"fewest": now.fewest, "most": now.most}
            return saved_meanwhile(
                self.request, saved=saved, read=in_words_of(form), sent=cleaned, revision=now.revision
            )
        messages.success(self.request, "Saved. It counts for every piece from now on.")
        return redirect("portfolio:word_limit")
