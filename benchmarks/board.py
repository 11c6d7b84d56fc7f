"""What a cohort's board costs at 5, 40 and 400 people: queries, and milliseconds as a ratio to a bare signed-in page.

    python devtools/portal.py with -- python -m benchmarks.board

It loads the demo into the throw-away database it is given and fills up its cohort. Both pages are fetched in turns
through Django's own client, so that a busy machine slows both; the figure is the ratio of the medians.
"""

import os
import statistics
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pqs_portal.settings")
django.setup()

from django.conf import settings  # noqa: E402 -- after the settings
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Membership, User  # noqa: E402
from pathway.models import Cohort, Enrolment, LineManagement, Mentoring  # noqa: E402
from sessions_catalogue.models import Attendance, ScheduledSession  # noqa: E402

PEOPLE = (5, 40, 400)
TURNS = 7


def fill(cohort: Cohort, wanted: int, lead: User) -> None:
    """Give the cohort ``wanted`` people with mentor, line manager and a register of what has been held."""
    there = cohort.enrolments.filter(ended_on=None).count()
    today, organisation = timezone.localdate(), cohort.organisation
    mentors = list(User.objects.filter(mentorings__organisation=organisation).distinct())
    for index in range(there, wanted):
        person = User.objects.create(email=f"person{index}@northshire.example", name=f"Person {index:03}")
        Membership.objects.create(
            organisation=organisation,
            user=person,
            status=Membership.Status.ACTIVE,
            invited_name=person.name,
            invited_email=person.email,
            accepted_at=timezone.now(),
            starts_on=today,
        )
        enrolment = Enrolment.objects.create(
            organisation=organisation, cohort=cohort, supervisor=person, starts_on=cohort.starts_on
        )
        beside = {"organisation": organisation, "enrolment": enrolment, "starts_on": cohort.starts_on}
        mentor = mentors[index % len(mentors)]
        Mentoring.objects.create(**beside, mentor=mentor, is_registered=True, has_two_years=True, paired_by=lead)
        LineManagement.objects.create(**beside, manager=lead)
    held = ScheduledSession.objects.filter(cohort=cohort, starts_at__lt=timezone.now())
    rows = [
        Attendance(
            organisation=organisation,
            enrolment=enrolment,
            scheduled=scheduled,
            state=Attendance.State.MISSED if (index + number) % 9 == 0 else Attendance.State.ATTENDED,
        )
        for index, enrolment in enumerate(cohort.enrolments.all())
        for number, scheduled in enumerate(held)
    ]
    Attendance.objects.bulk_create(rows, ignore_conflicts=True)


def timed(client: Client, url: str) -> float:
    began = time.perf_counter()
    answer = client.get(url)
    seconds = time.perf_counter() - began
    if answer.status_code != 200:
        raise SystemExit(f"{url} answered {answer.status_code}")
    return seconds


def asked(client: Client, url: str) -> tuple[int, int]:
    """(bytes of the page, queries that it took)"""
    queries: list[str] = []

    def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        size = len(client.get(url).content)
    return size, len(queries)


def main() -> None:
    for command in ("migrate", "load_standards", "load_catalogue", "load_demo"):
        call_command(command, verbosity=0)
    # The one under way: the other begins now, and nothing of it has been held yet.
    cohort = Cohort.objects.filter(status=Cohort.Status.PUBLISHED).earliest("starts_on")
    lead = cohort.published_by
    if lead is None:
        raise SystemExit("the demo's cohort was published by nobody")
    client = Client(headers={"host": urlsplit(settings.SITE_URL).netloc})
    client.force_login(lead)
    kept = list(cohort.enrolments.order_by("pk").values_list("pk", flat=True)[: PEOPLE[0]])
    cohort.enrolments.exclude(pk__in=kept).update(ended_on=timezone.localdate())
    board, bare = reverse("insights:cohort", args=[cohort.pk]), reverse("accounts:account")
    for wanted in PEOPLE:
        fill(cohort, wanted, lead)
        timed(client, board)
        size, queries = asked(client, board)
        turns = [(timed(client, board), timed(client, bare)) for _ in range(TURNS)]
        ours, others = (statistics.median(column) for column in zip(*turns, strict=True))
        print(
            f"{wanted} people: {queries} queries, {ours * 1000:.0f} ms, {ours / others:.1f} times a bare page"
            f" ({others * 1000:.0f} ms), {size // 1024} KB"
        )


if __name__ == "__main__":
    main()
