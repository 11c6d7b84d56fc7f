"""Worksheets: to fill in, to look back at, to print, and blank for the people one supervises."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import User
from accounts.views.base import Guarded, GuardedForm, GuardedPage, MakesOne, new_id
from pathway.models import Enrolment
from pqs_portal.lib.posted import posted_fields
from sessions_catalogue import queries_workspace
from sessions_catalogue.forms.worksheets import WorksheetForm
from sessions_catalogue.models import Worksheet, WorksheetTemplate
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services.worksheets import NotYours, erase_worksheet, restore_worksheet, save_worksheet
from sessions_catalogue.services.workspace import StaleEntry
from sessions_catalogue.views.opened import who_reads


class OwnYear(Guarded):
    """Something of one's own year in the current organisation; 404 for those who have none."""

    permission_required = Perm.KEEP_WORKSPACE

    def load(self) -> Enrolment:
        organisation = self.request.organisation
        enrolment = queries_workspace.own_enrolment(self.request.user, organisation) if organisation else None
        if enrolment is None:
            raise Http404
        return enrolment


class WorksheetList(OwnYear, GuardedPage):
    template_name = "sessions_catalogue/worksheet_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.target.organisation
        mine: dict[uuid.UUID, list[dict[str, Any]]] = {}
        mentor = queries_workspace.mentor_of(self.target)
        for row in queries_workspace.own_worksheets(user, organisation):
            mine.setdefault(row.template_id, []).append({"worksheet": row, "reads": who_reads(row, mentor)})
        sessions: dict[int | None, list[dict[str, Any]]] = {}
        sheets = WorksheetTemplate.objects.visible_to(user).select_related("tool")
        for sheet in sheets.order_by("session_number", "position"):
            sessions.setdefault(sheet.session_number, []).append({"sheet": sheet, "mine": mine.get(sheet.pk, [])})
        thrown_away = Worksheet.objects.of_author(user).thrown_away().filter(organisation=organisation)
        return super().get_context_data(
            **kwargs,
            sessions=sessions.items(),
            material=queries_workspace.material_of(user, organisation),
            thrown_away=thrown_away.select_related("template").order_by("-discarded_at"),
        )


class WriteWorksheet(GuardedForm):
    """What the form for a new one and the one for a change have in common."""

    permission_required = Perm.KEEP_WORKSPACE
    template_name = "sessions_catalogue/worksheet_form.html"
    form_class = WorksheetForm

    @property
    def sheet(self) -> WorksheetTemplate:
        raise NotImplementedError

    @property
    def enrolment(self) -> Enrolment:
        raise NotImplementedError

    def pk_of(self, form: WorksheetForm) -> uuid.UUID:
        raise NotImplementedError

    def cancel_url(self) -> str:
        return reverse("sessions_catalogue:worksheet_list")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "sheet": self.sheet, "cancel_url": self.cancel_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, sheet=self.sheet, cancel_url=self.cancel_url())

    def form_valid(self, form: WorksheetForm) -> HttpResponse:
        try:
            worksheet = save_worksheet(
                pk=self.pk_of(form),
                enrolment=self.enrolment,
                template=self.sheet,
                about=form.cleaned_data.get("about", ""),
                answers=form.answers(),
                revision=form.cleaned_data["revision"],
                by=self.request.user,
            )
        except StaleEntry as stale:
            return self.saved_meanwhile(stale.current)
        except NotYours:
            raise Http404 from None
        messages.success(self.request, "Saved. Only you can read what you wrote now.")
        return redirect(worksheet)

    def saved_meanwhile(self, current: Worksheet) -> HttpResponse:
        """Both fillings on the one page for it; sending again counts from what is saved now."""
        fields = [
            (name, str(current.revision) if name == "revision" else value)
            for name, value in posted_fields(self.request.POST)
        ]
        groups = queries_workspace.answer_groups(self.sheet, current.answers)
        saved = [(answer.label, answer.value) for group in groups for answer in group.answers]
        context = {
            "fields": fields,
            "current": [("What it is about", current.about), *saved],
            "action": reverse("sessions_catalogue:worksheet_edit", args=[current.pk]),
            "reason": "stale",
            "signed_in": True,
            "file_names": [],
        }
        return render(self.request, "layouts/resubmit.html", context, status=409)


class WorksheetNew(MakesOne, OwnYear, WriteWorksheet):
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

    def pk_of(self, form: WorksheetForm) -> uuid.UUID:
        return form.cleaned_data["id"] or new_id(None)

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

    def pk_of(self, form: WorksheetForm) -> uuid.UUID:
        pk: uuid.UUID = self.target.pk
        return pk

    def cancel_url(self) -> str:
        address: str = self.target.get_absolute_url()
        return address

    def get_initial(self) -> dict[str, Any]:
        dates = {field["key"] for field in self.sheet.fields if field["kind"] == "date"}
        answers = {
            key: dt.date.fromisoformat(value) if key in dates and value else value
            for key, value in self.target.answers.items()
        }
        return {**answers, "about": self.target.about, "revision": self.target.revision}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, worksheet=self.target)


class WorksheetPage(GuardedPage):
    """For its writer as it is, for the mentor as it was when it was opened to them."""

    permission_required = Perm.READ_OPENED
    template_name = "sessions_catalogue/worksheet.html"

    def load(self) -> Worksheet:
        people = ("template__tool", "enrolment__cohort", "enrolment__supervisor", "shared_with")
        found: Worksheet = self.visible(Worksheet.objects.kept().select_related(*people))
        return found

    @property
    def is_owner(self) -> bool:
        is_own: bool = self.target.enrolment.supervisor_id == self.request.user.pk
        return is_own

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row: Worksheet = self.target
        about, answers = (row.about, row.answers) if self.is_owner else (row.shared_about, row.shared_answers)
        mentor: User | None = queries_workspace.mentor_of(row.enrolment) if self.is_owner else None
        return super().get_context_data(
            **kwargs,
            worksheet=row,
            sheet=row.template,
            about=about,
            groups=queries_workspace.answer_groups(row.template, answers),
            is_owner=self.is_owner,
            owner=row.enrolment.supervisor,
            mentor=mentor,
            reads=who_reads(row, mentor) if self.is_owner else {},
            growth=queries_workspace.growth(row, self.request.user) if self.is_owner else None,
        )


class WorksheetPrint(WorksheetPage):
    template_name = "sessions_catalogue/worksheet_print.html"


class WorksheetBlank(GuardedPage):
    """To hand out: readable by every member, and free to copy for the people they supervise."""

    permission_required = Perm.READ_CATALOGUE
    template_name = "sessions_catalogue/worksheet_blank.html"

    def load(self) -> WorksheetTemplate:
        found: WorksheetTemplate = self.visible(
            WorksheetTemplate.objects.select_related("tool"), key=self.kwargs["key"]
        )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = [{"key": "", "title": "", "text": ""}, *self.target.groups]
        parts = [
            {**group, "fields": [field for field in self.target.fields if field.get("group", "") == group["key"]]}
            for group in groups
        ]
        return super().get_context_data(**kwargs, sheet=self.target, parts=[part for part in parts if part["fields"]])


class WorksheetErase(Guarded):
    """One press: those about who somebody is are gone for good, others are thrown away and can be brought back."""

    permission_required = Perm.KEEP_WORKSPACE

    def load(self) -> Worksheet:
        found: Worksheet = self.visible(Worksheet.objects.kept().select_related("template", "enrolment__cohort"))
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_personal = self.target.template.is_personal
        erase_worksheet(worksheet=self.target, by=self.request.user)
        messages.success(
            request, "It is gone for good." if is_personal else "It is thrown away. You can bring it back."
        )
        return redirect("sessions_catalogue:worksheet_list")


class WorksheetRestore(Guarded):
    permission_required = Perm.KEEP_WORKSPACE

    def load(self) -> Worksheet:
        found: Worksheet = self.visible(Worksheet.objects.thrown_away().select_related("template", "enrolment__cohort"))
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        worksheet = restore_worksheet(worksheet=self.target, by=self.request.user)
        messages.success(request, "It is back. Only you can read it.")
        return redirect(worksheet)
