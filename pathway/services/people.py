"""Who is in a cohort, and who stands beside them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from pathway.models import Cohort, Enrolment, LineManagement, Mentoring
from pathway.services.mentors import confirm_mentor
from pathway.services.rows import Refused, free_id, made_before

COHORTS = AuditEvent.Category.COHORTS


@dataclass(frozen=True)
class Companions:
    """Mentor and line manager of one person, with the facts that make the mentor eligible."""

    mentor: User | None = None
    line_manager: User | None = None
    is_registered: bool = False
    has_two_years: bool = False
    same_person_reason: str = ""


@transaction.atomic
def enrol(
    *,
    pk: uuid.UUID,
    cohort: Cohort,
    supervisor: User,
    kind: str,
    starts_on: dt.date,
    companions: Companions,
    on: dt.date,
    by: User,
    taking_part_as: str = "",
    days_off: Sequence[int] = (),
) -> Enrolment:
    """Put somebody into a cohort. Relations begin with the year, or today if the year is still to come.

    Who takes only the sessions does so as something; ``days_off`` are days of the week, 1 is Monday.
    """
    before = made_before(Enrolment, pk, cohort.organisation_id)
    if before:
        return before
    if cohort.enrolments.filter(supervisor=supervisor).exists():
        raise Refused(f"{supervisor.name} is in this cohort already")
    check(supervisor, companions)
    check_part(kind, taking_part_as)
    enrolment = Enrolment.objects.create(
        pk=free_id(Enrolment, pk),
        organisation=cohort.organisation,
        cohort=cohort,
        supervisor=supervisor,
        kind=kind,
        taking_part_as=taking_part_as,
        starts_on=starts_on,
        days_off=sorted(days_off),
    )
    audit.record("added to cohort", by=by, category=COHORTS, target=enrolment, subject=supervisor)
    accompany(enrolment=enrolment, companions=companions, on=min(on, starts_on), by=by)
    return enrolment


@transaction.atomic
def change_enrolment(
    *,
    enrolment: Enrolment,
    kind: str,
    starts_on: dt.date,
    companions: Companions,
    on: dt.date,
    by: User,
    taking_part_as: str = "",
    days_off: Sequence[int] = (),
) -> Enrolment:
    """What may be set right at any time; what happens to a year is in ``changes``, with a history."""
    check(enrolment.supervisor, companions)
    check_part(kind, taking_part_as)
    enrolment.kind, enrolment.taking_part_as, enrolment.starts_on = kind, taking_part_as, starts_on
    enrolment.days_off = sorted(days_off)
    enrolment.save(update_fields=["kind", "taking_part_as", "starts_on", "days_off"])
    audit.record("changed enrolment", by=by, category=COHORTS, target=enrolment, subject=enrolment.supervisor)
    accompany(enrolment=enrolment, companions=companions, on=on, by=by)
    return enrolment


def check(supervisor: User, companions: Companions) -> None:
    """The policy of who may stand beside whom; raises Refused."""
    mentor = companions.mentor
    if supervisor in (mentor, companions.line_manager):
        raise Refused("Nobody is their own mentor or line manager. Choose someone else")
    if mentor and not (companions.is_registered and companions.has_two_years):
        raise Refused("A mentor is a registered social worker with at least two years’ experience of supervising")
    if mentor and mentor == companions.line_manager and not companions.same_person_reason.strip():
        raise Refused("Say why the mentor is also the line manager, or choose two people")


def check_part(kind: str, taking_part_as: str) -> None:
    if kind == Enrolment.Kind.PATHWAY and taking_part_as:
        raise Refused("Whoever is on the whole pathway takes part as a practice supervisor")
    if kind == Enrolment.Kind.PROGRAMME_ONLY and taking_part_as not in Enrolment.TakingPartAs.values:
        raise Refused("Say as what they take part in the sessions")


def accompany(*, enrolment: Enrolment, companions: Companions, on: dt.date, by: User) -> None:
    """End what is no longer so and open what is new, from ``on``; the former rows stay as history."""
    set_line_manager(enrolment=enrolment, manager=companions.line_manager, on=on, by=by)
    pairing = enrolment.mentorings.filter(ends_on=None).first()
    reason = companions.same_person_reason if companions.mentor == companions.line_manager else ""
    if pairing and pairing.mentor == companions.mentor:
        pairing.same_person_reason = reason
        pairing.save(update_fields=["same_person_reason"])
        return
    if pairing:
        end(pairing, on, "ended pairing", by, pairing.mentor)
    if companions.mentor:
        made = Mentoring.objects.create(
            organisation=enrolment.organisation,
            enrolment=enrolment,
            mentor=companions.mentor,
            starts_on=on,
            is_registered=companions.is_registered,
            has_two_years=companions.has_two_years,
            same_person_reason=reason,
            paired_by=by,
        )
        audit.record("paired with mentor", by=by, category=COHORTS, target=made, subject=companions.mentor)
        confirm_mentor(organisation=enrolment.organisation, mentor=companions.mentor, on=timezone.localdate(), by=by)


def set_line_manager(*, enrolment: Enrolment, manager: User | None, on: dt.date, by: User) -> None:
    relation = enrolment.line_managements.filter(ends_on=None).first()
    if relation and relation.manager == manager:
        return
    if relation:
        end(relation, on, "ended line management", by, relation.manager)
    if manager:
        made = LineManagement.objects.create(
            organisation=enrolment.organisation, enrolment=enrolment, manager=manager, starts_on=on
        )
        audit.record("set line manager", by=by, category=COHORTS, target=made, subject=manager)


def end(relation: Mentoring | LineManagement, on: dt.date, verb: str, by: User, subject: User) -> None:
    relation.ends_on = max(on, relation.starts_on)
    relation.save(update_fields=["ends_on"])
    audit.record(verb, by=by, category=COHORTS, target=relation, subject=subject)
