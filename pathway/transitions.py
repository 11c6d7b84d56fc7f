"""The moves of a cohort: prepared, published, closed."""

from __future__ import annotations

from accounts.models import AuditEvent, User
from accounts.transitions import GuardRefused, Transition
from pathway.models import Cohort
from pathway.permissions import Perm


def somebody_is_in_it(cohort: Cohort, by: User) -> None:
    if not cohort.enrolments.filter(ended_on=None).exists():
        raise GuardRefused("Add at least one person before you publish the cohort")


PUBLISH = Transition(
    name="published",
    source=frozenset({Cohort.Status.DRAFT}),
    target=Cohort.Status.PUBLISHED,
    permission=Perm.MANAGE_COHORTS,
    category=AuditEvent.Category.COHORTS,
    stamp="published",
    guard=somebody_is_in_it,
)
CLOSE = Transition(
    name="closed",
    source=frozenset({Cohort.Status.PUBLISHED}),
    target=Cohort.Status.CLOSED,
    permission=Perm.MANAGE_COHORTS,
    category=AuditEvent.Category.COHORTS,
    stamp="closed",
)
# What docs/states.md is drawn from.
TRANSITIONS = {"Cohort": [PUBLISH, CLOSE]}
