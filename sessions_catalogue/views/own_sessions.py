"""An organisation's own sessions: to copy, to write, and to edit block by block."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts.models import WorkingCopy
from accounts.services.rows import SavedMeanwhile
from accounts.services.working_copies import UnseenCopy
from accounts.views.base import Guarded, GuardedForm, GuardedPage
from accounts.views.drafts import time_words
from accounts.views.keeps_draft import ChangesSaved, KeepsNewDraft
from pathway.models import Area
from pathway.services.rows import Refused
from pqs_portal.lib.said import say_at
from pqs_portal.templatetags.portal import short_date
from sessions_catalogue import queries_own
from sessions_catalogue.drafts import OWN_BLOCK, OWN_SESSION
from sessions_catalogue.forms.own_session import BlockForm, ContentForm, NewSessionForm
from sessions_catalogue.layout import MINUTES
from sessions_catalogue.models import ProgrammeSession, SessionBlock
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services import own_sessions


class SessionCopy(GuardedPage):
    """Ask, then copy a supplied session; where there is a copy already, that one is opened."""

    permission_required = Perm.KEEP_CATALOGUE
    template_name = "layouts/confirm.html"
    session: ProgrammeSession

    def load(self) -> Any:
        """The permission is one in the current organisation, which is where the copy goes."""
        organisation = super().load()
        self.session = self.visible(ProgrammeSession.objects.supplied(), number=self.kwargs["number"])
        return organisation

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        there = queries_own.beside(request.user, self.session, self.target).own
        if there:
            return redirect(there.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = f"{self.target.name} gets its own version of “{self.session.title}”, with all its parts, to change as"
        text += " you like. Your people see it in their list of sessions.\n\nThe supplied session stays as it is."
        return super().get_context_data(
            heading="Copy to adapt",
            text=text,
            button="Make our own version",
            cancel_url=self.session.get_absolute_url(),
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        copy, is_new = own_sessions.copy_session(session=self.session, organisation=self.target, by=request.user)
        if not is_new:
            messages.info(request, "You have your own version of this session already")
            return redirect(copy.get_absolute_url())
        messages.success(request, "You have your own version of this session. Change it here")
        return redirect("sessions_catalogue:own_session_edit", pk=copy.pk)


class WithAreas(GuardedForm):
    def areas(self) -> QuerySet[Area]:
        """Of supplied standards and of the organisation's own."""
        organisation = getattr(self.target, "organisation", self.target)
        return queries_own.areas_of(self.request.user, organisation)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"areas": self.areas()}


def content_of(row: ProgrammeSession) -> dict[str, Any]:
    """What the forms for it begin with."""
    fields = {name: getattr(row, name) for name in ("title", "overview", "revision")}
    return {**fields, "area": row.area_id, "aims": "\n".join(row.aims)}


class OwnSessionNew(KeepsNewDraft, ChangesSaved, WithAreas):
    makes = ProgrammeSession
    draft_form = OWN_SESSION
    permission_required = Perm.KEEP_CATALOGUE
    form_class = NewSessionForm
    template_name = "sessions_catalogue/own_form.html"

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": reverse("sessions_catalogue:session_list")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading="Write a session",
            back_url=reverse("sessions_catalogue:session_list"),
            back_label="Sessions",
            **kwargs,
        )

    def as_saved(self, row: ProgrammeSession) -> dict[str, Any]:
        return content_of(row) | {block.kind: block.minutes for block in row.blocks.all()}

    def form_valid(self, form: NewSessionForm) -> HttpResponse:
        try:
            made = own_sessions.write_session(
                pk=self.draft_target,
                organisation=self.target,
                content=form.content(),
                minutes=form.minutes(),
                revision=form.cleaned_data["revision"] or 0,
                typed=self.typed,
                by=self.request.user,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except SavedMeanwhile as stale:
            return self.saved_elsewhere(form, stale.current)
        except Refused as refused:  # it is frozen by now; what was typed stays on the page
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, f"This is session {made.number}. Now say what people do in each part")
        return redirect("sessions_catalogue:own_session_edit", pk=made.pk)


def saved_words(copy: WorkingCopy) -> str:
    return f"{short_date(copy.saved_at)} at {time_words(copy)}"


class OwnPart(Guarded):
    """Something about a session of one's own that may still be changed; else its page says why not."""

    permission_required = Perm.KEEP_CATALOGUE
    request: Any  # what Django's pages call it is narrower
    session: ProgrammeSession

    def load(self) -> Any:
        self.session = self.visible(ProgrammeSession.objects.select_related("organisation"))
        return self.session

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as refused:
            messages.warning(request, self.with_typed(str(refused)))
            return redirect(self.session.get_absolute_url())

    def with_typed(self, why: str) -> str:
        """And where the person reads what they typed: no page has a form for it any more."""
        links = [
            (reverse("accounts:draft_discard", args=[copy.form, copy.target_id]), saved_words(copy))
            for copy in queries_own.typed_on(self.request.user, self.session)
        ]
        if not links:
            return why
        link = '<a class="govuk-notification-banner__link" href="{}">typed on {}</a>'
        return format_html("{}. What you did not save is kept: {}", why, format_html_join(", ", link, links))

    def edit_url(self, place: str = "") -> str:
        return reverse("sessions_catalogue:own_session_edit", args=[self.session.pk]) + (place and f"#{place}")

    def done(self, words: str, place: str = "") -> HttpResponseRedirect:
        say_at(self.request, place, words)
        return HttpResponseRedirect(self.edit_url(place))


class OwnSessionEdit(OwnPart, GuardedPage):
    """The session with what can be done to each part."""

    template_name = "sessions_catalogue/own_session_edit.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own_sessions.refuse_if_frozen(self.session)
        blocks = queries_own.blocks_to_edit(self.session)
        minutes = sum(block.minutes or 0 for block in blocks)
        return super().get_context_data(
            session=self.session, blocks=blocks, minutes=minutes, usual=MINUTES, remark=_remark(minutes), **kwargs
        )


def _remark(minutes: int) -> str:
    """Any length is allowed; what is not the usual one is said."""
    if minutes == MINUTES:
        return ""
    how = "more" if minutes > MINUTES else "fewer"
    return f"{abs(minutes - MINUTES)} {how} than usual, which is fine if you mean it"


class OwnForm(OwnPart, GuardedForm):
    template_name = "sessions_catalogue/own_form.html"
    heading = ""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        own_sessions.refuse_if_frozen(self.session)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": self.edit_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading=self.heading,
            session=self.session,
            back_url=self.edit_url(),
            back_label=self.session.title,
            **kwargs,
        )

    @abstractmethod
    def save(self, form: Any) -> str:
        """Carry it out; returns the place on the page to go back to. Raises Refused."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            place = self.save(form)
        except Refused as refused:  # what was typed stays on the page
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        return self.done("Saved", place)


class ChangesOwn(ChangesSaved):
    """Stands before an ``OwnForm`` for what two leads may be changing."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            saved: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # the page's own
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except SavedMeanwhile as stale:
            return self.saved_elsewhere(form, stale.current)
        return saved


class OwnContentEdit(ChangesOwn, OwnForm, WithAreas):  # type: ignore[misc]  # as in GuardedForm
    form_class = ContentForm
    heading = "Title, overview and aims"
    draft_form = OWN_SESSION

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.session.pk
        return found

    def get_initial(self) -> dict[str, Any]:
        return self.as_saved(self.session)

    def as_saved(self, row: ProgrammeSession) -> dict[str, Any]:
        return content_of(row)

    def save(self, form: ContentForm) -> str:
        own_sessions.change_content(
            session=self.session,
            content=form.content(),
            revision=form.cleaned_data["revision"] or 0,
            typed=self.typed,
            by=self.request.user,
        )
        return ""


class OwnBlockEdit(ChangesOwn, OwnForm):  # type: ignore[misc]  # as in GuardedForm
    form_class = BlockForm
    draft_form = OWN_BLOCK
    block: SessionBlock

    def load(self) -> Any:
        session = super().load()
        self.block = get_object_or_404(session.blocks, kind=self.kwargs["kind"])
        self.heading = self.block.get_kind_display()
        return session

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.block.pk
        return found

    def get_initial(self) -> dict[str, Any]:
        return self.as_saved(self.block)

    def as_saved(self, row: SessionBlock) -> dict[str, Any]:
        return {name: getattr(row, name) for name in ("minutes", "label_note", "revision")}

    def save(self, form: BlockForm) -> str:
        own_sessions.change_block(
            block=self.block,
            minutes=form.cleaned_data["minutes"],
            label_note=form.cleaned_data["label_note"],
            revision=form.cleaned_data["revision"] or 0,
            typed=self.typed,
            by=self.request.user,
        )
        return str(self.block.kind)
