"""The three questions without a name, as something that waits on a person."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.urls import reverse

from pathway.timeline import TimelineEntry
from sessions_catalogue.models import Moment
from sessions_catalogue.pulse import askings

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet

TITLES = {
    Moment.MIDWAY: "Three questions half-way, without your name",
    Moment.END: "Three questions at the end, without your name",
}


def entries(enrolments: EnrolmentQuerySet, today: dt.date) -> list[TimelineEntry]:
    """Those that are open today; one query. It is due until it closes, so it is never late.

    No day is kept on which somebody answered: what is settled counts as done when it opened.
    """
    return [
        TimelineEntry(
            key=f"pulse:{asking.moment.value}:{asking.enrolment.pk}",
            kind="pulse",
            organisation_id=asking.enrolment.organisation_id,
            enrolment_id=asking.enrolment.pk,
            waiting_on_id=asking.enrolment.supervisor_id,
            title=TITLES[asking.moment],
            due_on=asking.closes_on,
            url=reverse("sessions_catalogue:pulse"),
            remind_from=asking.opens_on,
            until=asking.closes_on,
            done_on=asking.opens_on if asking.is_settled else None,
            starts_on=asking.opens_on,
        )
        for asking in askings(enrolments, today)
    ]
