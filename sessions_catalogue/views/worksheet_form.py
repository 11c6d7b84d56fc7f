"""Filling in a worksheet, for the first time or again."""

from __future__ import annotations

import datetime as dt
import uuid
from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.services.working_copies import UnseenCopy
from accounts.views.base import Guarded, GuardedForm
from accounts.views.keeps_draft import KeepsDraft, KeepsNewDraft
from accounts.views.saved_meanwhile import saved_meanwhile
from pathway.models import Enrolment
from sessions_catalogue import queries_workspace
from sessions_catalogue.drafts import read_worksheet
from sessions_catalogue.forms.worksheets import WorksheetForm
from sessions_catalogue.models import Worksheet, WorksheetTemplate
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services.worksheets import WORKSHEET, NotYours, save_worksheet
from sessions_catalogue.services.workspace import StaleEntry


class OwnYear(Guarded):
    """Something of one's own year in the current organisation; 404 for those who have none."""

    permission_required = Perm.KEEP_WORKSPACE

    def load(self) -> Enrolment:
        organisation = self.request.organisation
        enrolment = queries_workspace.own_enrolment(self.request.user, organisation) if organisation else None
        if enrolment is None:
            raise Http404
        return enrolment


class WriteWorksheet(KeepsDraft, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    """What the form for a new one and the one for a change have in common."""

    draft_form = WORKSHEET
    permission_required = Perm.KEEP_WORKSPACE
    template_name = "sessions_catalogue/worksheet_form.html"
    form_class = WorksheetForm

    @property
    @abstractmethod
    def sheet(self) -> WorksheetTemplate:
        """The template whose questions the form asks."""

    @property
    @abstractmethod
    def enrolment(self) -> Enrolment:
        """The year that the answers belong to."""

    def cancel_url(self) -> str:
        return reverse("sessions_catalogue:worksheet_list")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "sheet": self.sheet, "cancel_url": self.cancel_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, sheet=self.sheet, cancel_url=self.cancel_url())

    def form_valid(self, form: WorksheetForm) -> HttpResponse:
        try:
            worksheet = save_worksheet(
                pk=self.draft_target,
                enrolment=self.enrolment,
                template=self.sheet,
                about=form.cleaned_data.get("about", ""),
                answers=form.answers(),
                revision=form.cleaned_data["revision"],
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleEntry as stale:
            return self.saved_meanwhile(stale.current)
        except NotYours:
            raise Http404 from None
        opened = "Your mentor goes on reading what you opened." if worksheet.shared_with_id else "Only you can read it."
        messages.success(self.request, f"Saved. {opened}")
        return redirect(worksheet)

    def saved_meanwhile(self, current: Worksheet) -> HttpResponse:
        return saved_meanwhile(
            self.request,
            saved=as_saved(current, self.sheet),
            read=lambda payload: read_worksheet(payload | {"sheet_key": [self.sheet.key]}),
            revision=current.revision,
            action=reverse("sessions_catalogue:worksheet_edit", args=[current.pk]),
        )


def as_saved(worksheet: Worksheet, sheet: WorksheetTemplate) -> dict[str, Any]:
    """What the form begins with."""
    dates = {field["key"] for field in sheet.fields if field["kind"] == "date"}
    answers = {
        key: dt.date.fromisoformat(value) if key in dates and value else value
        for key, value in worksheet.answers.items()
    }
    return {**answers, "about": worksheet.about, "revision": worksheet.revision}


class WorksheetNew(KeepsNewDraft, OwnYear, WriteWorksheet):
    makes = Worksheet

    def load(self) -> Enrolment:
        _ = self.sheet  # a worksheet that there is not is not found
        return super().load()

    @cached_property
    def sheet(self) -> WorksheetTemplate:
        found: WorksheetTemplate = self.visible(WorksheetTemplate.objects, key=self.kwargs["key"])
        return found

    @property
    def enrolment(self) -> Enrolment:
        found: Enrolment = self.target
        return found

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id, "revision": 0, "about": self.request.GET.get("about", "")[:100]}


class WorksheetEdit(WriteWorksheet):
    def load(self) -> Worksheet:
        found: Worksheet = self.visible(Worksheet.objects.kept().select_related("template", "enrolment__cohort"))
        return found

    @property
    def sheet(self) -> WorksheetTemplate:
        found: WorksheetTemplate = self.target.template
        return found

    @property
    def enrolment(self) -> Enrolment:
        found: Enrolment = self.target.enrolment
        return found

    @property
    def draft_target(self) -> uuid.UUID:
        pk: uuid.UUID = self.target.pk
        return pk

    def cancel_url(self) -> str:
        address: str = self.target.get_absolute_url()
        return address

    def get_initial(self) -> dict[str, Any]:
        return as_saved(self.target, self.sheet)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, worksheet=self.target)
