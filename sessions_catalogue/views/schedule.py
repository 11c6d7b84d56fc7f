"""A cohort's dates: to see, and to lay out."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.views.base import GuardedForm, GuardedPage
from pathway.models import Cohort
from pathway.permissions import Perm as PathwayPerm
from pqs_portal.templatetags.portal import plural
from sessions_catalogue import clashes
from sessions_catalogue import queries_schedule as queries
from sessions_catalogue.chosen import in_hours
from sessions_catalogue.forms import LayOutForm
from sessions_catalogue.layout import Rhythm
from sessions_catalogue.models import ScheduledSession, SessionPlan
from sessions_catalogue.permissions import Perm
from sessions_catalogue.queries_attendance import counts_of
from sessions_catalogue.services import schedule

CLOSED = "This cohort is closed, so its dates stay as they are"
RHYTHM = tuple(Rhythm.__dataclass_fields__)


class CohortSessions(GuardedPage):
    """For everybody of the cohort; a lead also sees who runs each session, what a date collides with, and what has
    been cancelled."""

    permission_required = Perm.SEE_DATES
    template_name = "sessions_catalogue/cohort_sessions.html"

    def load(self) -> Cohort:
        found: Cohort = self.visible(Cohort.objects)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, now = self.request.user, timezone.now()
        dated = list(queries.dated_sessions(user, self.target))
        leads = user.has_perm(Perm.SET_DATES, self.target)
        return super().get_context_data(
            cohort=self.target,
            dated=dated,
            next=next((row for row in dated if row.ends_at > now), None),
            leads=leads,
            can_set=leads and self.target.status != Cohort.Status.CLOSED,
            oversees=user.has_perm(PathwayPerm.SEE_COHORTS, self.target),
            is_draft=self.target.status == Cohort.Status.DRAFT,
            **(self._for_leads(dated, now) if leads else {"rows": [{"scheduled": row} for row in dated]}),
            **kwargs,
        )

    def _for_leads(self, dated: list[ScheduledSession], now: dt.datetime) -> dict[str, Any]:
        around = clashes.surroundings(self.target, [(row.starts_at, row.ends_at) for row in dated])
        sessions = queries.sessions_of(queries.plan_of(self.target))
        has_date = {row.session.number for row in dated}
        held = [row for row in dated if row.starts_at <= now]
        there = counts_of(held) if held else {}
        return {
            "rows": [
                {
                    "scheduled": row,
                    "names": around.names(row.pk),
                    "there": there.get(row.pk),
                    "warnings": around.of((row.starts_at, row.ends_at), row.pk) if row.ends_at > now else [],
                }
                for row in dated
            ],
            "cancelled": queries.cancelled_sessions(self.request.user, self.target),
            "chosen": len(sessions),
            "together": in_hours(sum(session.length for session in sessions)),
            "undated": [session for session in sessions if session.number not in has_date],
        }


class LayOut(GuardedForm):
    """GET shows the form, with a shape also the dates; POST saves the dates that were shown."""

    permission_required = Perm.SET_DATES
    template_name = "sessions_catalogue/cohort_sessions_lay_out.html"
    form_class = LayOutForm

    def load(self) -> Cohort:
        found: Cohort = self.visible(Cohort.objects)
        return found

    @cached_property
    def standing(self) -> queries.Standing:
        return queries.standing_of(self.target, timezone.now())

    def get_initial(self) -> dict[str, Any]:
        plan = self.standing.plan
        if plan is None:
            return {**RHYTHM_OF_NEW, "first_on": self.target.starts_on}
        return {name: getattr(plan, name) for name in RHYTHM}

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = {"data": self.request.GET} if self.request.method == "GET" and self.request.GET else {}
        held = self.standing.held
        return (
            super().get_form_kwargs()
            | asked
            | {
                "wanted": self.standing.wanted,
                "after": held[-1] if held else None,
                "cancel_url": reverse("sessions_catalogue:cohort_sessions", args=[self.target.pk]),
            }
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(cohort=self.target, **kwargs)
        form = context["form"]
        if self.request.method == "GET" and form.is_bound and form.is_valid():
            context["lines"] = self._preview(form.rhythm)
            context["hidden"] = [*form.as_sent(), ("seen", self.standing.seen)]
            form.step_back()
            context["is_running"] = self.target.status == Cohort.Status.PUBLISHED
        return context

    def changed_meanwhile(self, rhythm: Rhythm) -> bool:
        """Whether the dates are other than those that were shown; not after a double press, which changes nothing."""
        seen = self.request.POST.get("seen", self.standing.seen)
        return seen != self.standing.seen and any(line.is_new for line in self.standing.laid_out(rhythm))

    def _preview(self, rhythm: Rhythm) -> list[dict[str, Any]]:
        found = self.standing.laid_out(rhythm)
        spans = [(line.slot.starts_at, line.slot.ends_at) for line in found if line.slot]
        around = clashes.surroundings(self.target, spans)
        return [
            {
                "line": line,
                "warnings": around.of(
                    (line.slot.starts_at, line.slot.ends_at), line.current.pk if line.current else None
                )
                if line.slot
                else [],
            }
            for line in found
        ]

    def form_valid(self, form: LayOutForm) -> HttpResponse:
        if self.changed_meanwhile(form.rhythm):
            messages.warning(self.request, "Somebody changed a date meanwhile. Look at the dates once more")
            return redirect(f"{self.request.path}?{urlencode(form.as_sent())}#dates")
        try:
            changed = schedule.lay_out_sessions(cohort=self.target, rhythm=form.rhythm, by=self.request.user)
        except schedule.CohortClosed:
            messages.warning(self.request, CLOSED)
        else:
            words = f"{plural(changed, 'session has,sessions have')} a new date" if changed else "No date has changed"
            messages.success(self.request, words)
        return redirect("sessions_catalogue:cohort_sessions", pk=self.target.pk)


RHYTHM_OF_NEW: dict[str, Any] = {
    "shape": SessionPlan.Shape.MONTHLY,
    "starts_at": dt.time(10, 0),
    "days_apart": 28,
    "break_minutes": 15,
    "lunch_minutes": 45,
}
