"""Which relation gives which right, and that it ends with the relation."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Membership
from pathway.milestones import milestones_of
from pathway.models import Cohort, Enrolment, Milestone
from pathway.permissions import (
    Perm,
    is_line_manager_of,
    is_mentor_of,
    is_panel_member_of,
    is_supervisor_of,
)
from tests.factories.pathway import MilestoneFactory

ROLES = ["supervisor", "mentor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"]
RELATIONS = {
    "supervisor": is_supervisor_of,
    "mentor": is_mentor_of,
    "line_manager": is_line_manager_of,
    "panel_member": is_panel_member_of,
}


def due_of(world, **fields):
    step = MilestoneFactory(programme=world.cohort.programme, **fields)
    found = milestones_of(Enrolment.objects.filter(pk=world.enrolment.pk), frozenset(Milestone.Kind))
    return next(due for due in found if due.milestone == step)


def allowed(world, perm, target):
    return {role for role in ROLES if getattr(world, role).has_perm(perm, target)}


@pytest.mark.parametrize("role", RELATIONS)
def test_each_relation_is_known_by_the_enrolment_and_what_hangs_on_it(world, role):
    for target in (world.enrolment, world.mentoring):
        assert [name for name in ROLES if RELATIONS[role].test(getattr(world, name), target)] == [role]


@pytest.mark.parametrize("role", RELATIONS)
def test_no_relation_counts_before_the_cohort_is_published(world, role):
    Cohort.objects.filter(pk=world.cohort.pk).update(status="draft", published_at=None)
    enrolment = Enrolment.objects.get(pk=world.enrolment.pk)

    assert not RELATIONS[role].test(getattr(world, role), enrolment)


@pytest.mark.parametrize("role", RELATIONS)
def test_no_relation_outlives_the_membership(world, role):
    person = getattr(world, role)
    Membership.objects.filter(user=person).update(ends_on=timezone.localdate())

    assert not RELATIONS[role].test(person, world.enrolment)


def test_a_former_mentor_keeps_nothing(world):
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()

    assert not world.mentor.has_perm(Perm.SEE_ENROLMENT, world.enrolment)


def test_who_sees_dates(world):
    expected = {"supervisor", "mentor", "line_manager", "ld_lead", "admin"}
    assert allowed(world, Perm.SEE_ENROLMENT, world.enrolment) == expected


@pytest.mark.parametrize(
    ("waiting_on", "role"),
    [
        ("supervisor", "supervisor"),
        ("mentor", "mentor"),
        ("line_manager", "line_manager"),
        ("ld_lead", "ld_lead"),
        ("organisation_admin", "admin"),
        ("panel", "panel_member"),
    ],
)
def test_whom_it_waits_on_records_it_and_so_does_the_lead(world, waiting_on, role):
    assert allowed(world, Perm.RECORD_STEP, due_of(world, waiting_on=waiting_on)) == {role, "ld_lead"}


@pytest.mark.parametrize("kind", ["mentor_match", "formative_observation", "direct_observation"])
def test_what_has_its_own_screen_is_ticked_by_the_lead_alone(world, kind):
    assert allowed(world, Perm.RECORD_STEP, due_of(world, kind=kind, waiting_on="mentor")) == {"ld_lead"}


def test_shared_steps_are_recorded_for_everybody_at_once(world):
    due = due_of(world, level="organisation", waiting_on="organisation_admin")

    assert allowed(world, Perm.RECORD_STEP, due) == set()
    assert allowed(world, Perm.AGREE_DATE, due) == set()
    assert allowed(world, Perm.RECORD_SHARED_STEP, due) == {"admin", "ld_lead"}


def test_who_agrees_a_date(world):
    assert allowed(world, Perm.AGREE_DATE, due_of(world)) == {"supervisor", "mentor", "ld_lead"}


def test_who_manages(world):
    assert allowed(world, Perm.MANAGE_COHORTS, world.cohort) == {"ld_lead"}
    assert allowed(world, Perm.SEE_COHORTS, world.cohort) == {"ld_lead", "admin"}
    assert allowed(world, Perm.MANAGE_PROGRAMMES, world.organisation) == {"ld_lead", "admin"}
    assert allowed(world, Perm.MANAGE_PROGRAMMES, world.cohort.programme) == set()


def test_a_relation_to_come_gives_nothing_yet(world):
    world.mentoring.starts_on = timezone.localdate() + dt.timedelta(days=1)
    world.mentoring.save()

    assert not is_mentor_of.test(world.mentor, world.enrolment)
