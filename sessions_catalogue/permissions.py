"""Who may read the catalogue, keep addresses, and see or set a cohort's dates."""

from __future__ import annotations

from enum import StrEnum

import rules

from accounts.models import User
from accounts.permissions import is_ld_lead, is_organisation_admin
from pathway.models import Cohort, Enrolment


class Perm(StrEnum):
    READ_CATALOGUE = "sessions_catalogue.read_catalogue"
    KEEP_ADDRESSES = "sessions_catalogue.keep_addresses"
    SEE_DATES = "sessions_catalogue.see_dates"
    SET_DATES = "sessions_catalogue.set_dates"


@rules.predicate
def has_people_in(user: User, cohort: Cohort | None) -> bool:
    """Somebody of the cohort is visible to the person: themselves, a mentee or a report; not a panel's papers."""
    return cohort is not None and Enrolment.objects.visible_to(user).filter(cohort=cohort).exists()


rules.add_perm(Perm.READ_CATALOGUE, rules.always_true)
rules.add_perm(Perm.KEEP_ADDRESSES, is_ld_lead | is_organisation_admin)
rules.add_perm(Perm.SEE_DATES, is_ld_lead | is_organisation_admin | has_people_in)
rules.add_perm(Perm.SET_DATES, is_ld_lead)
