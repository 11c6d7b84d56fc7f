"""Who may read and keep the catalogue, set dates, run a delivery, write around a session and be heard."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import rules

from accounts.models import User
from accounts.permissions import is_ld_lead, is_organisation_admin
from pathway.models import Cohort, Enrolment
from pathway.permissions import is_mentor_of, is_supervisor_of
from sessions_catalogue.models import ScheduledSession


class Perm(StrEnum):
    READ_CATALOGUE = "sessions_catalogue.read_catalogue"
    KEEP_ADDRESSES = "sessions_catalogue.keep_addresses"
    KEEP_CATALOGUE = "sessions_catalogue.keep_catalogue"
    SEE_DATES = "sessions_catalogue.see_dates"
    SET_DATES = "sessions_catalogue.set_dates"
    KEEP_PLANS = "sessions_catalogue.keep_plans"
    KEEP_PERIODS = "sessions_catalogue.keep_periods"
    RUN_DELIVERY = "sessions_catalogue.run_delivery"
    CHOOSE_FACILITATORS = "sessions_catalogue.choose_facilitators"
    GIVE_PLACES = "sessions_catalogue.give_places"
    CATCH_UP = "sessions_catalogue.catch_up"
    FETCH_CERTIFICATE = "sessions_catalogue.fetch_certificate"
    KEEP_WORKSPACE = "sessions_catalogue.keep_workspace"
    READ_OPENED = "sessions_catalogue.read_opened"
    READ_SESSION_NOTES = "sessions_catalogue.read_session_notes"
    ANSWER_PULSE = "sessions_catalogue.answer_pulse"
    SEE_PULSE = "sessions_catalogue.see_pulse"
    READ_ANSWERS = "sessions_catalogue.read_answers"
    MAKE_SUGGESTION = "sessions_catalogue.make_suggestion"
    ANSWER_SUGGESTION = "sessions_catalogue.answer_suggestion"


@rules.predicate
def has_people_in(user: User, cohort: Cohort | None) -> bool:
    """Somebody of the cohort is visible to the person: themselves, a mentee or a report; not a panel's papers."""
    return cohort is not None and Enrolment.objects.visible_to(user).filter(cohort=cohort).exists()


rules.add_perm(Perm.READ_CATALOGUE, rules.always_true)
rules.add_perm(Perm.KEEP_ADDRESSES, is_ld_lead | is_organisation_admin)
# Of sessions, tools and resources: the organisation's own. What is supplied is nobody's to change.
rules.add_perm(Perm.KEEP_CATALOGUE, is_ld_lead | is_organisation_admin)
rules.add_perm(Perm.SEE_DATES, is_ld_lead | is_organisation_admin | has_people_in)
rules.add_perm(Perm.SET_DATES, is_ld_lead)
# Templates of a programme, and the days to keep clear of.
rules.add_perm(Perm.KEEP_PLANS, is_ld_lead)
rules.add_perm(Perm.KEEP_PERIODS, is_ld_lead | is_organisation_admin)


# Attendance and the facilitator.
@rules.predicate
def runs_delivery(user: User, target: Any) -> bool:
    """A facilitator of the delivery today; a guest has no account and comes by their link."""
    if not isinstance(target, ScheduledSession) or target.organisation_id not in user.live_organisation_ids:
        return False
    return target.facilitations.current().filter(member=user).exists()


rules.add_perm(Perm.RUN_DELIVERY, is_ld_lead | runs_delivery)
rules.add_perm(Perm.CHOOSE_FACILITATORS, is_ld_lead)
rules.add_perm(Perm.GIVE_PLACES, is_ld_lead)
rules.add_perm(Perm.CATCH_UP, is_supervisor_of | is_ld_lead)
rules.add_perm(Perm.FETCH_CERTIFICATE, is_supervisor_of | is_ld_lead)


# What people write around a session for themselves.
@rules.predicate
def is_opened_to(user: User, target: Any) -> bool:
    """It was opened to this person by name. Whether the pairing still runs, ``visible_to`` has asked."""
    return getattr(target, "shared_with_id", None) == user.pk


rules.add_perm(Perm.KEEP_WORKSPACE, is_supervisor_of)
rules.add_perm(Perm.READ_OPENED, is_supervisor_of | is_opened_to)
rules.add_perm(Perm.READ_SESSION_NOTES, is_mentor_of)


# What people say to their organisation.
rules.add_perm(Perm.ANSWER_PULSE, is_supervisor_of)
rules.add_perm(Perm.SEE_PULSE, is_ld_lead)


@rules.predicate
def has_a_year_in(user: User, organisation: Any) -> bool:
    """Of their own, running or over."""
    return Enrolment.objects.visible_to(user).filter(supervisor=user, organisation=organisation).exists()


rules.add_perm(Perm.READ_ANSWERS, rules.always_true)
rules.add_perm(Perm.MAKE_SUGGESTION, has_a_year_in)
rules.add_perm(Perm.ANSWER_SUGGESTION, is_ld_lead)
