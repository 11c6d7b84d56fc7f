"""An organisation's own session as a whole: its next version, to stop offering it, to offer it again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.views.base import GuardedPage
from sessions_catalogue.services import own_sessions
from sessions_catalogue.views.own_sessions import OwnPart


class OwnSessionVersion(OwnPart, GuardedPage):
    """Ask, then make the version after one that a cohort works with."""

    template_name = "layouts/confirm.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading="Make a new version",
            text=f"Version {self.session.version + 1} begins as a copy of version {self.session.version}, to change as"
            " you like. New plans use it.\n\nDates that are set already keep the version they have.",
            button="Make the new version",
            cancel_url=self.session.get_absolute_url(),
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        made = own_sessions.next_version(session=self.session, by=request.user)
        messages.success(request, f"This is version {made.version}. Change it here")
        return redirect("sessions_catalogue:own_session_edit", pk=made.pk)


class OwnSessionRetire(OwnPart, GuardedPage):
    template_name = "layouts/confirm.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading=f"Stop offering “{self.session.title}”?",
            text="It leaves the list of sessions and is not offered for new plans. Cohorts that have it keep it, and"
            " you can offer it again.",
            button="Stop offering it",
            cancel_url=self.session.get_absolute_url(),
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        own_sessions.set_retired(session=self.session, retired=True, by=request.user)
        messages.success(request, "It is no longer offered")
        return redirect(self.session.get_absolute_url())


class OwnSessionBringBack(OwnPart):
    http_method_names = ["post"]

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        own_sessions.set_retired(session=self.session, retired=False, by=request.user)
        messages.success(request, "It is offered again")
        return redirect(self.session.get_absolute_url())
