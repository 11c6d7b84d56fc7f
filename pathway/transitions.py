"""The moves of a cohort and of whoever is to join one."""

from __future__ import annotations

from accounts.models import AuditEvent, User
from accounts.transitions import GuardRefused, Transition
from pathway.models import Cohort, Nomination
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
Waits = Nomination.Status
AGREE_TIME = Transition(
    name="agreed to the time",
    source=frozenset({Waits.ASKED}),
    target=Waits.WAITING,
    permission=Perm.AGREE_TIME,
    category=AuditEvent.Category.COHORTS,
    stamp="time_agreed",
)
REFUSE_TIME = Transition(
    name="did not agree to the time",
    source=frozenset({Waits.ASKED}),
    target=Waits.DECLINED,
    permission=Perm.AGREE_TIME,
    category=AuditEvent.Category.COHORTS,
)
ANSWER = Transition(
    name="answered who waits",
    source=frozenset({Waits.WAITING}),
    target=Waits.WAITING,
    permission=Perm.MANAGE_NOMINATIONS,
    category=AuditEvent.Category.COHORTS,
)
DECLINE = Transition(
    name="declined nomination",
    source=frozenset({Waits.ASKED, Waits.WAITING, Waits.PLACED}),
    target=Waits.DECLINED,
    permission=Perm.MANAGE_NOMINATIONS,
    category=AuditEvent.Category.COHORTS,
)
# Also into another cohort, as long as the person has not joined.
PLACE = Transition(
    name="gave a place",
    source=frozenset({Waits.ASKED, Waits.WAITING, Waits.PLACED}),
    target=Waits.PLACED,
    permission=Perm.MANAGE_NOMINATIONS,
    category=AuditEvent.Category.COHORTS,
    stamp="placed",
)
WITHDRAW = Transition(
    name="withdrew nomination",
    source=frozenset({Waits.ASKED, Waits.WAITING}),
    target=Waits.WITHDRAWN,
    permission=Perm.WITHDRAW_NOMINATION,
    category=AuditEvent.Category.COHORTS,
)
JOIN = Transition(
    name="joined cohort",
    source=frozenset({Waits.PLACED}),
    target=Waits.JOINED,
    permission=Perm.JOIN_COHORT,
    category=AuditEvent.Category.COHORTS,
)
# What docs/states.md is drawn from.
TRANSITIONS = {
    "Cohort": [PUBLISH, CLOSE],
    "Nomination": [AGREE_TIME, REFUSE_TIME, ANSWER, DECLINE, PLACE, WITHDRAW, JOIN],
}
