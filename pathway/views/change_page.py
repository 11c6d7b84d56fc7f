"""The page of one change of a year: ask, show what follows, and only then write."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.views.base import GuardedForm, new_id
from pathway.models import Cohort, Enrolment, EnrolmentChange
from pathway.permissions import Perm
from pathway.queries import WhatFollows, YearDates, dates_now, what_follows
from pathway.services.rows import Refused
from pqs_portal.lib.posted import posted_fields


class ChangePage(GuardedForm):
    """What was changed meanwhile is shown once more."""

    permission_required = Perm.MANAGE_COHORTS
    template_name = "pathway/year_change.html"
    heading = ""
    lead = ""
    # The button of the page that says what follows.
    button = ""
    done = ""
    is_warning = False
    # Told to the mentor too, without the reason.
    tells_mentor = False

    def load(self) -> Any:
        return self.visible(Enrolment.objects.with_people().select_related("cohort__programme", "organisation"))

    @property
    def year(self) -> Enrolment:
        found: Enrolment = self.target
        return found

    def up(self) -> str:
        return reverse("pathway:year_changes", args=[self.year.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"enrolment": self.year, "cancel_url": self.up()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"heading": self.heading, "change_lead": self.lead, "up": self.up()}
        return super().get_context_data(enrolment=self.year, **words, **kwargs)

    def then(self, form: Any) -> YearDates:
        """What the dates would be reckoned from."""
        return dates_now(self.year)

    def notes(self, form: Any) -> list[str]:
        """What else follows, in sentences."""
        return []

    @abstractmethod
    def save(self, form: Any, pk: uuid.UUID) -> None:
        """The one service call; ``pk`` is the change's id, so that a double press makes one."""

    def follows(self, form: Any) -> WhatFollows:
        return what_follows(self.year, self.then(form))

    def seen(self) -> str:
        """What the page with what follows was reckoned from."""
        made = EnrolmentChange.objects.visible_to(self.request.user).filter(enrolment=self.year).count()
        return f"{made}:{self.year.paused_until}"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """A second press finds the change that the first has made."""
        pk = new_id(request.POST.get("id"))
        if EnrolmentChange.objects.visible_to(request.user).filter(pk=pk, enrolment=self.year).exists():
            return redirect(self.up())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        pk = new_id(self.request.POST.get("id"))
        seen = self.request.POST.get("seen")
        if seen != self.seen():
            return self.ask(form, pk, meanwhile=seen is not None)
        try:
            self.save(form, pk)
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, f"{self.year.supervisor.name}: {self.done}")
        return redirect(self.up())

    def ask(self, form: Any, pk: uuid.UUID, *, meanwhile: bool) -> HttpResponse:
        sent = [(name, value) for name, value in posted_fields(self.request.POST) if name not in ("id", "seen")]
        context = {
            "heading": self.heading,
            "enrolment": self.year,
            "follows": self.follows(form),
            "notes": self.notes(form),
            "tells": self.tells(),
            "meanwhile": meanwhile,
            "hidden": [*sent, ("id", pk), ("seen", self.seen())],
            "button": self.button,
            "warning": self.is_warning,
            "cancel_url": self.request.path,
        }
        return render(self.request, "pathway/year_change_confirm.html", context)

    def tells(self) -> str:
        year = self.year
        if year.cohort.status == Cohort.Status.DRAFT:
            return "Nobody is told before the cohort is published."
        if self.tells_mentor and year.current_mentor:
            return (
                f"{year.supervisor.name} is told, and so is {year.current_mentor.name} as mentor, without the reason."
            )
        return f"{year.supervisor.name} is told."
