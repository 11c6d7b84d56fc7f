"""Of which areas the organisation says that their statements are all there."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.views.base import Guarded, GuardedPage
from pathway.models import Area, Standard, StatementSet
from pathway.permissions import Perm
from pathway.services.statement_sets import mark_complete, unmark
from pqs_portal.lib.said import say_at


class StatementSets(GuardedPage):
    permission_required = Perm.MANAGE_PROGRAMMES
    template_name = "pathway/statement_sets.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        sets = StatementSet.objects.visible_to(user).filter(organisation=self.target).select_related("marked_by")
        marked = {row.area_id: row for row in sets}
        areas = Area.objects.visible_to(user).prefetch_related("statements")
        standards = Standard.objects.visible_to(user).offered_in(self.target.pk).order_by("title", "-version")
        return super().get_context_data(
            **kwargs,
            standards=[
                {"standard": standard, "areas": [{"area": area, "marked": marked.get(area.pk)} for area in rows]}
                for standard in standards.prefetch_related(Prefetch("areas", areas))
                if (rows := standard.areas.all())
            ],
        )


class StatementSetMark(Guarded):
    """Mark an area of a standard, or take the mark off, for the organisation that the person works in now."""

    permission_required = Perm.MANAGE_PROGRAMMES
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        offered = Standard.objects.visible_to(self.request.user).offered_in(self.target.pk)
        with_statements = (
            Area.objects.visible_to(self.request.user).filter(standard__in=offered).exclude(statements=None)
        )
        area = self.visible(with_statements.distinct())
        anchor = f"area-{area.pk}"
        if request.POST.get("mark") == "no":
            unmark(organisation=self.target, area=area, by=self.request.user)
            say_at(request, anchor, f"Area {area.number} is no longer marked. What was chosen stays stored.")
        else:
            mark_complete(organisation=self.target, area=area, by=self.request.user)
            say_at(request, anchor, f"Area {area.number} is marked as complete.")
        return redirect(f"{reverse('pathway:statement_sets')}#{anchor}")
