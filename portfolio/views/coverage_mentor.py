"""What somebody's shared pieces cover, for their mentor, and the mentor's word about an area."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.services.working_copies import UnseenCopy
from accounts.views.base import GuardedForm, GuardedPage
from accounts.views.keeps_draft import KeepsDraft
from accounts.views.saved_meanwhile import saved_meanwhile
from pathway.models import Area, Enrolment
from portfolio.drafts.area_words import AREA_WORD
from portfolio.drafts.area_words import read as read_word
from portfolio.forms.area_word import MentorWordForm
from portfolio.models import AreaWord
from portfolio.permissions import Perm
from portfolio.queries.area_pictures import AreaPicture, mentee_picture, own_words, shared_pieces
from portfolio.queries.statements import shared_statements
from portfolio.services.area_words import StaleWord, give_word, word_id
from portfolio.views.checked_talk import ChecksTalk, names_of
from portfolio.views.coverage import area_in, area_rows, gaps_of
from portfolio.views.lists import PER_PAGE
from portfolio.views.whose_year import OfMentee


class MenteeCoverage(OfMentee, GuardedPage):  # type: ignore[misc]  # the middleware adds to the request
    template_name = "portfolio/mentee_coverage.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, enrolment = timezone.localdate(), self.target

        def url(one: AreaPicture) -> str:
            return reverse("portfolio:mentee_area", args=[enrolment.pk, one.covered.id])

        pictures = mentee_picture(self.request.user, enrolment, today)
        rows = area_rows(pictures, today, url=url, for_mentor=True)
        return super().get_context_data(
            **kwargs,
            enrolment=enrolment,
            rows=rows,
            gaps=gaps_of(rows, enrolment),
            any_pieces=any(one.covered.pieces for one in pictures),
        )


class MenteeArea(ChecksTalk, KeepsDraft, OfMentee, GuardedForm):  # type: ignore[misc]  # the same
    """One area: what was shared about it, and what the mentor thinks, which is looked through before it is given."""

    permission_required = Perm.GIVE_VIEW
    draft_form = AREA_WORD
    template_name = "portfolio/mentee_area.html"
    form_class = MentorWordForm
    area: Area

    def load(self) -> Enrolment:
        enrolment = super().load()
        self.area = area_in(enrolment, self.request.user, self.kwargs["area"])
        return enrolment

    @property
    def checked_thing(self) -> Enrolment:
        year: Enrolment = self.target
        return year

    def known_names(self) -> Sequence[str]:
        return names_of(self.request.user, self.target.supervisor)

    @property
    def draft_target(self) -> uuid.UUID:
        return word_id(self.target.pk, self.area.pk, self.request.user.pk)

    @cached_property
    def word(self) -> AreaWord | None:
        return own_words(self.request.user, self.target).get(self.area.pk)

    def get_initial(self) -> dict[str, Any]:
        word = self.word
        return {"revision": word.revision, "level": word.level, "text": word.text} if word else {"revision": 0}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "name": self.target.supervisor.get_short_name(),
            "cancel_url": self.list_url,
        }

    @property
    def list_url(self) -> str:
        return reverse("portfolio:mentee_coverage", args=[self.target.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pieces = shared_pieces(self.request.user, self.target)
        here = [one for one in pieces if self.area.pk in one.areas]
        statements = shared_statements(self.target, ((one.piece, one.statements) for one in here))
        here.sort(key=lambda one: self.area.pk not in one.best_of)  # the best first, each as recent as before
        page = Paginator(here, PER_PAGE).get_page(self.request.GET.get("page"))
        context: dict[str, Any] = super().get_context_data(
            **kwargs,
            enrolment=self.target,
            area=self.area,
            word=self.word,
            page=page,
            list_url=self.list_url,
            statements=statements.get(self.area.pk, ()),
        )
        return context

    def form_valid(self, form: MentorWordForm) -> HttpResponse:
        try:
            give_word(
                enrolment=self.target,
                area=self.area,
                level=form.cleaned_data["level"],
                text=form.cleaned_data["text"],
                revision=form.cleaned_data["revision"] or 0,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleWord as stale:
            now = stale.current
            saved = {"level": now.level, "text": now.text}
            return saved_meanwhile(self.request, saved=saved, read=read_word, revision=now.revision)
        name = self.target.supervisor.get_short_name()
        messages.success(self.request, f"Given. {name} can read it now.")
        return redirect(self.list_url)
