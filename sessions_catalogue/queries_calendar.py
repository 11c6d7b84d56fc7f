"""A person's dated sessions for their own calendar program: as a feed, and one by one for an e-mail.

Nothing in them but the session's title, its time and place, and a link that asks for a sign-in.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from pathway.models import Cohort, Enrolment, EnrolmentChange
from pqs_portal.lib.calendar import CalendarEntry
from sessions_catalogue.models import CalendarFeed, Facilitation, ScheduledSession
from sessions_catalogue.queries_attendance import BY_COHORT, BY_PLACE, began_in_time, came_in_time, came_on

if TYPE_CHECKING:
    from accounts.models import User

BEGUN = (Cohort.Status.PUBLISHED, Cohort.Status.CLOSED)
# What the timeline and the news call the things whose mails carry dates.
KEY = re.compile(r"scheduled:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(?:moved|cancelled|preparation):")


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def feed_by_token(token: str) -> CalendarFeed | None:
    """Whose address it is; None if it was renewed, ended or made up."""
    found: CalendarFeed | None = CalendarFeed.objects.select_related("user").filter(token_hash=hashed(token)).first()
    return found


def entries_of(user: User) -> list[CalendarEntry]:
    """Every date of the person in all their organisations of today, in one query beside their memberships."""
    return [_entry(row) for row in _dates_of(user)]


def entries_for_keys(keys: Iterable[str], user: User) -> list[CalendarEntry]:
    """Of the things that a mail to the person tells, the dates that are their own as well, as they stand now.

    A mentor hears that a mentee's session has moved, but has no date there; what is gone is left out.
    """
    named = {uuid.UUID(found[1]) for key in keys if (found := KEY.match(key))}
    return [_entry(row) for row in _dates_of(user).filter(pk__in=named)] if named else []


def _dates_of(user: User) -> QuerySet[ScheduledSession]:
    """What the person comes to, by cohort or by place, and what they run; of cohorts that have begun.

    What was cancelled stays, as cancelled, for those who had the date before.
    """
    people = Enrolment.objects.of_supervisor(user).filter(cohort__status__in=BEGUN).annotate(came_on=came_on())
    by_cohort = people.exclude(taking_part_as=Enrolment.TakingPartAs.SINGLE_SESSIONS)
    runs = Facilitation.objects.current().filter(_heard("scheduled__", "created_at"), member=user)
    rows: QuerySet[ScheduledSession] = (
        ScheduledSession.objects.in_organisations_of(user)
        .filter(_heard("", "cohort__published_at"), cohort__status__in=BEGUN)
        .annotate(
            is_run=Exists(runs.filter(scheduled=OuterRef("pk"))),
            comes=Q(
                pk__in=_coming(by_cohort, BY_COHORT, "created_at", began_in_time(BY_COHORT), came_in_time(BY_COHORT))
            )
            | Q(pk__in=_coming(people, BY_PLACE, "places__created_at", places__given_up_at=None)),
        )
        .filter(Q(comes=True) | Q(is_run=True))
        .select_related("session")
        .order_by("starts_at", "pk")
    )
    return rows


def _coming(people: QuerySet[Enrolment], dated: str, since: str, *conditions: Q, **more: Any) -> Any:
    """Ids of the deliveries on days on which the year was neither paused nor over."""
    day = f"{dated}starts_at__date"
    pauses = EnrolmentChange.objects.filter(
        enrolment=OuterRef("pk"),
        kind=EnrolmentChange.Kind.PAUSE,
        starts_on__lte=OuterRef(day),
        ends_on__gt=OuterRef(day),
    )
    goes_on = Q(ended_on=None) | Q(ended_on__gte=F(day))
    # One call, so that every condition is about the same delivery.
    heard = _heard(dated, since)
    found = people.filter(~Exists(pauses), goes_on, heard, *conditions, **{f"{dated}isnull": False}, **more)
    return found.values(f"{dated}pk")


def _heard(dated: str, since: str) -> Q:
    """It stands, or was cancelled when the person had it already."""
    return Q(**{f"{dated}cancelled_at": None}) | Q(**{f"{dated}cancelled_at__gte": F(since)})


def _entry(row: Any) -> CalendarEntry:
    runs_only = row.is_run and not row.comes
    path = reverse("sessions_catalogue:delivery", args=[row.pk]) if runs_only else row.session.get_absolute_url()
    return CalendarEntry(
        uid=f"{row.pk}@{urlsplit(settings.SITE_URL).hostname}",
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        title=f"{row.session} (you run it)" if runs_only else str(row.session),
        changed_at=max(at for at in (row.created_at, row.moved_at, row.cancelled_at) if at),
        place=_place(row),
        url=f"{settings.SITE_URL}{path}",
        sequence=row.revision,
        is_cancelled=row.cancelled_at is not None,
    )


def _place(row: ScheduledSession) -> str:
    if row.mode == ScheduledSession.Mode.ONLINE:
        return row.joining_link or row.get_mode_display()
    return row.venue
