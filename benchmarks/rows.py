"""Rows for the benchmarks, written straight to an empty database."""

import datetime as dt

from django.core.management import call_command
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from pathway.models import Cohort, Enrolment, Milestone, Programme, Standard
from pqs_portal.lib.dates import add_months


def cohort_with_a_step_due(people: int) -> Cohort:
    """A running cohort of so many people, each with one step of the year that is due in three days."""
    call_command("migrate", verbosity=0)
    today, now = timezone.localdate(), timezone.now()
    organisation = Organisation.objects.create(name="Benchmark Council", slug="benchmark")
    standard = Standard.objects.create(
        series="s", version=1, title="S", short_title="S", audience="supervisors", publisher="P"
    )
    programme = Programme.objects.create(series="p", version=1, title="P", standard=standard)
    Milestone.objects.create(
        programme=programme,
        position=1,
        key="step",
        kind=Milestone.Kind.OTHER,
        title="A step",
        due_month=3,
        level=Milestone.Level.PERSON,
        waiting_on=Milestone.WaitingOn.SUPERVISOR,
    )
    cohort = Cohort.objects.create(
        organisation=organisation,
        name="C",
        programme=programme,
        starts_on=add_months(today + dt.timedelta(days=3), -3),
        status=Cohort.Status.PUBLISHED,
        published_at=now,
    )
    users = [User(email=f"person{n}@example.org", name=f"Person {n}", password="!") for n in range(people)]  # noqa: S106 -- nobody signs in
    User.objects.bulk_create(users)
    here = {"organisation": organisation, "starts_on": today}
    Membership.objects.bulk_create(
        Membership(user=user, status=Membership.Status.ACTIVE, accepted_at=now, invited_email=user.email, **here)
        for user in users
    )
    Enrolment.objects.bulk_create(
        Enrolment(organisation=organisation, cohort=cohort, supervisor=user, starts_on=cohort.starts_on)
        for user in users
    )
    return cohort
