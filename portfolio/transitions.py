"""How a self-assessment moves (written, then done; back while the mentor's view is not open beside it), and how an
objective does (begun, then met or dropped, or carried into the next period). A critical reflection is written, then
done; back at any time."""

from __future__ import annotations

from typing import Any

from accounts.models import AuditEvent, User
from accounts.transitions import GuardRefused, Transition
from portfolio.models import MentorView, Objective, Period, Reflection, SelfAssessment
from portfolio.models.reflection_parts import word_count
from portfolio.permissions import Perm

PORTFOLIO = AuditEvent.Category.PORTFOLIO
Status = SelfAssessment.Status


def says_something(assessment: SelfAssessment, by: User) -> None:
    if not assessment.ratings.exists():
        raise GuardRefused("Choose a level for at least one area, or write a few words, before you say it is done")


def nothing_is_open_beside_it(assessment: SelfAssessment, by: User) -> None:
    beside = MentorView.objects.filter(enrolment=assessment.enrolment_id, point=assessment.point)
    if beside.exclude(opened_at=None).exists():
        raise GuardRefused("You have read your mentor’s view, so this one stays as it was when both were opened")


FINISH = Transition(
    name="self_assessment_done",
    source=frozenset({Status.DRAFT}),
    target=Status.DONE,
    permission=Perm.WRITE_EVIDENCE,
    category=PORTFOLIO,
    stamp="done",
    guard=says_something,
)
REOPEN = Transition(
    name="self_assessment_reopened",
    source=frozenset({Status.DONE}),
    target=Status.DRAFT,
    permission=Perm.WRITE_EVIDENCE,
    category=PORTFOLIO,
    guard=nothing_is_open_beside_it,
)
Of = Objective.Status
OPEN = frozenset({Of.NOT_STARTED, Of.UNDER_WAY})


def is_kept(objective: Objective, by: User) -> None:
    if objective.discarded_at:
        raise GuardRefused("Bring it back first")


def a_period_follows(objective: Objective, by: User) -> None:
    is_kept(objective, by)
    if objective.period == Period.AFTER:
        raise GuardRefused("No period follows this one. Change its day instead")


def _objective(name: str, source: frozenset[str], target: str, **more: Any) -> Transition:
    return Transition(
        name=name,
        source=source,
        target=target,
        permission=Perm.WRITE_EVIDENCE,
        category=PORTFOLIO,
        **{"guard": is_kept, **more},
    )


BEGIN_OBJECTIVE = _objective("objective_begun", frozenset({Of.NOT_STARTED}), Of.UNDER_WAY)
MEET_OBJECTIVE = _objective("objective_met", OPEN, Of.MET, stamp="closed")
DROP_OBJECTIVE = _objective("objective_dropped", OPEN, Of.DROPPED, stamp="closed")
CARRY_OBJECTIVE = _objective("objective_carried", OPEN, Of.CARRIED, stamp="closed", guard=a_period_follows)
REOPEN_OBJECTIVE = _objective("objective_reopened", frozenset({Of.MET, Of.DROPPED}), Of.UNDER_WAY)


def is_written(reflection: Reflection, by: User) -> None:
    if not word_count(reflection.structure, reflection.parts):
        raise GuardRefused("Write something first, then say that it is done")


FINISH_REFLECTION = Transition(
    name="reflection_done",
    source=frozenset({Reflection.Status.DRAFT}),
    target=Reflection.Status.DONE,
    permission=Perm.WRITE_EVIDENCE,
    category=PORTFOLIO,
    stamp="done",
    guard=is_written,
)
REOPEN_REFLECTION = Transition(
    name="reflection_reopened",
    source=frozenset({Reflection.Status.DONE}),
    target=Reflection.Status.DRAFT,
    permission=Perm.WRITE_EVIDENCE,
    category=PORTFOLIO,
)
# What docs/states.md is drawn from.
TRANSITIONS = {
    "SelfAssessment": [FINISH, REOPEN],
    "Objective": [BEGIN_OBJECTIVE, MEET_OBJECTIVE, DROP_OBJECTIVE, CARRY_OBJECTIVE, REOPEN_OBJECTIVE],
    "Reflection": [FINISH_REFLECTION, REOPEN_REFLECTION],
}
