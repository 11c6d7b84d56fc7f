"""Who may do what to cohorts, programmes, nominations, and the steps and changes of somebody's year.

The predicates take an ``Enrolment`` or anything with ``.enrolment``, so that the apps above build on them. An ended
relation, or a membership that has ended, ends the right.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import rules
from django.utils import timezone

from accounts.models import User
from accounts.permissions import is_ld_lead, is_organisation_admin, is_senior_leader, organisation_id_of
from pathway.models import Cohort, Enrolment, Milestone, MilestoneCompletion


class Perm(StrEnum):
    SEE_ENROLMENT = "pathway.see_enrolment"
    SEE_COHORTS = "pathway.see_cohorts"
    MANAGE_COHORTS = "pathway.manage_cohorts"
    MANAGE_PROGRAMMES = "pathway.manage_programmes"
    RECORD_STEP = "pathway.record_step"
    RECORD_SHARED_STEP = "pathway.record_shared_step"
    AGREE_DATE = "pathway.agree_date"
    READ_STEP = "pathway.read_step"
    SEE_CHANGES = "pathway.see_changes"
    MANAGE_MENTORS = "pathway.manage_mentors"
    WRITE_NEEDS = "pathway.write_needs"
    SEE_READINESS = "pathway.see_readiness"
    MANAGE_READINESS = "pathway.manage_readiness"
    TICK_READINESS = "pathway.tick_readiness"
    NOMINATE = "pathway.nominate"
    MANAGE_NOMINATIONS = "pathway.manage_nominations"
    AGREE_TIME = "pathway.agree_time"
    WITHDRAW_NOMINATION = "pathway.withdraw_nomination"
    JOIN_COHORT = "pathway.join_cohort"


# What says by itself that it is done: only the L&D lead ticks these by hand, for a year begun before the portal.
HAS_ITS_OWN_SCREEN = frozenset(
    {Milestone.Kind.MENTOR_MATCH, Milestone.Kind.FORMATIVE_OBSERVATION, Milestone.Kind.DIRECT_OBSERVATION}
)
SHARED_LEVELS = frozenset({Milestone.Level.ORGANISATION, Milestone.Level.COHORT})


def enrolment_of(target: Any) -> Enrolment | None:
    found = target if isinstance(target, Enrolment) else getattr(target, "enrolment", None)
    return found if isinstance(found, Enrolment) else None


def cohort_of(target: Any) -> Cohort | None:
    if isinstance(target, Cohort):
        return target
    enrolment = enrolment_of(target)
    found = enrolment.cohort if enrolment else getattr(target, "cohort", None)
    return found if isinstance(found, Cohort) else None


def begun_enrolment(user: User, target: Any) -> Enrolment | None:
    """The enrolment, if the person still belongs to its organisation and the cohort has been published."""
    enrolment = enrolment_of(target)
    if enrolment is None or enrolment.organisation_id not in user.live_organisation_ids:
        return None
    return None if enrolment.cohort.status == Cohort.Status.DRAFT else enrolment


def loaded(enrolment: Enrolment, name: str) -> bool:
    """Whether ``with_people()`` has brought the relation along, so that asking costs nothing."""
    return name in enrolment.__dict__


@rules.predicate
def is_supervisor_of(user: User, target: Any) -> bool:
    """The practice supervisor whose year it is."""
    enrolment = begun_enrolment(user, target)
    return enrolment is not None and enrolment.supervisor_id == user.pk


@rules.predicate
def is_mentor_of(user: User, target: Any) -> bool:
    enrolment = begun_enrolment(user, target)
    if enrolment is None:
        return False
    if loaded(enrolment, "current_mentorings"):
        return any(pairing.mentor_id == user.pk for pairing in enrolment.current_mentorings)
    return enrolment.mentorings.current().filter(mentor=user).exists()


@rules.predicate
def is_line_manager_of(user: User, target: Any) -> bool:
    enrolment = begun_enrolment(user, target)
    if enrolment is None:
        return False
    if loaded(enrolment, "current_line_managements"):
        return any(relation.manager_id == user.pk for relation in enrolment.current_line_managements)
    return enrolment.line_managements.current().filter(manager=user).exists()


@rules.predicate
def is_panel_member_of(user: User, target: Any) -> bool:
    """Of the cohort itself, or of the cohort an enrolment is in."""
    cohort = cohort_of(target)
    if cohort is None or cohort.organisation_id not in user.live_organisation_ids:
        return False
    return cohort.status != Cohort.Status.DRAFT and cohort.panel_members.current().filter(member=user).exists()


WAITS_ON: dict[str, rules.Predicate] = {
    Milestone.WaitingOn.SUPERVISOR: is_supervisor_of,
    Milestone.WaitingOn.MENTOR: is_mentor_of,
    Milestone.WaitingOn.LINE_MANAGER: is_line_manager_of,
    Milestone.WaitingOn.LD_LEAD: is_ld_lead,
    Milestone.WaitingOn.ORGANISATION_ADMIN: is_organisation_admin,
    Milestone.WaitingOn.PANEL: is_panel_member_of,
}


@rules.predicate
def waits_on(user: User, target: Any) -> bool:
    """Whether the step (anything with ``.milestone``) waits on the person."""
    milestone: Milestone | None = getattr(target, "milestone", None)
    return milestone is not None and bool(WAITS_ON[milestone.waiting_on].test(user, target))


@rules.predicate
def is_shared_step(user: User, target: Any) -> bool:
    return getattr(target, "milestone", None) is not None and target.milestone.level in SHARED_LEVELS


@rules.predicate
def is_recorded_by_hand(user: User, target: Any) -> bool:
    return getattr(target, "milestone", None) is not None and target.milestone.kind not in HAS_ITS_OWN_SCREEN


@rules.predicate
def recorded_it(user: User, target: Any) -> bool:
    return isinstance(target, MilestoneCompletion) and target.recorded_by_id == user.pk


is_in_the_year = is_supervisor_of | is_mentor_of | is_line_manager_of

rules.add_perm(Perm.SEE_ENROLMENT, is_in_the_year | is_ld_lead | is_organisation_admin)
rules.add_perm(Perm.SEE_COHORTS, is_ld_lead | is_organisation_admin)
rules.add_perm(Perm.MANAGE_COHORTS, is_ld_lead)
rules.add_perm(Perm.MANAGE_PROGRAMMES, is_ld_lead | is_organisation_admin)
rules.add_perm(Perm.RECORD_STEP, ~is_shared_step & (is_ld_lead | (is_recorded_by_hand & waits_on)))
rules.add_perm(Perm.RECORD_SHARED_STEP, is_shared_step & (is_ld_lead | waits_on))
rules.add_perm(Perm.AGREE_DATE, ~is_shared_step & (is_supervisor_of | is_mentor_of | is_ld_lead))
rules.add_perm(Perm.READ_STEP, is_supervisor_of | is_mentor_of | recorded_it | (is_shared_step & is_ld_lead))


# --- how people come to a cohort ---------------------------------------------------------------------------
@rules.predicate
def is_member_there(user: User, target: Any) -> bool:
    """Belongs to the organisation now: the target itself, or the one it belongs to."""
    return organisation_id_of(target) in user.live_organisation_ids


@rules.predicate
def is_nominated(user: User, target: Any) -> bool:
    membership = getattr(target, "membership", None)
    return membership is not None and membership.user_id == user.pk and membership.is_live(timezone.localdate())


@rules.predicate
def is_line_manager_to_be(user: User, target: Any) -> bool:
    return getattr(target, "line_manager_id", None) == user.pk


@rules.predicate
def made_nomination(user: User, target: Any) -> bool:
    return getattr(target, "made_by_id", None) == user.pk


rules.add_perm(Perm.NOMINATE, is_member_there)
rules.add_perm(Perm.MANAGE_NOMINATIONS, is_ld_lead)
rules.add_perm(Perm.AGREE_TIME, is_member_there & is_line_manager_to_be)
rules.add_perm(Perm.WITHDRAW_NOMINATION, is_member_there & (is_nominated | made_nomination))
rules.add_perm(Perm.JOIN_COHORT, is_nominated | is_ld_lead)
# Why a year was paused or ended is for the person and L&D alone.
rules.add_perm(Perm.SEE_CHANGES, is_supervisor_of | is_ld_lead)
rules.add_perm(Perm.MANAGE_MENTORS, is_ld_lead)
# What somebody needs to take part is theirs to say; L&D reads it on the cohort's page.
rules.add_perm(Perm.WRITE_NEEDS, is_supervisor_of)


@rules.predicate
def owns_item(user: User, target: Any) -> bool:
    return getattr(target, "owner_id", None) == user.pk


rules.add_perm(Perm.SEE_READINESS, is_ld_lead | is_organisation_admin | is_senior_leader)
rules.add_perm(Perm.MANAGE_READINESS, is_ld_lead | is_organisation_admin)
rules.add_perm(Perm.TICK_READINESS, is_ld_lead | is_organisation_admin | owns_item)
