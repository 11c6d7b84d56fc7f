"""Writing a piece. Whatever goes wrong, what was typed and chosen comes back, files included."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.views.base import GuardedForm, MakesOne, new_id
from pathway.models import Enrolment
from portfolio import queries
from portfolio.forms.evidence import EvidenceForm
from portfolio.models import Attachment, Evidence
from portfolio.permissions import Perm
from portfolio.services.attachments import receive
from portfolio.services.evidence import NotYours, StaleVersion, log_evidence, save_evidence
from sessions_catalogue.models import ProgrammeSession


class WriteEvidence(GuardedForm):
    """What the form for a new piece and the one for a change have in common."""

    permission_required = Perm.WRITE_EVIDENCE
    template_name = "portfolio/evidence_form.html"
    form_class = EvidenceForm

    @property
    def enrolment(self) -> Enrolment:
        """Whose piece it is; a new one and a saved one find it differently."""
        raise NotImplementedError

    def cancel_url(self) -> str:
        return reverse("portfolio:evidence_list")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "areas": queries.areas_of(self.enrolment),
            "waiting": Attachment.objects.unclaimed().visible_to(self.request.user),
            "cancel_url": self.cancel_url(),
        }

    def store_files(self, form: EvidenceForm) -> list[Attachment]:
        """The good files of a form that could not be saved: nobody has to choose them again."""
        return receive(files=form.checked_files, organisation_id=self.enrolment.organisation_id, by=self.request.user)

    def form_invalid(self, form: EvidenceForm) -> HttpResponse:
        form.carry(self.store_files(form))
        return super().form_invalid(form)

    def conflict(self, form: EvidenceForm, current: Evidence) -> HttpResponse:
        """Both texts side by side: saving again keeps what was typed, leaving keeps what is saved."""
        form.carry(self.store_files(form), version=current.version)
        form.action = reverse("portfolio:evidence_edit", args=[current.pk])
        form.cancel_url = ""
        context = self.get_context_data(form=form, evidence=current, current=queries.own_views([current])[0])
        return self.render_to_response(context, status=409, template_name="portfolio/evidence_conflict.html")

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        template = kwargs.pop("template_name", self.template_name)
        return self.response_class(request=self.request, template=[template], context=context, **kwargs)


class EvidenceNew(MakesOne, WriteEvidence):
    """A new piece; ``?session=4`` brings the session's area along."""

    makes = Evidence

    def load(self) -> Enrolment:
        organisation = self.request.organisation
        enrolment = queries.own_enrolment(self.request.user, organisation) if organisation else None
        if enrolment is None:
            raise Http404
        return enrolment

    @property
    def enrolment(self) -> Enrolment:
        found: Enrolment = self.target
        return found

    @cached_property
    def session(self) -> ProgrammeSession | None:
        number = self.request.GET.get("session", "")
        if not number:
            return None
        if not number.isdecimal() or len(number) > 4:
            raise Http404
        found = ProgrammeSession.objects.visible_to(self.request.user).filter(number=int(number))
        session: ProgrammeSession | None = found.select_related("area").order_by("-version").first()
        if session is None:
            raise Http404
        return session

    def get_initial(self) -> dict[str, Any]:
        session = self.session
        areas = [str(session.area_id)] if session and session.area_id else []
        return {"id": self.future_id, "happened_on": timezone.localdate(), "areas": areas}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, session=self.session)

    def form_valid(self, form: EvidenceForm) -> HttpResponse:
        try:
            evidence = log_evidence(
                pk=form.cleaned_data["id"] or new_id(None),
                enrolment=self.enrolment,
                content=form.content,
                session=self.session,
                by=self.request.user,
            )
        except StaleVersion as stale:
            return self.conflict(form, stale.current)
        except NotYours:
            raise Http404 from None
        messages.success(self.request, "Saved. Only you can read it.")
        return redirect(evidence)


class EvidenceEdit(WriteEvidence):
    def load(self) -> Evidence:
        found: Evidence = self.visible(Evidence.objects.kept().with_people())
        return found

    @property
    def enrolment(self) -> Enrolment:
        found: Enrolment = self.target.enrolment
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
        saved = self.saved
        return {
            "version": saved.version,
            "title": saved.title,
            "body": saved.body,
            "happened_on": saved.happened_on,
            "areas": [str(area.pk) for area, _ in saved.mappings],
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"evidence": self.target, "saved": self.saved} | kwargs)

    def form_valid(self, form: EvidenceForm) -> HttpResponse:
        try:
            evidence = save_evidence(
                evidence=self.target,
                version=form.cleaned_data["version"] or 0,
                content=form.content,
                by=self.request.user,
            )
        except StaleVersion as stale:
            return self.conflict(form, stale.current)
        messages.success(
            self.request,
            "Saved. What others can read has not changed." if evidence.is_shared else "Saved. Only you can read it.",
        )
        return redirect(evidence)
