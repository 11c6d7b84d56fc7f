"""The organisation: its contacts, what has been recorded, and moving between several."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.forms import OrganisationForm, RecordFilter
from accounts.middleware import ORGANISATION
from accounts.models import AuditEvent, Organisation
from accounts.permissions import Perm
from accounts.queries import record_lines
from accounts.services.organisations import save_organisation
from accounts.views.base import Guarded, GuardedForm, GuardedPage, as_id

RECORDS_ON_A_PAGE = 50


class OrganisationPage(GuardedForm):
    permission_required = Perm.MANAGE_ORGANISATION
    template_name = "accounts/organisation.html"
    form_class = OrganisationForm
    target: Organisation

    def get_initial(self) -> dict[str, Any]:
        return {field: getattr(self.target, field) for field in OrganisationForm.base_fields}

    def form_valid(self, form: OrganisationForm) -> HttpResponse:
        save_organisation(organisation=self.target, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "Saved")
        return redirect("accounts:organisation")


class OrganisationSwitch(Guarded):
    """Narrows lists and new rows to another of one's organisations; what one may see does not change."""

    permission_required = Perm.SIGNED_IN
    http_method_names = ["post"]
    target: Organisation

    def load(self) -> Organisation:
        if self.request.method != "POST":
            raise Http404
        found: Organisation = self.visible(Organisation.objects, pk=as_id(self.request.POST.get("organisation")))
        return found

    def post(self, request: HttpRequest) -> HttpResponse:
        request.session[ORGANISATION] = str(self.target.pk)
        messages.success(request, f"You are now in {self.target}")
        return redirect("home")


class RecordList(GuardedPage):
    permission_required = Perm.SEE_RECORDS
    template_name = "accounts/record_list.html"
    target: Organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        search = RecordFilter(self.request.GET)
        category = search.cleaned_data["category"] if search.is_valid() else ""
        records = AuditEvent.objects.visible_to(self.request.user).filter(organisation=self.target)
        if category:
            records = records.filter(category=category)
        page = Paginator(records.order_by("-at", "pk"), RECORDS_ON_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page,
            search=RecordFilter(initial={"category": category}),
            lines=record_lines(page.object_list, user=self.request.user, organisation=self.target),
            **kwargs,
        )
