"""Who may do what with observations. An ended pairing ends the observer's rights, also over what they wrote."""

from __future__ import annotations

from enum import StrEnum

import rules

from accounts.models import User
from observations.models import Observation
from pathway.permissions import is_mentor_of, is_supervisor_of


class Perm(StrEnum):
    SEE_LIST = "observations.see_list"
    SEE = "observations.see"
    PLAN_OBSERVATION = "observations.plan"
    WRITE_OBSERVATION = "observations.write"
    RELEASE = "observations.release"
    REFLECT = "observations.reflect"
    ASK_FOCUS = "observations.ask_focus"


@rules.predicate
def is_observer(user: User, observation: Observation | None) -> bool:
    return observation is not None and observation.observer_id == user.pk


observes = is_observer & is_mentor_of

# The list holds only what ``visible_to`` and ``dates_visible_to`` give, which for most people is nothing.
rules.add_perm(Perm.SEE_LIST, rules.always_true)
rules.add_perm(Perm.SEE, observes | is_supervisor_of)
rules.add_perm(Perm.PLAN_OBSERVATION, is_mentor_of)
rules.add_perm(Perm.WRITE_OBSERVATION, observes)
rules.add_perm(Perm.RELEASE, observes)
rules.add_perm(Perm.REFLECT, is_supervisor_of)
rules.add_perm(Perm.ASK_FOCUS, is_supervisor_of)
