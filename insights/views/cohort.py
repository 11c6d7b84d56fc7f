"""A cohort on one page: who is where, and who needs a word first; the same rows as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from accounts.permissions import is_ld_lead
from accounts.views.base import Guarded, GuardedPage
from insights.exports import board_as_csv
from insights.forms import BoardForm
from insights.permissions import Perm
from insights.queries.board import BoardRow, arranged, board
from pathway.models import Cohort, Enrolment


class OfCohort(Guarded):
    permission_required = Perm.SEE_BOARD

    def load(self) -> Cohort:
        return self.visible(Cohort.objects.select_related("programme"))  # type: ignore[no-any-return]

    def rows(self, *, lead: User | None = None) -> list[BoardRow]:
        people = Enrolment.objects.visible_to(self.request.user).filter(cohort=self.target, ended_on=None)
        return board(people, timezone.localdate(), lead=lead)


class CohortBoard(OfCohort, GuardedPage):  # type: ignore[misc]  # the middleware adds to the request
    template_name = "insights/cohort.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_lead = is_ld_lead.test(self.request.user, self.target)
        form = BoardForm(self.request.GET)
        show, sort, detail = form.asked()
        everybody = self.rows(lead=self.request.user if is_lead else None)
        return super().get_context_data(
            **kwargs,
            cohort=self.target,
            form=form,
            rows=arranged(everybody, sort, show),
            everybody=len(everybody),
            in_need=sum(bool(row.reason) for row in everybody),
            detail=detail,
            is_lead=is_lead,
        )


class CohortCsv(OfCohort):
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        show, sort, _ = BoardForm(request.GET).asked()
        content = board_as_csv(arranged(self.rows(), sort, show))
        name = f"{slugify(self.target.name) or 'cohort'}-{timezone.localdate()}.csv"
        return HttpResponse(
            content,
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
