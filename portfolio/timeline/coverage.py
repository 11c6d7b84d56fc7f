"""What a writer hears of their areas: that their mentor has given a word, never which nor what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import F
from django.urls import reverse

from pathway.timeline import TimelineEvent
from portfolio.models import AreaWord


def events(since: dt.datetime) -> Iterable[TimelineEvent]:
    """Told once for each area: changing a word later is no news."""
    given = AreaWord.objects.filter(created_at__gte=since).exclude(author=F("enrolment__supervisor"))
    for word in given.select_related("author", "enrolment"):
        yield TimelineEvent(
            key=f"area_word:{word.pk}",
            kind="area_word",
            organisation_id=word.organisation_id,
            recipient_id=word.enrolment.supervisor_id,
            title=f"{word.author.name} said what they think of one of your areas",
            url=reverse("portfolio:coverage_area", args=[word.area_id]),
            at=word.created_at,
        )
