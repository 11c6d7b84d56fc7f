"""Every move of a cohort from every status by every role."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.transitions import GuardRefused, InvalidTransition, move
from pathway.models import Cohort, Enrolment
from pathway.transitions import CLOSE, PUBLISH

ROLES = ["supervisor", "mentor", "line_manager", "panel_member", "admin", "senior_leader", "outsider"]
ALLOWED = {("draft", "published"), ("published", "closed")}


def in_status(cohort, status):
    Cohort.objects.filter(pk=cohort.pk).update(
        status=status, published_at=None if status == "draft" else timezone.now()
    )
    cohort.refresh_from_db()
    return cohort


@pytest.mark.parametrize("transition", [PUBLISH, CLOSE], ids=lambda transition: transition.name)
@pytest.mark.parametrize("status", Cohort.Status.values)
def test_the_lead_moves_it_only_where_the_table_says(world, status, transition):
    cohort = in_status(world.cohort, status)

    if (status, transition.target) not in ALLOWED:
        with pytest.raises(InvalidTransition):
            move(cohort, transition, by=world.ld_lead)
        cohort.refresh_from_db()
        assert cohort.status == status
        return

    move(cohort, transition, by=world.ld_lead)

    assert cohort.status == transition.target
    assert getattr(cohort, f"{transition.stamp}_by") == world.ld_lead
    event = AuditEvent.objects.get(target_id=cohort.pk)
    assert (event.verb, event.from_status, event.to_status) == (transition.name, status, transition.target)


@pytest.mark.parametrize("transition", [PUBLISH, CLOSE], ids=lambda transition: transition.name)
@pytest.mark.parametrize("status", Cohort.Status.values)
@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_does(world, role, status, transition):
    cohort = in_status(world.cohort, status)

    with pytest.raises(PermissionDenied):
        move(cohort, transition, by=getattr(world, role))

    cohort.refresh_from_db()
    assert cohort.status == status


def test_the_lead_of_another_organisation_does_not(world):
    with pytest.raises(PermissionDenied):
        move(in_status(world.cohort, "draft"), PUBLISH, by=world.other.ld_lead)


@pytest.mark.parametrize("left", [False, True])
def test_an_empty_cohort_is_not_published(world, left):
    cohort = in_status(world.cohort, "draft")
    if left:
        Enrolment.objects.filter(cohort=cohort).update(ended_on=timezone.localdate())
        with pytest.raises(GuardRefused):
            move(cohort, PUBLISH, by=world.ld_lead)
        assert Cohort.objects.get(pk=cohort.pk).status == "draft"
    else:
        assert move(cohort, PUBLISH, by=world.ld_lead).status == "published"
