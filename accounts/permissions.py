"""Who may do what to people, roles and the organisation itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import rules

from accounts.models import Membership, Organisation, Role, User


class Perm(StrEnum):
    SIGNED_IN = "accounts.signed_in"
    MANAGE_PEOPLE = "accounts.manage_people"
    SEE_PEOPLE = "accounts.see_people"
    MANAGE_ORGANISATION = "accounts.manage_organisation"
    SEE_RECORDS = "accounts.see_records"


def organisation_id_of(target: Any) -> object:
    """The organisation a rule is asked about: the target itself, or the one it belongs to."""
    return target.pk if isinstance(target, Organisation) else getattr(target, "organisation_id", None)


def holds(*roles: str) -> rules.Predicate:
    """A predicate: the person now holds one of ``roles`` in the target's organisation."""

    @rules.predicate(name=f"holds:{'|'.join(roles)}")
    def held(user: User, target: Membership | Organisation | None) -> bool:
        return target is not None and bool(user.roles_in(organisation_id_of(target)) & set(roles))

    return held


is_organisation_admin = holds(Role.ORGANISATION_ADMIN)
is_ld_lead = holds(Role.LD_LEAD)
is_senior_leader = holds(Role.SENIOR_LEADER)

rules.add_perm(Perm.SIGNED_IN, rules.always_true)
rules.add_perm(Perm.MANAGE_PEOPLE, is_organisation_admin)
rules.add_perm(Perm.SEE_PEOPLE, is_organisation_admin | is_ld_lead)
rules.add_perm(Perm.MANAGE_ORGANISATION, is_organisation_admin)
rules.add_perm(Perm.SEE_RECORDS, is_organisation_admin)
