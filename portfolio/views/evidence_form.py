"""Writing a piece. Whatever goes wrong, what was typed and chosen comes back, files included."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.drafts import Place, as_posted
from accounts.services.working_copies import UnseenCopy
from accounts.views.base import GuardedForm, MakesOne, new_id
from accounts.views.keeps_draft import KeepsDraft
from pathway.models import Enrolment
from portfolio import queries
from portfolio.drafts.evidence import EVIDENCE, NEW_EVIDENCE, begun_evidence, read_evidence
from portfolio.forms.evidence import ADD_AREA, SHOW_KIND, SUGGEST, EvidenceForm
from portfolio.models import Attachment, Evidence
from portfolio.permissions import Perm
from portfolio.queries.sources import Source, piece_made_of, source_of
from portfolio.services.attachments import receive
from portfolio.services.evidence import NotYours, StaleVersion, save_evidence
from portfolio.services.sources import log_evidence_from
from portfolio.views.whose_year import own_year
from pqs_portal.lib.differences import pairs
from pqs_portal.lib.drafts import Begun, Refused, payload_of
from pqs_portal.lib.text import as_uuid
from sessions_catalogue.models import ProgrammeSession


class WriteEvidence(KeepsDraft, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    """What the form for a new piece and the one for a change have in common."""

    draft_form = EVIDENCE

    permission_required = Perm.WRITE_EVIDENCE
    template_name = "portfolio/evidence_form.html"
    form_class = EvidenceForm

    @property
    @abstractmethod
    def enrolment(self) -> Enrolment:
        """Whose piece it is; a new one and a saved one find it differently."""

    def cancel_url(self) -> str:
        return reverse("portfolio:evidence_list")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "areas": queries.areas_of(self.enrolment),
            "waiting": Attachment.objects.unclaimed().visible_to(self.request.user),
            "target": self.draft_target,
            "own_tags": queries.own_tags(self.request.user, self.enrolment.organisation_id),
            "cancel_url": self.cancel_url(),
        }

    def get_form(self, form_class: Any = None) -> EvidenceForm:
        form: EvidenceForm = super().get_form(form_class)
        form.find_kept()  # a draft may name files
        return form

    @property
    @abstractmethod
    def about_session(self) -> ProgrammeSession | None:
        """Where the piece comes from: its area is likely."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        form, session = context["form"], self.about_session
        area_id = session.area_id if session else None
        return context | {"session_area": area_id or "", "suggestions": form.suggestions(area_id)}

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if any(name in request.POST for name in (SHOW_KIND, SUGGEST, ADD_AREA)):
            form = self.get_form()
            form.help_out()
            form.carry(self.store_files(form))
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def store_files(self, form: EvidenceForm) -> list[Attachment]:
        """The good files of a form that could not be saved: nobody has to choose them again."""
        return receive(files=form.checked_files, organisation_id=self.enrolment.organisation_id, by=self.request.user)

    def form_invalid(self, form: EvidenceForm) -> HttpResponse:
        form.carry(self.store_files(form))
        return super().form_invalid(form)

    def unseen(self, form: EvidenceForm, unseen: UnseenCopy) -> HttpResponse:
        form.carry(self.store_files(form))
        return super().unseen(form, unseen)

    def conflict(self, form: EvidenceForm, current: Evidence) -> HttpResponse:
        """Both texts side by side: saving again keeps what was typed, leaving keeps what is saved."""
        form.carry(self.store_files(form), version=current.version)
        form.action = reverse("portfolio:evidence_edit", args=[current.pk])
        form.cancel_url = ""
        now = queries.own_views([current])[0]
        sent: Any = form.data
        files = {"kept": sent.getlist("kept")}  # they are added to those that are there
        theirs = read_evidence(as_posted(as_saved(current, now) | files))
        context = self.get_context_data(form=form, evidence=current, current=now)
        try:
            context["differences"] = pairs(theirs, read_evidence(payload_of(sent)))
        except Refused:  # too much to compare
            context["current_in_words"] = theirs
        return self.render_to_response(context, status=409, template_name="portfolio/evidence_conflict.html")

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        template = kwargs.pop("template_name", self.template_name)
        return self.response_class(request=self.request, template=[template], context=context, **kwargs)


def as_saved(piece: Evidence, saved: queries.EvidenceView) -> dict[str, Any]:
    """What the form of it begins with."""
    return {
        "version": saved.version,
        "kind": saved.kind,
        "tags": piece.tags,
        "title": saved.title,
        "body": saved.body,
        "happened_on": saved.happened_on,
        "areas": [str(area.pk) for area, _ in saved.mappings],
        "statements": [str(row.pk) for rows in saved.statements.values() for row in rows],
        **{f"why_{area.number}": rationale for area, rationale in saved.mappings},
    }


class EvidenceNew(MakesOne, WriteEvidence):
    """A new piece; ``?session=4`` (or the id of an organisation's own) brings the session's area along, ``?from=`` a
    text of one's own, ``?area=`` that area."""

    makes = Evidence
    # The text of one's own that the address names.
    source: Source | None

    def load(self) -> Enrolment:
        enrolment = own_year(self)
        named = self.request.GET.get("from", "")
        self.source = source_of(self.request.user, enrolment, named) if named else None
        # What was written is saved even if the text that it began from was thrown away meanwhile.
        if named and self.source is None and self.request.method != "POST":
            raise Http404
        return enrolment

    @property
    def enrolment(self) -> Enrolment:
        found: Enrolment = self.target
        return found

    @cached_property
    def draft_target(self) -> uuid.UUID:
        return new_id(self.request.POST.get("id")) if self.request.method == "POST" else self.future_id

    @cached_property
    def draft_place(self) -> Place | None:
        # Asked for, the page knows whose year it is and that its id is free.
        is_asked_for = self.request.method != "POST"
        of = self.enrolment.organisation_id
        return NEW_EVIDENCE.place(of, self.draft_target) if is_asked_for else super().draft_place

    def begun_elsewhere(self) -> list[Begun]:
        return begun_evidence(self.request.user, self.enrolment, besides=self.draft_target)

    @cached_property
    def session(self) -> ProgrammeSession | None:
        named = self.request.GET.get("session", "")
        if not named:
            return self.source.session if self.source else None
        sessions = ProgrammeSession.objects.select_related("area")
        if named.isdecimal() and len(named) <= 4:
            found: ProgrammeSession = self.visible(sessions.supplied(), number=int(named))
            return found
        pk = as_uuid(named)
        if pk is None:
            raise Http404
        own: ProgrammeSession = self.visible(sessions, pk=pk, organisation=self.enrolment.organisation_id)
        return own

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        piece = piece_made_of(request.user, self.source.row) if self.source else None
        if piece is None:
            return super().get(request, *args, **kwargs)
        messages.info(request, "You made evidence of it already. This is the piece.")
        return redirect(piece)

    @property
    def about_session(self) -> ProgrammeSession | None:
        return self.session

    @property
    def likely_kind(self) -> str:
        """As the address says, else by where one comes from."""
        named: str = self.request.GET.get("kind", "")
        if named in Evidence.Kind.values:
            return named
        if self.source:
            return self.source.kind
        return Evidence.Kind.SESSION if self.session else Evidence.Kind.PLAIN

    def get_initial(self) -> dict[str, Any]:
        source, session = self.source, self.session
        named = as_uuid(self.request.GET.get("area", ""))
        area = source.area_id if source else session.area_id if session else named
        return {
            "id": self.future_id,
            "kind": self.likely_kind,
            "title": source.title if source else "",
            "body": source.body if source else "",
            "happened_on": (source.happened_on if source else None) or timezone.localdate(),
            "areas": [str(area)] if area else [],
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, session=self.session)

    def form_valid(self, form: EvidenceForm) -> HttpResponse:
        try:
            evidence = log_evidence_from(
                source=self.source,
                pk=self.draft_target,
                enrolment=self.enrolment,
                content=form.content,
                session=self.session,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleVersion as stale:
            return self.conflict(form, stale.current)
        except NotYours:
            raise Http404 from None
        messages.success(self.request, "Saved. Only you can read it.")
        return redirect(evidence)


class EvidenceEdit(WriteEvidence):
    def load(self) -> Evidence:
        found: Evidence = self.visible(Evidence.objects.kept().with_people().select_related("session"))
        return found

    @property
    def enrolment(self) -> Enrolment:
        found: Enrolment = self.target.enrolment
        return found

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    @property
    def about_session(self) -> ProgrammeSession | None:
        found: ProgrammeSession | None = self.target.session
        return found

    @cached_property
    def saved(self) -> queries.EvidenceView:
        return queries.own_views([self.target])[0]

    def cancel_url(self) -> str:
        return self.saved.url

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "rationales": {area.pk: rationale for area, rationale in self.saved.mappings},
        }

    def get_initial(self) -> dict[str, Any]:
        return as_saved(self.target, self.saved)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"evidence": self.target, "saved": self.saved} | kwargs)

    def form_valid(self, form: EvidenceForm) -> HttpResponse:
        try:
            evidence = save_evidence(
                evidence=self.target,
                version=form.cleaned_data["version"] or 0,
                content=form.content,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleVersion as stale:
            return self.conflict(form, stale.current)
        messages.success(
            self.request,
            "Saved. What others can read has not changed." if evidence.is_shared else "Saved. Only you can read it.",
        )
        return redirect(evidence)
