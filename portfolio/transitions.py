"""How a self-assessment moves: written, then done; back while the mentor's view is not open beside it."""

from __future__ import annotations

from accounts.models import AuditEvent, User
from accounts.transitions import GuardRefused, Transition
from portfolio.models import MentorView, SelfAssessment
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
# What docs/states.md is drawn from.
TRANSITIONS = {"SelfAssessment": [FINISH, REOPEN]}
