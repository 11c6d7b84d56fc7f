"""What follows a session: what it asks for, by when, how it went, and a piece of evidence from that in one press."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.drafts import Place, together
from accounts.models import User
from accounts.services.working_copies import UnseenCopy
from accounts.views.keeps_draft import KeepsDraft
from accounts.views.saved_meanwhile import saved_meanwhile
from pathway.models import Enrolment
from portfolio import queries
from portfolio.drafts.later import FOLLOW_UP, follow_up_place, read_follow_up
from portfolio.forms.later import FollowUpForm
from portfolio.models import Evidence
from portfolio.queries import sources
from portfolio.services.sources import evidence_of_follow_up
from portfolio.views.own_session import OwnSession
from sessions_catalogue.models import WorkspaceEntry
from sessions_catalogue.services.workspace import StaleEntry, save_follow_up


class FollowUp(KeepsDraft, OwnSession):  # type: ignore[misc]  # as in GuardedForm
    draft_form = FOLLOW_UP
    template_name = "portfolio/follow_up.html"
    form_class = FollowUpForm
    page = "follow_up"
    entry: WorkspaceEntry | None

    def load(self) -> Enrolment:
        enrolment = super().load()
        self.entry = sources.follow_up_entry(self.request.user, enrolment, self.session)
        return enrolment

    @cached_property
    def draft_target(self) -> uuid.UUID:
        return together(self.enrolment.pk, self.session.pk)

    @property
    def draft_place(self) -> Place:
        return follow_up_place(self.enrolment, self.session, self.entry)

    def get_initial(self) -> dict[str, Any]:
        if self.entry is None:
            return {"revision": 0, "done_on": timezone.localdate()}
        return {"revision": self.entry.revision, "text": self.entry.text, "done_on": self.entry.ticked_on}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "is_new": self.entry is None,
            "is_evidence": self.piece is not None,
            "cancel_url": self.session.get_absolute_url(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return super().get_context_data(
            **kwargs,
            entry=self.entry,
            items=sources.follow_up_items(self.session),
            due_on=sources.follow_up_due(self.enrolment, self.session, today),
            today=today,
            piece=self.piece,
            reader=self.reader,
        )

    @cached_property
    def piece(self) -> Evidence | None:
        return sources.piece_made_of(self.request.user, self.entry) if self.entry else None

    @property
    def reader(self) -> User | None:
        """The mentor who reads the note as it was opened to them, from the session's workspace."""
        if self.entry is None or self.entry.shared_with_id is None:
            return None
        mentor = queries.current_mentor(self.enrolment)
        return mentor if mentor and mentor.pk == self.entry.shared_with_id else None

    def form_valid(self, form: FollowUpForm) -> HttpResponse:
        cleaned = form.cleaned_data
        try:
            entry = save_follow_up(
                enrolment=self.enrolment,
                session=self.entry.session if self.entry else self.session,
                text=cleaned["text"],
                done_on=cleaned["done_on"],
                revision=cleaned["revision"] or 0,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleEntry as stale:
            now: WorkspaceEntry = stale.current
            saved = {"text": now.text, "done_on": now.ticked_on}
            return saved_meanwhile(self.request, saved=saved, read=read_follow_up, revision=now.revision)
        if form.makes_evidence:
            return self.make_evidence(entry)
        opened = "What you opened to your mentor has not changed." if entry.shared_with_id else "Only you can read it."
        messages.success(self.request, f"Saved. {opened}")
        return redirect(self.get_success_url())

    def make_evidence(self, entry: WorkspaceEntry) -> HttpResponse:
        area = queries.area_in_year(self.session, self.areas)
        evidence = evidence_of_follow_up(entry=entry, area=area, today=timezone.localdate(), by=self.request.user)
        if entry.evidence_id == evidence.pk:
            messages.info(self.request, "You made evidence of it already. This is the piece.")
        else:
            messages.success(self.request, "It is a piece of evidence now. Only you can read it.")
        return redirect("portfolio:evidence_edit", pk=evidence.pk)
