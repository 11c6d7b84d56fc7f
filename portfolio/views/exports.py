"""Asking for a portfolio as PDF, watching it being made, and fetching it after the password was asked again."""

from __future__ import annotations

from functools import partial
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.text import slugify

from accounts.views.base import Guarded, GuardedForm, GuardedPage, MakesOne, new_id
from pathway.models import Enrolment
from portfolio.forms.export import ExportForm, OwnExportForm
from portfolio.models import PortfolioExport
from portfolio.permissions import Perm
from portfolio.services.exports import request_export
from portfolio.tasks import build_export


class ExportList(GuardedPage):
    """Whose portfolio an admin may export, and what the admin has asked for."""

    permission_required = Perm.EXPORT_FOR_PANEL
    template_name = "portfolio/export_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, here = self.request.user, {"organisation": self.target}
        people = Enrolment.objects.overseen_by(user).filter(**here).select_related("supervisor", "cohort")
        return super().get_context_data(
            **kwargs,
            people=people.exclude(cohort__status="draft").order_by("supervisor__name"),
            exports=_newest(PortfolioExport.objects.visible_to(user).filter(**here))[:20],
        )


class MakesExport(MakesOne):
    makes = PortfolioExport
    made_already = "You asked for this PDF already"

    def made_url(self, made: PortfolioExport) -> str:
        return reverse("portfolio:export", args=[made.pk])


class ExportNew(MakesExport, GuardedForm):
    """An admin exports somebody's portfolio: with a reason, since it is not submitted yet."""

    permission_required = Perm.EXPORT_FOR_PANEL
    template_name = "portfolio/export_new.html"
    form_class = ExportForm

    def load(self) -> Enrolment:
        return self.visible(Enrolment.objects.select_related("supervisor", "cohort"))  # type: ignore[no-any-return]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "supervisor": self.target.supervisor, "cancel_url": reverse(LIST)}

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id}

    def form_valid(self, form: ExportForm) -> HttpResponse:
        export = request_export(
            enrolment=self.target,
            reason=form.cleaned_data["reason"],
            export_id=form.cleaned_data["id"],
            by=self.request.user,
        )
        _wake(export)
        return redirect(self.made_url(export))


class OwnExport(MakesExport, GuardedForm):
    """One's own portfolio as PDF, and who else has exported it."""

    permission_required = Perm.EXPORT_OWN
    template_name = "portfolio/own_export.html"
    form_class = OwnExportForm

    def load(self) -> Enrolment:
        mine = Enrolment.objects.of_supervisor(self.request.user).begun().filter(organisation=self.request.organisation)
        found = mine.select_related("supervisor").order_by("-starts_on").first()
        if found is None:
            raise Http404
        return found  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            **kwargs,
            told=_newest(PortfolioExport.objects.told_to(user)),
            exports=_newest(PortfolioExport.objects.visible_to(user).filter(enrolment=self.target))[:20],
        )

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id}

    def form_valid(self, form: OwnExportForm) -> HttpResponse:
        export = request_export(
            enrolment=self.target,
            reason="",
            export_id=new_id(form.cleaned_data["id"]),
            by=self.request.user,
            with_private=form.cleaned_data["with_private"],
        )
        _wake(export)
        return redirect(self.made_url(export))


class Export(GuardedPage):
    """How far one export is."""

    permission_required = Perm.FETCH_EXPORT
    template_name = "portfolio/export.html"

    def load(self) -> PortfolioExport:
        return self.visible(PortfolioExport.objects.select_related("enrolment__supervisor"))  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.target.enrolment.supervisor_id == self.request.user.pk
        back = reverse("portfolio:own_export") if own else reverse(LIST)
        # Asked on the way to a file, one would be left before the question: nothing follows a download.
        asks = get_adapter(self.request).is_reauthentication_required(app="")
        again = f"{reverse('account_reauthenticate')}?{urlencode({REDIRECT_FIELD_NAME: self.request.path})}"
        return super().get_context_data(
            **kwargs, export=self.target, is_own=own, back_url=back, reauthenticate_url=again if asks else ""
        )


class ExportAgain(Guarded):
    """After a failure, or once it was deleted: ask once more, for the same reason."""

    permission_required = Perm.FETCH_EXPORT
    http_method_names = ["post"]

    def load(self) -> PortfolioExport:
        return self.visible(PortfolioExport.objects.select_related("enrolment__supervisor"))  # type: ignore[no-any-return]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        failed: PortfolioExport = self.target
        export = request_export(
            enrolment=failed.enrolment,
            reason=failed.reason,
            export_id=new_id(request.POST.get("id")),
            by=self.request.user,
            with_private=failed.with_private,
        )
        _wake(export)
        messages.success(request, "Trying again" if failed.status == "failed" else "A new one is being made")
        return redirect("portfolio:export", pk=export.pk)


@method_decorator(reauthentication_required, name="dispatch")
class ExportDownload(Guarded):
    permission_required = Perm.FETCH_EXPORT

    def load(self) -> PortfolioExport:
        return self.visible(PortfolioExport.objects.filter(status="done").select_related("enrolment__supervisor"))  # type: ignore[no-any-return]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        export: PortfolioExport = self.target
        kept = " for myself" if export.with_private else ""
        name = slugify(f"portfolio {export.enrolment.supervisor.name} {timezone.localdate(export.finished_at)}{kept}")
        answer = FileResponse(export.file.open("rb"), as_attachment=True, filename=f"{name}.pdf")
        answer.headers["Content-Type"] = "application/pdf"
        answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return answer


LIST = "portfolio:export_list"


def _wake(export: PortfolioExport) -> None:
    """Only a wake-up: while the queue is away, beat finds the row, and the page goes on."""
    transaction.on_commit(partial(build_export.delay, str(export.pk)), robust=True)


def _newest(exports: QuerySet[PortfolioExport]) -> QuerySet[PortfolioExport]:
    return exports.select_related("enrolment__supervisor", "requested_by").order_by("-created_at")
