"""What happens to a person's year: its history, and for L&D the changes."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404
from django.utils import timezone

from accounts.views.base import GuardedPage
from pathway.forms import changes as forms
from pathway.models import Cohort, Enrolment, EnrolmentChange
from pathway.permissions import Perm
from pathway.queries import WhatFollows, YearDates, dates_now, what_follows
from pathway.services import changes
from pathway.views.change_page import ChangePage
from pqs_portal.lib.year import FULL_TIME, Shift
from pqs_portal.templatetags.portal import plural, short_date


class YearChanges(GuardedPage):
    """The history of a year, for the person and L&D; nobody else learns of reasons."""

    permission_required = Perm.SEE_CHANGES
    template_name = "pathway/year_changes.html"

    def load(self) -> Any:
        return self.visible(Enrolment.objects.with_people().select_related("organisation"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, year = self.request.user, self.target
        return super().get_context_data(
            enrolment=year,
            changes=EnrolmentChange.objects.visible_to(user).filter(enrolment=year).with_names(),
            is_own=year.supervisor_id == user.pk,
            may_manage=user.has_perm(Perm.MANAGE_COHORTS, year),
            is_closed=year.cohort.status == Cohort.Status.CLOSED,
            can_change_pause=year.paused_until is not None,
            is_pausing=year.paused_until is not None and year.paused_until > timezone.localdate(),
            **kwargs,
        )


class YearMove(ChangePage):
    form_class = forms.MoveForm
    heading = "Move to another cohort"
    lead = "Evidence, attendance, observations and the mentor stay. The sessions are those of the other cohort."
    button = "Move to this cohort"
    done = "moved"
    tells_mentor = True

    def cohorts(self) -> Any:
        running = Cohort.objects.visible_to(self.request.user).filter(
            organisation=self.year.organisation_id, status=Cohort.Status.PUBLISHED
        )
        free = running.exclude(enrolments__supervisor=self.year.supervisor_id)
        return free.with_room().select_related("programme").order_by("starts_on", "name")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cohorts": self.cohorts()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if not context["form"].fields["cohort"].queryset:
            context["form"] = None
            context["nothing"] = (
                "There is no other running cohort. A cohort that is being prepared can be chosen once it is published."
            )
        return context

    def then(self, form: Any) -> YearDates:
        now = dates_now(self.year)
        return YearDates(form.starts_on(), now.pace, now.shifts)

    def follows(self, form: Any) -> WhatFollows:
        return what_follows(self.year, self.then(form), form.cleaned_data["cohort"])

    def notes(self, form: Any) -> list[str]:
        cohort = form.cleaned_data["cohort"]
        found = [f"The year runs in {cohort.name} and starts on {short_date(form.starts_on())}."]
        if cohort.places is not None and cohort.taken >= cohort.places:
            found.append(f"{cohort.name} has {plural(cohort.places, 'place,places')}, and they are taken.")
        return [*found, "Sessions they have attended count there too."]

    def save(self, form: Any, pk: uuid.UUID) -> None:
        changes.move_year(
            pk=pk,
            enrolment=self.year,
            cohort=form.cleaned_data["cohort"],
            starts_on=form.starts_on(),
            by=self.request.user,
        )


class YearPause(ChangePage):
    form_class = forms.PauseForm
    heading = "Pause the year"
    lead = "Steps due in the pause or after it fall later by as long as it lasts. Nothing is sent meanwhile."
    button = "Pause the year"
    done = "paused"
    tells_mentor = True

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}

    def then(self, form: Any) -> YearDates:
        starts_on, back_on = form.cleaned_data["starts_on"], form.cleaned_data["back_on"]
        return dates_now(self.year).with_shift(Shift(starts_on, (back_on - starts_on).days, back_on))

    def notes(self, form: Any) -> list[str]:
        back_on = form.cleaned_data["back_on"]
        return [
            f"No reminders are sent until {short_date(back_on)}, and nothing is marked as overdue.",
            "Sessions held meanwhile do not count as missed. They are offered to catch up on.",
            f"Mentor and line manager read “Paused until {short_date(back_on)}” and no more.",
        ]

    def save(self, form: Any, pk: uuid.UUID) -> None:
        changes.pause_year(
            pk=pk,
            enrolment=self.year,
            by=self.request.user,
            **{name: form.cleaned_data[name] for name in ("starts_on", "back_on", "reason")},
        )


class YearPauseChange(ChangePage):
    """End a pause early, or make it longer."""

    form_class = forms.PauseChangeForm
    heading = "Change the pause"
    button = "Change the pause"
    done = "pause changed"
    tells_mentor = True

    def load(self) -> Any:
        year = super().load()
        if year.paused_from is None:
            raise Http404
        return year

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"starts_on": self.year.paused_from}

    def get_initial(self) -> dict[str, Any]:
        return {"back_on": self.year.paused_until}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        until = short_date(self.year.paused_until)
        self.lead = f"The year is paused from {short_date(self.year.paused_from)}; {until} is the first day back."
        return super().get_context_data(**kwargs)

    def then(self, form: Any) -> YearDates:
        since, until, back_on = self.year.paused_from, self.year.paused_until, form.cleaned_data["back_on"]
        if since is None or until is None:
            return dates_now(self.year)
        before = Shift(since, (until - since).days, until)
        return dates_now(self.year).with_shift(Shift(since, (back_on - since).days, back_on), instead_of=before)

    def notes(self, form: Any) -> list[str]:
        back_on = form.cleaned_data["back_on"]
        if back_on == self.year.paused_from:
            return ["The pause is taken out, as if it had not been."]
        return [f"{short_date(back_on)} is the first day back. Reminders go on from then."]

    def save(self, form: Any, pk: uuid.UUID) -> None:
        changes.change_pause(enrolment=self.year, back_on=form.cleaned_data["back_on"], by=self.request.user)


class YearExtend(ChangePage):
    form_class = forms.ExtendForm
    heading = "Give the year more time"
    lead = "Steps that are due later get more time. The sessions of the cohort stay where they are."
    button = "Extend the year"
    done = "year extended"

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": max(timezone.localdate(), self.year.starts_on)}

    def then(self, form: Any) -> YearDates:
        return dates_now(self.year).with_shift(
            Shift(form.cleaned_data["starts_on"], (form.cleaned_data["weeks"] * changes.WEEK).days)
        )

    def save(self, form: Any, pk: uuid.UUID) -> None:
        changes.extend_year(
            pk=pk,
            enrolment=self.year,
            by=self.request.user,
            **{name: form.cleaned_data[name] for name in ("weeks", "starts_on", "reason")},
        )


class YearPace(ChangePage):
    """Only where the organisation stretches the year for part-time hours."""

    form_class = forms.PaceForm
    heading = "Change hours"
    lead = "In your organisation a year at half the hours takes twice as long."
    button = "Change hours"
    done = "hours changed"

    def load(self) -> Any:
        year = super().load()
        if not year.organisation.part_time_pro_rata:
            raise Http404
        return year

    def get_initial(self) -> dict[str, Any]:
        return {"pace_percent": self.year.pace_percent}

    def then(self, form: Any) -> YearDates:
        now = dates_now(self.year)
        return YearDates(now.starts_on, form.cleaned_data["pace_percent"], now.shifts)

    def notes(self, form: Any) -> list[str]:
        percent = form.cleaned_data["pace_percent"]
        return ["Full time." if percent == FULL_TIME else f"{percent} % of full time, reckoned from the year’s start."]

    def save(self, form: Any, pk: uuid.UUID) -> None:
        percent = form.cleaned_data["pace_percent"]
        changes.change_pace(pk=pk, enrolment=self.year, pace_percent=percent, by=self.request.user)


class YearWithdraw(ChangePage):
    form_class = forms.WithdrawForm
    heading = "End the year"
    lead = "For somebody who leaves before the year is over. They can be brought back."
    button = "End the year"
    done = "year ended"
    is_warning = True

    def get_initial(self) -> dict[str, Any]:
        return {"ended_on": timezone.localdate()}

    def notes(self, form: Any) -> list[str]:
        return [
            f"{short_date(form.cleaned_data['ended_on'])} is the last day. Nothing is sent about the year after that.",
            "What was written and recorded is kept, and so is this history.",
        ]

    def save(self, form: Any, pk: uuid.UUID) -> None:
        ended_on, reason = form.cleaned_data["ended_on"], form.cleaned_data["reason"]
        changes.withdraw(pk=pk, enrolment=self.year, ended_on=ended_on, reason=reason, by=self.request.user)


class YearReturn(ChangePage):
    form_class = forms.ReturnForm
    heading = "Bring back"
    lead = "The year goes on where it was."
    button = "Bring back"
    done = "back on the pathway"

    def load(self) -> Any:
        year = super().load()
        if year.ended_on is None:
            raise Http404
        return year

    def notes(self, form: Any) -> list[str]:
        return ["The steps keep their dates. To give more time for the rest, extend the year afterwards."]

    def save(self, form: Any, pk: uuid.UUID) -> None:
        changes.bring_back(pk=pk, enrolment=self.year, by=self.request.user)
