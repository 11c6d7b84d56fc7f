"""One delivery as whoever runs it sees it: date, place, run-sheet, names, register, access needs, and nothing else.

Each page is there twice: for members, who are asked for their right, and for guests, whose link is their right.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView, View

from accounts.models import User
from accounts.permissions import Perm as AccountsPerm
from accounts.views.base import Guarded, GuardedPage
from pathway.models import Cohort
from sessions_catalogue.models import Facilitation, ScheduledSession
from sessions_catalogue.permissions import Perm
from sessions_catalogue.queries_attendance import RegisterLine, count_lines, needs_at, register_of
from sessions_catalogue.services.attendance import can_take_register
from sessions_catalogue.services.facilitation import guest_by_token

GONE = 410


@dataclass(frozen=True)
class Links:
    """Where the pages of a delivery are for whoever looks."""

    delivery: str
    register: str
    run_sheet: str


class OfDelivery:
    """What both kinds of page know."""

    scheduled: ScheduledSession
    guest: Facilitation | None = None
    # Whether whoever looks prepares the cohort.
    prepares = False

    def lines(self) -> list[RegisterLine]:
        """Who comes; nobody else hears of that before the cohort is published."""
        if self.scheduled.cohort.status == Cohort.Status.DRAFT and not self.prepares:
            return []
        return register_of(self.scheduled)

    @property
    def links(self) -> Links:
        name, pk = ("guest_", self.kwargs["token"]) if self.guest else ("", self.scheduled.pk)  # type: ignore[attr-defined]  # a view's
        return Links(
            *(reverse(f"sessions_catalogue:{name}{page}", args=[pk]) for page in ("delivery", "register", "run_sheet"))
        )

    @property
    def today(self) -> dt.date:
        return timezone.localdate()

    def about(self) -> dict[str, Any]:
        return {
            "scheduled": self.scheduled,
            "session": self.scheduled.session,
            "guest": self.guest,
            "links": self.links,
            "can_mark": can_take_register(self.scheduled, self.today),
            "been": self.scheduled.ends_at <= timezone.now(),
        }


class MembersDelivery(OfDelivery, Guarded):
    """For the facilitators of the delivery and L&D."""

    permission_required = Perm.RUN_DELIVERY

    @property
    def prepares(self) -> bool:  # type: ignore[override]  # of a guest it is known
        return self.request.user.has_perm(Perm.CHOOSE_FACILITATORS, self.scheduled)

    def load(self) -> ScheduledSession:
        rows = ScheduledSession.objects.select_related("session", "cohort", "organisation")
        self.scheduled = self.visible(rows)
        return self.scheduled

    @property
    def marked_by(self) -> tuple[User | None, str]:
        return self.request.user, ""


@method_decorator(login_not_required, name="dispatch")
class GuestsDelivery(OfDelivery, View):
    """Public: whoever holds the link. The address is a secret, so no page passes it on to another site."""

    http_method_names = ["get", "post", "head", "options"]
    referrer_policy = "no-referrer"
    guest: Facilitation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = guest_by_token(self.kwargs["token"], self.today)
        if found is None:
            answer: HttpResponseBase = render(request, "sessions_catalogue/guest_gone.html", status=GONE)
        else:
            self.guest, self.scheduled = found, found.scheduled
            answer = super().dispatch(request, *args, **kwargs)
        answer.headers["Referrer-Policy"] = self.referrer_policy
        return answer

    @property
    def marked_by(self) -> tuple[User | None, str]:
        return None, self.guest.guest_name


class ShowsDelivery:
    template_name: str | None = "sessions_catalogue/delivery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        view: Any = self
        lines = view.lines()
        return {
            **super().get_context_data(**kwargs),  # type: ignore[misc]  # a page's
            **view.about(),
            "lines": lines,
            "count": count_lines(lines),
            "needs": needs_at(view.scheduled, view.today) if lines else [],
        }


class Delivery(ShowsDelivery, MembersDelivery, TemplateView):  # type: ignore[misc]  # the middleware adds to the request
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(leads=user.has_perm(Perm.CHOOSE_FACILITATORS, self.scheduled), **kwargs)


class GuestDelivery(ShowsDelivery, GuestsDelivery, TemplateView):
    http_method_names = ["get", "head", "options"]


class DeliveryList(GuardedPage):
    """What one runs oneself: to come first, then what has been."""

    permission_required = AccountsPerm.SIGNED_IN
    template_name = "sessions_catalogue/delivery_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = ScheduledSession.objects.visible_to(user).run_by(user).filter(organisation=self.target)
        found = list(rows.select_related("session").order_by("starts_at"))
        now = timezone.now()
        return super().get_context_data(
            to_come=[row for row in found if row.ends_at > now],
            been=[row for row in reversed(found) if row.ends_at <= now],
            **kwargs,
        )
