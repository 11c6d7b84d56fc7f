"""The demo's organisation, people, cohort and dates."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import Membership, Organisation, RoleGrant, User
from pathway.models import Cohort, Enrolment, Milestone, PanelMember, Programme
from pathway.services.people import Companions, enrol
from pathway.services.steps import PastStep, record_past_steps
from pqs_portal.demo import PASSWORD
from pqs_portal.lib.dates import add_months, is_working_day, next_working_day, working_days_before
from sessions_catalogue.models import ProgrammeSession, ScheduledSession, SessionPlan

LONDON_START, NINETY = dt.time(10, 0), dt.timedelta(minutes=90)


def make_organisation(data: dict[str, Any]) -> Organisation:
    return Organisation.objects.create(is_demo=True, **data)


def make_people(organisation: Organisation, rows: list[dict[str, Any]]) -> dict[str, User]:
    """Accepted members who sign in with the demo password, by key."""
    since = timezone.localdate() - dt.timedelta(days=400)
    password = make_password(PASSWORD)
    people = {}
    for row in rows:
        email = f"{row['key']}@{organisation.slug}.example"
        user = User.objects.create(email=email, name=row["name"], password=password)
        membership = Membership.objects.create(
            organisation=organisation,
            user=user,
            status=Membership.Status.ACTIVE,
            invited_name=row["name"],
            invited_email=email,
            accepted_at=timezone.now(),
            starts_on=since,
            registration_body=Membership.Body.SOCIAL_WORK_ENGLAND if row["registration"] else "",
            registration_number=row["registration"].replace("SW0", "SW"),
        )
        for role in row["roles"]:
            RoleGrant.objects.create(membership=membership, role=role, starts_on=since)
        people[row["key"]] = user
    return people


def make_cohort(organisation: Organisation, data: dict[str, Any], people: dict[str, User], lead: User) -> Cohort:
    """A cohort that began some days ago, with its past steps ticked."""
    began = timezone.localdate() - dt.timedelta(days=data["began_days_ago"])
    programme = Programme.objects.filter(series="supervisors-pathway", organisation=None).latest("version")
    cohort = Cohort.objects.create(
        organisation=organisation,
        name=data["name"],
        programme=programme,
        starts_on=began,
        status=Cohort.Status.PUBLISHED,
        published_at=timezone.now() - dt.timedelta(days=data["began_days_ago"] + 14),
        published_by=lead,
    )
    for row in data["supervisors"]:
        mentor = people.get(row["mentor"] or "")
        enrol(
            pk=uuid.uuid4(),
            cohort=cohort,
            supervisor=people[row["person"]],
            kind=Enrolment.Kind.PATHWAY,
            starts_on=began,
            companions=Companions(
                mentor=mentor,
                line_manager=people[row["line_manager"]],
                is_registered=mentor is not None,
                has_two_years=mentor is not None,
            ),
            on=began,
            by=lead,
        )
    for key in data["panel"]:
        PanelMember.objects.create(organisation=organisation, cohort=cohort, member=people[key])
    _tick_past_steps(cohort, data["done_steps"], lead)
    _tick_observed(cohort, [people[key] for key in data["observed_on_paper"]], lead)
    return cohort


def _tick_observed(cohort: Cohort, observed: list[User], lead: User) -> None:
    """Whose formative observation was written on paper before the portal."""
    step = cohort.programme.milestones.get(kind=Milestone.Kind.FORMATIVE_OBSERVATION)
    done_on = cohort.starts_on + dt.timedelta(days=70)
    rows = cohort.enrolments.filter(supervisor__in=observed)
    steps = [PastStep(milestone=step, done_on=done_on, enrolment=row) for row in rows]
    record_past_steps(cohort=cohort, steps=steps, by=lead)


def _tick_past_steps(cohort: Cohort, kinds: list[str], lead: User) -> None:
    steps = []
    shared = {Milestone.Level.ORGANISATION, Milestone.Level.COHORT}
    for milestone in cohort.programme.milestones.filter(kind__in=kinds):
        done_on = add_months(cohort.starts_on, milestone.due_month)
        everyone = [None] if milestone.level in shared else list(cohort.enrolments.all())
        steps += [PastStep(milestone=milestone, done_on=done_on, enrolment=enrolment) for enrolment in everyone]
    record_past_steps(cohort=cohort, steps=steps, by=lead)


def make_dates(cohort: Cohort) -> None:
    """Sessions four weeks apart: the fourth two weeks ago (its follow-up is due), the fifth in four working days."""
    today = timezone.localdate()
    fourth = today - dt.timedelta(days=14)
    while not is_working_day(fourth):
        fourth -= dt.timedelta(days=1)
    fifth = _in_working_days(today, 4)
    SessionPlan.objects.create(
        organisation=cohort.organisation,
        cohort=cohort,
        shape=SessionPlan.Shape.MONTHLY,
        first_on=fourth - dt.timedelta(days=84),
        starts_at=LONDON_START,
    )
    for session in ProgrammeSession.objects.filter(organisation=None).order_by("number"):
        if session.number <= 4:
            on = next_working_day(fourth - dt.timedelta(days=28 * (4 - session.number)))
        else:
            on = next_working_day(fifth + dt.timedelta(days=28 * (session.number - 5)))
        starts_at = timezone.make_aware(dt.datetime.combine(on, LONDON_START))
        ScheduledSession.objects.create(
            organisation=cohort.organisation,
            cohort=cohort,
            session=session,
            starts_at=starts_at,
            ends_at=starts_at + NINETY,
            venue="County Hall, room 2",
        )


def _in_working_days(today: dt.date, days: int) -> dt.date:
    """The first day that lies ``days`` working days after today."""
    on = today + dt.timedelta(days=1)
    while not (is_working_day(on) and working_days_before(on, days) >= today):
        on += dt.timedelta(days=1)
    return on
