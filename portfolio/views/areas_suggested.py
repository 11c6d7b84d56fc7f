"""Areas for the form of a piece while it is typed; nothing is kept and nothing else is read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portfolio import queries
from portfolio.suggest import suggested
from portfolio.views.own_piece import OwnPiece
from pqs_portal.lib.text import as_uuid


class AreasSuggested(OwnPiece):
    """The part of the form's page with the areas to accept."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        posted = request.POST
        suggestions = suggested(
            queries.areas_of(self.enrolment),
            text=f"{posted.get('title', '')} {posted.get('body', '')}",
            kind=posted.get("kind", ""),
            session_area=as_uuid(posted.get("session_area", "")),
            chosen=[pk for pk in map(as_uuid, posted.getlist("areas")) if pk],
        )
        return render(request, "portfolio/partials/areas_suggested.html", {"suggestions": suggestions})
