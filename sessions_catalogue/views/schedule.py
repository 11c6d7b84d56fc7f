"""A cohort's dates: to see, to lay out, to change one by one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.views.base import GuardedForm, GuardedPage
from pathway.models import Cohort
from pathway.permissions import Perm as PathwayPerm
from pqs_portal.lib.dates import bank_holidays, is_working_day
from pqs_portal.lib.posted import posted_fields
from pqs_portal.templatetags.portal import date_and_time, long_date, plural
from sessions_catalogue import queries
from sessions_catalogue.forms import LayOutForm, ScheduledSessionForm
from sessions_catalogue.models import ScheduledSession, SessionPlan
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services import schedule

CLOSED = "This cohort is closed, so its dates stay as they are"


class CohortSessions(GuardedPage):
    permission_required = Perm.SEE_DATES
    template_name = "sessions_catalogue/cohort_sessions.html"

    def load(self) -> Cohort:
        found: Cohort = self.visible(Cohort.objects)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, now = self.request.user, timezone.now()
        dated = list(queries.dated_sessions(user, self.target))
        return super().get_context_data(
            cohort=self.target,
            dated=dated,
            next=next((row for row in dated if row.ends_at > now), None),
            can_set=user.has_perm(Perm.SET_DATES, self.target) and self.target.status != Cohort.Status.CLOSED,
            oversees=user.has_perm(PathwayPerm.SEE_COHORTS, self.target),
            is_draft=self.target.status == Cohort.Status.DRAFT,
            **kwargs,
        )


class LayOut(GuardedForm):
    """GET shows the form, with a shape also the dates; POST saves the dates that were shown."""

    permission_required = Perm.SET_DATES
    template_name = "sessions_catalogue/cohort_sessions_lay_out.html"
    form_class = LayOutForm

    def load(self) -> Cohort:
        found: Cohort = self.visible(Cohort.objects)
        return found

    def get_initial(self) -> dict[str, Any]:
        plan = SessionPlan.objects.visible_to(self.request.user).filter(cohort=self.target).first()
        if plan is None:
            return {
                "shape": SessionPlan.Shape.MONTHLY,
                "first_on": self.target.starts_on,
                "starts_at": dt.time(10, 0),
                "days_apart": 28,
            }
        return {name: getattr(plan, name) for name in ("shape", "first_on", "starts_at", "days_apart")}

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = {"data": self.request.GET} if self.request.method == "GET" and self.request.GET else {}
        return (
            super().get_form_kwargs()
            | asked
            | {
                "after": self.last_held(),
                "cancel_url": reverse("sessions_catalogue:cohort_sessions", args=[self.target.pk]),
            }
        )

    def last_held(self) -> ScheduledSession | None:
        return queries.last_held(self.target, timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(cohort=self.target, **kwargs)
        form = context["form"]
        if self.request.method == "GET" and form.is_bound and form.is_valid():
            context["lines"] = queries.laid_out(cohort=self.target, now=timezone.now(), **form.cleaned_data)
            context["hidden"] = form.as_sent()
            form.step_back()
            context["is_running"] = self.target.status == Cohort.Status.PUBLISHED
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            changed = schedule.lay_out_sessions(cohort=self.target, by=self.request.user, **form.cleaned_data)
        except schedule.CohortClosed:
            messages.warning(self.request, CLOSED)
        else:
            words = f"{plural(changed, 'session has,sessions have')} a new date" if changed else "No date has changed"
            messages.success(self.request, words)
        return redirect("sessions_catalogue:cohort_sessions", pk=self.target.pk)


class ScheduledSessionEdit(GuardedForm):
    permission_required = Perm.SET_DATES
    template_name = "sessions_catalogue/scheduled_session_edit.html"
    form_class = ScheduledSessionForm

    def load(self) -> ScheduledSession:
        found: ScheduledSession = self.visible(
            ScheduledSession.objects.select_related("session", "cohort"),
            pk=self.kwargs["pk"],
            cohort=self.kwargs["cohort_pk"],
        )
        return found

    def get_initial(self) -> dict[str, Any]:
        return {
            "held_on": self.target.held_on,
            "starts_at": timezone.localtime(self.target.starts_at).time(),
            "minutes": self.target.minutes,
            "mode": self.target.mode,
            "venue": self.target.venue,
            "joining_link": self.target.joining_link,
            "revision": self.target.revision,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        others = queries.dated_sessions(self.request.user, self.target.cohort).exclude(pk=self.target.pk)
        return super().get_form_kwargs() | {"others": others, "cancel_url": self.target.get_absolute_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(scheduled=self.target, cohort=self.target.cohort, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        try:
            saved = schedule.change_scheduled_session(
                scheduled=self.target,
                starts_at=data["begin"],
                ends_at=data["end"],
                mode=data["mode"],
                venue=data["venue"],
                joining_link=data["joining_link"],
                revision=data["revision"],
                by=self.request.user,
            )
        except schedule.StaleRevision as stale:
            return self.saved_meanwhile(stale.current)
        except schedule.CohortClosed:
            messages.warning(self.request, CLOSED)
            return redirect(self.target.get_absolute_url())
        self.say(saved)
        return redirect(saved.get_absolute_url())

    def say(self, saved: ScheduledSession) -> None:
        """What was saved; a day on which few people work is allowed, but named."""
        on = saved.held_on
        words = f"Session {self.target.session.number} is on {date_and_time(saved.starts_at, saved.ends_at)}."
        if is_working_day(on):
            messages.success(self.request, words)
        else:
            day = "a bank holiday" if on in bank_holidays(on.year) else "at the weekend"
            messages.warning(self.request, f"{words} That is {day}: change it if you did not mean it.")

    def saved_meanwhile(self, current: ScheduledSession) -> HttpResponse:
        """Both versions on the one page for it; sending again counts from what is saved now."""
        sent = [
            (name, str(current.revision) if name == "revision" else value)
            for name, value in posted_fields(self.request.POST)
        ]
        context = {
            "fields": sent,
            "current": [
                ("Date", long_date(current.held_on)),
                ("Starts at", f"{timezone.localtime(current.starts_at):%H:%M}"),
                ("Minutes", str(current.minutes)),
                ("Mode", current.get_mode_display()),
                ("Venue", current.venue),
                ("Joining link", current.joining_link),
            ],
            "action": self.request.get_full_path(),
            "reason": "stale",
            "signed_in": True,
            "file_names": [],
        }
        return render(self.request, "layouts/resubmit.html", context, status=409)
