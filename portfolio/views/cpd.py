"""Records for a regulator: the list by registration year, one to copy, writing it, saying that it is submitted."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.services.working_copies import UnseenCopy
from accounts.views.base import Guarded, GuardedForm, GuardedPage
from accounts.views.keeps_draft import KeepsDraft, KeepsNewDraft, in_words_of
from accounts.views.saved_meanwhile import saved_meanwhile
from pathway.models import Enrolment
from portfolio.drafts.cpd import CPD, LABELS
from portfolio.forms.cpd import CpdForm
from portfolio.models import CpdRecord
from portfolio.permissions import Perm
from portfolio.queries import cpd as queries
from portfolio.services import cpd as services
from portfolio.services.evidence import NotYours
from portfolio.services.opening import StaleText
from portfolio.views.lists import PER_PAGE, OwnPage
from portfolio.views.whose_year import own_year

LIST = "portfolio:cpd_list"
PUT_AWAY = "put_away"


class CpdList(OwnPage):
    """The newest first; ``?show=put_away`` those put away."""

    template_name = "portfolio/cpd_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.target.organisation_id
        is_put_away = self.request.GET.get("show") == PUT_AWAY
        mine = CpdRecord.objects.visible_to(user).filter(organisation=organisation)
        rows = mine.put_away() if is_put_away else mine.kept()
        with_swe = queries.is_with_swe(user, organisation)
        page = Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            **kwargs,
            with_swe=with_swe,
            unfinished={row.pk for row in page if queries.unanswered(row, with_swe=with_swe)},
            says_no_body=queries.says_no_body(user, organisation),
            year=queries.year_tally(user, organisation, timezone.localdate()) if with_swe else None,
            is_put_away=is_put_away,
            any_put_away=is_put_away or mine.put_away().exists(),
            page=page,
        )


class OfRecord(Guarded):
    """One of one's own records, put away or not."""

    permission_required = Perm.WRITE_EVIDENCE

    def load(self) -> CpdRecord:
        found: CpdRecord = self.visible(CpdRecord.objects.with_enrolment())
        return found

    @property
    def with_swe(self) -> bool:
        return queries.is_with_swe(self.request.user, self.target.organisation_id)


class CpdPage(OfRecord, GuardedPage):  # type: ignore[misc]  # as in GuardedPage
    """Ready to copy, under each question; and what can be done with it."""

    template_name = "portfolio/cpd_record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record, user = self.target, self.request.user
        known = queries.known_peers(record.enrolment, timezone.localdate())
        invitations = queries.invitations_of(user, record)
        return super().get_context_data(
            **kwargs,
            record=record,
            with_swe=self.with_swe,
            answers=queries.answers(record, with_swe=self.with_swe),
            left=queries.unanswered(record, with_swe=self.with_swe),
            not_yet=[("not_yet", "1")],
            invitations=[{"row": row, "called": called(row, known)} for row in invitations],
        )


def called(invitation: Any, known: Any) -> str:
    """The name of somebody one knows or who has answered; else no more than the address one entered."""
    is_named = invitation.answer or invitation.peer in known
    return str(invitation.peer.name if is_named else invitation.peer.email)


class CpdFile(OfRecord):
    """The same as a text file, for wherever it is needed."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record = self.target
        name = f"cpd-{record.happened_on:%Y-%m-%d}.txt"
        return HttpResponse(
            queries.as_file(record, with_swe=self.with_swe),
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class WriteCpd(GuardedForm):
    permission_required = Perm.WRITE_EVIDENCE
    template_name = "portfolio/cpd_form.html"
    form_class = CpdForm
    draft_form = CPD

    @property
    def with_swe(self) -> bool:
        return queries.is_with_swe(self.request.user, self.target.organisation_id)

    def cancel_url(self) -> str:
        return reverse(LIST)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "with_swe": self.with_swe, "cancel_url": self.cancel_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(with_swe=self.with_swe, **kwargs)

    def stale(self, form: CpdForm, stale: StaleText) -> HttpResponse:
        """Both texts; sending again counts from what is saved now."""
        now: CpdRecord = stale.current
        if now.discarded_at is not None:
            messages.info(self.request, "You put this record away meanwhile. Bring it back to go on with it.")
            return redirect(now)
        saved = {name: getattr(now, name) for name in LABELS if name in form.fields}
        action = reverse("portfolio:cpd_edit", args=[now.pk])
        read = in_words_of(form)
        return saved_meanwhile(self.request, saved=saved, read=read, revision=now.revision, action=action)


class CpdNew(KeepsNewDraft, WriteCpd):
    """``?from=evidence:<id>`` brings the piece's own words along; the record then keeps its own."""

    makes = CpdRecord

    # What the piece that the address names lends.
    beginning: queries.Beginning | None

    def load(self) -> Enrolment:
        enrolment = own_year(self)
        named = self.request.GET.get("from", "")
        self.beginning = queries.beginning_of(self.request.user, enrolment, named) if named else None
        # What was written is saved even if the piece that it began from was thrown away meanwhile.
        if named and self.beginning is None and self.request.method != "POST":
            raise Http404
        return enrolment

    def get_initial(self) -> dict[str, Any]:
        begun = self.beginning
        if begun is None:
            return {"id": self.future_id, "happened_on": timezone.localdate()}
        return {
            "id": self.future_id,
            "title": begun.title,
            "activity": begun.activity,
            "what_and_why": begun.what_and_why,
            "happened_on": begun.happened_on or timezone.localdate(),
            "learnt": begun.learnt,
            "impact": begun.impact,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        earlier = queries.made_already(self.request.user, self.beginning)
        return super().get_context_data(beginning=self.beginning, earlier=earlier, **kwargs)

    def form_valid(self, form: CpdForm) -> HttpResponse:
        begun = self.beginning
        try:
            record = services.write_record(
                pk=self.draft_target,
                enrolment=self.target,
                answers=form.answers,
                made_from=begun.made_from if begun else CpdRecord.MadeFrom.NOTHING,
                made_from_id=begun.made_from_id if begun else None,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleText as stale:
            return self.stale(form, stale)
        except NotYours:
            raise Http404 from None
        messages.success(self.request, "Saved. Only you can read it.")
        return redirect(record)


class CpdEdit(KeepsDraft, WriteCpd):  # type: ignore[misc]  # as in GuardedForm
    def load(self) -> CpdRecord:
        found: CpdRecord = self.visible(CpdRecord.objects.kept().with_enrolment())
        return found

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    def cancel_url(self) -> str:
        url: str = self.target.get_absolute_url()
        return url

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.target, name) for name in CpdForm.base_fields if name != "id"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.target, **kwargs)

    def form_valid(self, form: CpdForm) -> HttpResponse:
        try:
            record = services.save_record(
                record=self.target,
                revision=form.cleaned_data["revision"] or 0,
                answers=form.answers,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleText as stale:
            return self.stale(form, stale)
        messages.success(self.request, "Saved. Only you can read it.")
        return redirect(record)


class OnRecord(OfRecord):
    """A button on the record's page."""

    http_method_names = ["post"]


class CpdSubmitted(OnRecord):
    """Only the person can put it on their regulator's site, and only they say so. ``not_yet`` takes it back."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        on = None if "not_yet" in request.POST else timezone.localdate()
        try:
            services.say_submitted(record=self.target, on=on, by=self.request.user, with_swe=self.with_swe)
        except services.Unanswered as reason:
            messages.error(request, str(reason))
            return redirect(self.target)
        messages.success(request, "It counts as submitted." if on else "It counts as not submitted yet.")
        return redirect(self.target)


class CpdPutAway(OnRecord):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        services.put_away(record=self.target, by=self.request.user)
        messages.success(request, "It is put away. You can bring it back.")
        return redirect(LIST)


class CpdBringBack(OnRecord):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        services.bring_back(record=self.target, by=self.request.user)
        messages.success(request, "It is back among your records.")
        return redirect(self.target)
