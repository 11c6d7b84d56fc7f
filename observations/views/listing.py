"""The list: who is observed, what waits, and one's own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.views.base import GuardedPage
from observations.models import Observation
from observations.permissions import Perm
from observations.queries import ObservedPerson, open_wishes, own_observations, own_year, people_of_mentor
from observations.timeline import entries
from pathway.models import Enrolment
from pathway.timeline import TimelineEntry
from pqs_portal.templatetags.portal import date_and_time


class ObservationList(GuardedPage):
    permission_required = Perm.SEE_LIST
    template_name = "observations/observation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        people = people_of_mentor(user, self.target)
        mentored = Enrolment.objects.mentored_by(user).begun().filter(organisation=self.target)
        due = entries(mentored, today) if people else []
        mine = own_observations(user, self.target)
        year = own_year(user, self.target)
        context: dict[str, Any] = super().get_context_data(
            people=people,
            waiting=waiting_for(people, due, user_id=user.pk, today=today),
            own=mine,
            year=year,
            wishes=open_wishes(year) if year else [],
            reading=next((one for one in mine if one.status == Observation.Status.RELEASED), None),
        )
        return context | kwargs


def waiting_for(
    people: list[ObservedPerson], due: list[TimelineEntry], *, user_id: object, today: dt.date
) -> list[dict[str, Any]]:
    """What the mentor has to do, soonest first: steps without a date, then what is booked or being written."""
    names = {person.enrolment.pk: person.enrolment.supervisor.name for person in people}
    steps = [
        {"what": entry.title, "due_on": entry.due_on, "url": entry.url, "action": "Plan it",
         "overdue": entry.is_overdue(today)}
        for entry in due
        if entry.kind == "observation_due" and entry.waiting_on_id == user_id and entry.is_current(today)
    ]  # fmt: skip
    begun = [
        {"who": names[person.enrolment.pk], **begun_item(one, today)}
        for person in people
        for one in person.observations
        if not one.is_released
    ]
    return sorted(steps + begun, key=lambda item: item.get("due_on") or today)


def begun_item(observation: Observation, today: dt.date) -> dict[str, Any]:
    """One that is booked, has taken place, or is being written."""
    words, day = observation.get_kind_display().lower(), observation.planned_on
    edit = reverse("observations:observation_edit", args=[observation.pk])
    if observation.version:
        return {"what": f"{words}, being written", "since": observation.created_at, "url": edit, "action": "Continue"}
    if day and day < today:
        return {"what": f"{words}, to be recorded", "since": day, "url": edit, "action": "Record it"}
    booked = f"{words}, booked for {date_and_time(observation.planned_at)}"
    return {"what": booked, "url": observation.get_absolute_url(), "action": "Open"}
