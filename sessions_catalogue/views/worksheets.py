"""Worksheets: to find, to look back at, to print, and blank for the people one supervises."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from accounts.views.base import Guarded, GuardedPage
from sessions_catalogue import queries_workspace
from sessions_catalogue.models import Worksheet, WorksheetTemplate
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services.worksheets import erase_worksheet, restore_worksheet
from sessions_catalogue.views.opened import who_reads
from sessions_catalogue.views.worksheet_form import OwnYear


class WorksheetList(OwnYear, GuardedPage):  # type: ignore[misc]  # as in GuardedPage
    template_name = "sessions_catalogue/worksheet_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.target.organisation
        mine: dict[uuid.UUID, list[dict[str, Any]]] = {}
        mentor = queries_workspace.mentor_of(self.target)
        for row in queries_workspace.own_worksheets(user, organisation):
            line = {"worksheet": row, "reads": who_reads(row, mentor), "on": queries_workspace.filled_on(row)}
            mine.setdefault(row.template_id, []).append(line)
        sessions: dict[int | None, list[dict[str, Any]]] = {}
        sheets = WorksheetTemplate.objects.visible_to(user).select_related("tool")
        for sheet in sheets.order_by("session_number", "position"):
            sessions.setdefault(sheet.session_number, []).append({"sheet": sheet, "mine": mine.get(sheet.pk, [])})
        thrown_away = Worksheet.objects.visible_to(user).of_author(user).thrown_away().filter(organisation=organisation)
        return super().get_context_data(
            **kwargs,
            sessions=sessions.items(),
            material=queries_workspace.material_of(user, organisation),
            thrown_away=thrown_away.select_related("template").order_by("-discarded_at"),
        )


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
