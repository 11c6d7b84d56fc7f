"""One delivery of a cohort: changed, moved, cancelled, given a new date."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from accounts.views.base import Guarded, GuardedForm, GuardedPage
from accounts.views.keeps_draft import in_words_of
from accounts.views.saved_meanwhile import saved_meanwhile
from pathway.models import Cohort
from pqs_portal.lib.drafts import first_of
from pqs_portal.templatetags.portal import date_and_time, long_date
from sessions_catalogue import clashes
from sessions_catalogue import queries_schedule as queries
from sessions_catalogue.forms import ScheduledSessionForm
from sessions_catalogue.models import ScheduledSession
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services import schedule
from sessions_catalogue.views.schedule import CLOSED

AS_THEY_ARE = ("mode", "venue", "joining_link", "format", "places", "revision")


class OneDate(Guarded):
    """Of the cohort in the address; the permission is one about the cohort's dates."""

    permission_required = Perm.SET_DATES

    def load(self) -> ScheduledSession:
        found: ScheduledSession = self.visible(
            ScheduledSession.objects.select_related("session", "cohort"),
            pk=self.kwargs["pk"],
            cohort=self.kwargs["cohort_pk"],
        )
        return found

    def others(self) -> Any:
        return queries.dated_sessions(self.request.user, self.target.cohort).exclude(pk=self.target.pk)

    def back(self) -> HttpResponseRedirect:
        return HttpResponseRedirect(self.target.get_absolute_url())


class ScheduledSessionEdit(OneDate, GuardedForm):  # type: ignore[misc]  # the middleware adds to the request
    """Shows what a new date collides with before it is saved: by "Check the date", and unasked where there is
    something to say. A cancelled delivery gets a new date here."""

    template_name = "sessions_catalogue/scheduled_session_edit.html"
    form_class = ScheduledSessionForm

    def get_initial(self) -> dict[str, Any]:
        return as_saved(self.target)

    def get_form_kwargs(self) -> dict[str, Any]:
        button = "Give it this date" if self.target.cancelled_at else "Save"
        return super().get_form_kwargs() | {
            "others": self.others(),
            "button": button,
            "cancel_url": self.target.get_absolute_url(),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        can_cancel = self.target.cancelled_at is None and not queries.is_kept(self.target, self.target.cohort, now)
        return super().get_context_data(
            scheduled=self.target, cohort=self.target.cohort, can_cancel=can_cancel, **kwargs
        )

    def form_valid(self, form: ScheduledSessionForm) -> HttpResponse:
        collisions = self.collisions(form.cleaned_data["begin"], form.cleaned_data["end"])
        posted, words = self.request.POST, form.move_words
        is_elsewhere = self.is_elsewhere(form.cleaned_data)
        was_shown = posted.get("checked")
        unseen = collisions and is_elsewhere and not was_shown
        if "check" in posted or unseen or was_shown not in (None, words):
            form.offer_to_move()
            return self.render_to_response(
                self.get_context_data(form=form, checked=form.cleaned_data, collisions=collisions)
            )
        return self.save(form, collisions if is_elsewhere else [])

    def is_elsewhere(self, data: dict[str, Any]) -> bool:
        """Whether the time is another than the saved one; what stays needs no second look."""
        same_day = data["held_on"] == self.target.held_on
        same_time = data["starts_at"] == timezone.localtime(self.target.starts_at).time().replace(second=0)
        is_same = same_day and same_time and data["minutes"] == self.target.minutes
        return bool(self.target.cancelled_at) or not is_same

    def collisions(self, begin: dt.datetime, end: dt.datetime) -> list[str]:
        around = clashes.surroundings(self.target.cohort, [(begin, end)])
        on = timezone.localdate(begin)
        return around.of((begin, end), self.target.pk) + clashes.same_day(self.others(), on)

    def save(self, form: ScheduledSessionForm, collisions: list[str]) -> HttpResponse:
        data = form.cleaned_data
        arrangement = schedule.Arrangement(
            starts_at=data["begin"],
            ends_at=data["end"],
            **{name: data[name] for name in AS_THEY_ARE if name != "revision"},
        )
        try:
            saved = schedule.change_scheduled_session(
                scheduled=self.target, arrangement=arrangement, revision=data["revision"], by=self.request.user
            )
        except schedule.StaleRevision as stale:
            return self.saved_meanwhile(form, stale.current)
        except schedule.CohortClosed:
            messages.warning(self.request, CLOSED)
        except schedule.AlreadyDated:
            messages.warning(self.request, "This session has another date by now. Change that one")
        else:
            self.say(saved, collisions)
        return self.back()

    def say(self, saved: ScheduledSession, collisions: list[str]) -> None:
        """What was saved; a day on which few can come is allowed, but named."""
        words = f"Session {self.target.session.number} is on {date_and_time(saved.starts_at, saved.ends_at)}"
        if not collisions:
            messages.success(self.request, words)
        else:
            told = ". ".join([words, *collisions])
            messages.warning(self.request, f"{told}. Change it if you did not mean it")

    def saved_meanwhile(self, form: ScheduledSessionForm, current: ScheduledSession) -> HttpResponse:
        """Both versions on the one page for it; sending again counts from what is saved now."""
        read = in_words_of(form)
        return saved_meanwhile(
            self.request,
            saved=as_saved(current) | {"cancelled": long_date(current.cancelled_at)},
            read=lambda payload: [*read(payload), ("Cancelled", first_of(payload, "cancelled"))],
            sent=form.cleaned_data,
            revision=current.revision,
        )


def as_saved(row: ScheduledSession) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "held_on": row.held_on,
        "starts_at": timezone.localtime(row.starts_at).time(),
        "minutes": row.minutes,
        **{name: getattr(row, name) for name in AS_THEY_ARE},
    }


class ScheduledSessionCancel(OneDate, GuardedPage):  # type: ignore[misc]  # the same
    """Ask, then cancel."""

    template_name = "layouts/confirm.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.target.cancelled_at:
            messages.info(request, f"Session {self.target.session.number} is cancelled already")
            return self.back()
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scheduled, cohort = self.target, self.target.cohort
        told = ""
        if cohort.status == Cohort.Status.PUBLISHED:
            told = "The people of this cohort and their mentors are told. "
        return super().get_context_data(
            heading=f"Cancel session {scheduled.session.number} on {long_date(scheduled.held_on)}?",
            text=f"{told}It leaves their lists and calendars. You can give it a new date later.",
            button="Cancel the session",
            warning=True,
            cancel_url=scheduled.get_absolute_url(),
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        number = self.target.session.number
        try:
            schedule.cancel_scheduled_session(scheduled=self.target, by=request.user)
        except schedule.CohortClosed:
            messages.warning(request, CLOSED)
        except schedule.AlreadyHeld:
            messages.warning(request, f"Session {number} has been held already, so it cannot be cancelled")
        else:
            messages.success(request, f"Session {number} is cancelled")
        return self.back()
