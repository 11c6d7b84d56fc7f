"""What happened to those who are to join a cohort, and what of it waits for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from pathway.models import Nomination
from pathway.timeline_rows import TimelineEvent

Status = Nomination.Status


def events(since: dt.datetime) -> list[TimelineEvent]:
    """One query. Only members are told; who is invited hears of it on joining, through the year itself."""
    changed = Q(changed_at__gte=since) | Q(created_at__gte=since) | Q(membership__accepted_at__gte=since)
    return [
        event
        for row in Nomination.objects.filter(changed).with_facts()
        for event in events_of(row)
        if event.at >= since
    ]


def events_of(row: Nomination) -> Iterator[TimelineEvent]:
    if row.status == Status.ASKED and row.line_manager_id:
        words = f"{row.person_name} asks to join the pathway and needs your yes to the time"
        url = reverse("pathway:nomination_time", args=[row.pk])
        yield told(row, "asked", row.line_manager_id, words, url, row.changed_at)
    membership = row.membership
    if membership is None or not membership.is_live(timezone.localdate()):
        return
    mine = reverse("pathway:nomination_mine")
    if row.source == Nomination.Source.LINE_MANAGER and row.status != Status.WITHDRAWN:
        at = max(row.created_at, membership.accepted_at or row.created_at)
        yield told(row, "nominated", membership.user_id, f"{row.made_by.name} nominated you for the pathway", mine, at)
    kind, words = said_of(row)
    if words:
        # Each answer is news of its own.
        yield told(row, f"{kind}-{row.changed_at:%Y%m%d%H%M%S}", membership.user_id, words, mine, row.changed_at)


def said_of(row: Nomination) -> tuple[str, str]:
    """(kind, words) of where it stands, for the person; no words if there is no news in it."""
    if row.status == Status.DECLINED:
        return "declined", "You have no place on the pathway this time. Read why"
    if row.status == Status.WAITING and row.answer:
        return "answered", "L&D answered why you wait for a place. Read the answer"
    if row.status == Status.WAITING and row.source == Nomination.Source.SELF and row.line_manager:
        return "agreed", f"{row.line_manager.name} said yes to the time. You wait for a place now"
    # Once the cohort is published, the year itself says so.
    if row.status == Status.JOINED and row.cohort and row.cohort.status == "draft":
        return "placed", "You have a place on the pathway. You see your year once the cohort is published"
    return "", ""


def told(row: Nomination, kind: str, recipient_id: Any, title: str, url: str, at: dt.datetime) -> TimelineEvent:
    return TimelineEvent(
        key=f"nomination-{kind}:{row.pk}",
        kind="nomination",
        organisation_id=row.organisation_id,
        recipient_id=recipient_id,
        title=title,
        url=url,
        at=at,
    )


def waiting_for_a_place(user: User, organisation: Organisation) -> list[dict[str, Any]]:
    """A row for components/waiting_list.html, if anybody whom the person may see waits for a place; one query."""
    visible = Nomination.objects.visible_to(user).filter(organisation=organisation, status=Status.WAITING)
    waiting = visible.aggregate(number=Count("pk"), since=Min("created_at"))
    return [place_row(**waiting)] if waiting["number"] else []


def asked_row(row: Nomination) -> dict[str, Any]:
    return {
        "who": row.person_name,
        "what": "asks to join the pathway and needs your yes to the time",
        "since": timezone.localdate(row.changed_at),
        "url": reverse("pathway:nomination_time", args=[row.pk]),
        "action": "Answer",
    }


def place_row(*, number: int, since: dt.datetime) -> dict[str, Any]:
    return {
        "who": "1 person" if number == 1 else f"{number} people",
        "what": f"{'waits' if number == 1 else 'wait'} for a place in a cohort",
        "since": timezone.localdate(since),
        "url": reverse("pathway:nomination_list"),
        "action": "Answer",
    }
