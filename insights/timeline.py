"""A friendly word where nothing has been shared or attended for six weeks: to the person and the mentor; L&D hears
two weeks later. It is news, no step: it waits on nobody, and the next sign ends it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Role
from accounts.querysets import live_on
from insights.queries.quiet import FIRST_WORD, SECOND_WORD, last_signs
from pathway.models import Enrolment
from pathway.timeline import TimelineEntry, TimelineEvent

if TYPE_CHECKING:
    from pathway.querysets import EnrolmentQuerySet

MILESTONE_KINDS: frozenset[str] = frozenset()

MORNING = dt.time(8)


def entries(enrolments: EnrolmentQuerySet, today: dt.date) -> Iterable[TimelineEntry]:
    return []


def events(since: dt.datetime) -> list[TimelineEvent]:
    """Five queries at most, however many people."""
    now = timezone.now()
    people = Enrolment.objects.begun().active_on(timezone.localdate(now))
    last_on = last_signs(people)
    first = {pk for pk, on in last_on.items() if since <= _morning(on + FIRST_WORD) <= now}
    second = {pk for pk, on in last_on.items() if since <= _morning(on + SECOND_WORD) <= now}
    if not first | second:
        return []
    rows = {person.pk: person for person in people.filter(pk__in=first | second).with_people()}
    leads = _leads_of({rows[pk].organisation_id for pk in second}) if second else []
    found = [event for pk in first for event in _first_word(rows[pk], last_on[pk] + FIRST_WORD)]
    return found + [
        _event(rows[pk], last_on[pk] + SECOND_WORD, lead_id, _about(rows[pk]), rows[pk].get_absolute_url())
        for pk in second
        for organisation_id, lead_id in leads
        if organisation_id == rows[pk].organisation_id
    ]


def _morning(on: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(on, MORNING))


def _leads_of(organisations: Collection[uuid.UUID]) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """(organisation, L&D lead), for each lead of today."""
    today = timezone.localdate()
    members = Membership.objects.live(today).filter(
        live_on(today, "role_grants__"), role_grants__role=Role.LD_LEAD, organisation__in=organisations
    )
    return list(members.values_list("organisation", "user"))


def _first_word(person: Enrolment, on: dt.date) -> Iterator[TimelineEvent]:
    words = "It is six weeks since you shared something or came to a session. A few lines are enough to go on"
    yield _event(person, on, person.supervisor_id, words, reverse("portfolio:evidence_list"))
    if person.current_mentor:
        yield _event(person, on, person.current_mentor.pk, _about(person), person.get_absolute_url())


def _about(person: Enrolment) -> str:
    return f"{person.supervisor.name} has shared and attended nothing for a while. A friendly word may help"


def _event(person: Enrolment, on: dt.date, recipient_id: uuid.UUID, title: str, url: str) -> TimelineEvent:
    return TimelineEvent(
        key=f"quiet:{person.pk}:{on}",
        kind="quiet",
        organisation_id=person.organisation_id,
        recipient_id=recipient_id,
        title=title,
        url=url,
        at=_morning(on),
    )
