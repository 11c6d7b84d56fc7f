"""How people come to a cohort: they wait, are answered, get a place, and join once they are members."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, Membership, Organisation, User
from accounts.services.people import AlreadyInvited, invite_person
from accounts.transitions import InvalidTransition, move
from pathway.models import Cohort, Enrolment, MentorRecord, Nomination
from pathway.services.people import Companions, enrol
from pathway.services.rows import Refused, free_id, made_before
from pathway.transitions import AGREE_TIME, ANSWER, DECLINE, JOIN, PLACE, REFUSE_TIME, WITHDRAW

log = logging.getLogger(__name__)

COHORTS = AuditEvent.Category.COHORTS
ENDED = "Their membership has ended. An organisation admin can invite them again"
Status = Nomination.Status


# --- coming to wait ----------------------------------------------------------------------------------------
@transaction.atomic
def nominate(*, pk: uuid.UUID, organisation: Organisation, name: str, email: str, by: User) -> Nomination:
    """``by``, who says yes to the time as the line manager, names somebody who waits from now on.

    The same happens whether the address is a member's or not; whoever waits already, waits once.
    """
    if email == by.email:
        raise Refused("That is your own address. Ask to join for yourself instead")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = made_before(Nomination, pk, organisation.pk)
    if before:
        return before
    membership = members_by_address(organisation, [email]).get(email)
    waits = _waits(organisation, membership, email)
    if waits and waits.status == Status.ASKED and waits.line_manager_id == by.pk:
        return agree_time(nomination=waits, by=by)
    if waits:
        return waits
    now = timezone.now()
    made = Nomination.objects.create(
        pk=free_id(Nomination, pk),
        organisation=organisation,
        membership=membership,
        typed_name=name,
        typed_email=email,
        source=Nomination.Source.LINE_MANAGER,
        status=Status.WAITING,
        line_manager=by,
        made_by=by,
        time_agreed_at=now,
        time_agreed_by=by,
    )
    audit.record("nominated", by=by, category=COHORTS, target=made, subject=membership.user if membership else None)
    return made


@transaction.atomic
def ask(*, pk: uuid.UUID, organisation: Organisation, line_manager_email: str, by: User) -> Nomination:
    """``by`` asks to join; the line manager is asked, now or once somebody has that address."""
    if line_manager_email == by.email:
        raise Refused("That is your own address. Enter your line manager’s")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = made_before(Nomination, pk, organisation.pk)
    if before:
        return before
    membership = members_by_address(organisation, [by.email])[by.email]
    if _waits(organisation, membership, by.email):
        raise Refused("You are waiting for a place already. Withdraw first if you want to ask somebody else")
    made = Nomination.objects.create(
        pk=free_id(Nomination, pk),
        organisation=organisation,
        membership=membership,
        source=Nomination.Source.SELF,
        status=Status.ASKED,
        line_manager_email=line_manager_email,
        line_manager=live_users(organisation, timezone.localdate()).filter(email=line_manager_email).first(),
        made_by=by,
    )
    audit.record("asked to join", by=by, category=COHORTS, target=made, subject=by)
    return made


def members_by_address(organisation: Organisation, addresses: list[str]) -> dict[str, Membership]:
    """Memberships, accepted or not, that have not ended, by the address (in small letters)."""
    found = Membership.objects.filter(organisation=organisation, user__email__in=addresses)
    found = found.not_ended(timezone.localdate()).select_related("user")
    return {membership.user.email: membership for membership in found}


def live_users(organisation: Organisation, on: dt.date) -> QuerySet[User]:
    found: QuerySet[User] = User.objects.members_of(organisation.pk, on=on).filter(is_active=True)
    return found


def _waits(organisation: Organisation, membership: Membership | None, email: str) -> Nomination | None:
    waiting = Nomination.objects.filter(organisation=organisation).open()
    found: Nomination | None = None
    if membership:
        found = waiting.filter(membership=membership).first()
    return found or waiting.filter(membership=None, typed_email=email).first()


# --- the line manager, and whoever made it ---------------------------------------------------------------------
def agree_time(*, nomination: Nomination, by: User) -> Nomination:
    return move(nomination, AGREE_TIME, by=by, changed_at=timezone.now())


def refuse_time(*, nomination: Nomination, why: str, by: User) -> Nomination:
    return move(nomination, REFUSE_TIME, by=by, answer=why, changed_at=timezone.now())


def withdraw(*, nomination: Nomination, by: User) -> Nomination:
    return move(nomination, WITHDRAW, by=by, changed_at=timezone.now())


# --- L&D -------------------------------------------------------------------------------------------------------
def answer(*, nomination: Nomination, text: str, by: User) -> Nomination:
    """They go on waiting, and are told why."""
    return move(nomination, ANSWER, by=by, answer=text, changed_at=timezone.now())


def decline(*, nomination: Nomination, text: str, by: User) -> Nomination:
    return move(nomination, DECLINE, by=by, answer=text, changed_at=timezone.now())


@transaction.atomic
def place(
    *,
    nomination: Nomination,
    cohort: Cohort,
    taking_part_as: str,
    starts_on: dt.date | None,
    on: dt.date,
    by: User,
    mentor: User | None = None,
) -> Nomination:
    """A place in the cohort, full or not: a member joins at once, anybody else is invited and joins on accepting.

    Raises Refused, and InvalidTransition where somebody was quicker.
    """
    if cohort.status == Cohort.Status.CLOSED:
        raise Refused(f"{cohort.name} is closed. Choose another cohort")
    membership = nomination.membership or _invited(nomination, by=by)
    if membership.has_ended(on):
        raise Refused(ENDED)
    if cohort.enrolments.filter(supervisor=membership.user).exists():
        raise Refused(f"{membership.display_name} is in this cohort already")
    if Nomination.objects.open().filter(membership=membership).exclude(pk=nomination.pk).exists():
        raise Refused(f"{membership.display_name} waits already, by another nomination. Withdraw or decline this one")
    kind = Enrolment.Kind.PROGRAMME_ONLY if taking_part_as else Enrolment.Kind.PATHWAY
    placed = move(
        nomination,
        PLACE,
        by=by,
        membership=membership,
        cohort=cohort,
        kind=kind,
        taking_part_as=taking_part_as,
        starts_on=starts_on,
        mentor=mentor or nomination.mentor,
        answer="",
        changed_at=timezone.now(),
    )
    return _join(placed, on=on, by=by) if membership.is_live(on) else placed


def _invited(nomination: Nomination, *, by: User) -> Membership:
    """The invitation of somebody known by an address only; what comes back is the same if it has an account."""
    name, email = nomination.typed_name, nomination.typed_email
    try:
        return invite_person(organisation=nomination.organisation, name=name, email=email, roles=(), by=by)
    except AlreadyInvited as there:
        return there.membership
    except PermissionDenied as ended:
        raise Refused(ENDED) from ended


# --- joining ----------------------------------------------------------------------------------------------------
@transaction.atomic
def enrol_by_hand(*, by: User, **fields: Any) -> Enrolment:
    """Put somebody into a cohort (see ``enrol``), whether they waited for it or not."""
    enrolment = enrol(by=by, **fields)
    if not Nomination.objects.filter(enrolment=enrolment).exists():
        _settle(enrolment, by)
    return enrolment


def _settle(enrolment: Enrolment, by: User) -> None:
    """They wait no longer, and nobody has to decline them."""
    person = enrolment.supervisor
    membership = members_by_address(enrolment.organisation, [person.email]).get(person.email)
    waiting = _waits(enrolment.organisation, membership, person.email)
    if waiting is None or membership is None:
        return
    placed = move(
        waiting,
        PLACE,
        by=by,
        membership=membership,
        cohort=enrolment.cohort,
        kind=enrolment.kind,
        taking_part_as=enrolment.taking_part_as,
        starts_on=enrolment.starts_on,
        answer="",
        changed_at=timezone.now(),
    )
    move(placed, JOIN, by=by, enrolment=enrolment, changed_at=timezone.now())


def enrol_placed() -> int:
    """Everybody with a place who has accepted the invitation joins; returns how many."""
    link_people()
    on = timezone.localdate()
    live = Membership.objects.live(on).filter(user__is_active=True)
    ready = Nomination.objects.filter(status=Status.PLACED, membership__in=live).exclude(cohort__status="closed")
    return sum(_join_if_still_placed(pk, on) for pk in list(ready.values_list("pk", flat=True)))


@transaction.atomic
def _join_if_still_placed(pk: uuid.UUID, on: dt.date) -> bool:
    waiting = Nomination.objects.select_for_update(of=("self",), skip_locked=True).with_facts()
    found = waiting.filter(pk=pk, status=Status.PLACED).first()
    if found is None:
        return False
    try:
        with transaction.atomic():
            _join(found, on=on, by=found.membership.user)
    except (Refused, PermissionDenied, InvalidTransition):
        log.exception("somebody with a place could not join")
        return False
    return True


def _join(nomination: Nomination, *, on: dt.date, by: User) -> Nomination:
    cohort, membership, placed_by = nomination.cohort, nomination.membership, nomination.placed_by
    if cohort is None or membership is None or placed_by is None:
        raise ValueError("Only somebody with a place joins")
    enrolment = cohort.enrolments.filter(supervisor=membership.user).first() or enrol(
        pk=nomination.pk,
        cohort=cohort,
        supervisor=membership.user,
        kind=nomination.kind,
        taking_part_as=nomination.taking_part_as,
        starts_on=nomination.starts_on or cohort.starts_on,
        companions=companions_of(nomination, on),
        on=on,
        by=placed_by,
    )
    return move(nomination, JOIN, by=by, enrolment=enrolment, changed_at=timezone.now())


def companions_of(nomination: Nomination, on: dt.date) -> Companions:
    """Line manager and mentor, as far as they may be: members today; the mentor known as eligible, and nobody else's
    role at once."""
    people = live_users(nomination.organisation, on)
    manager = people.filter(pk=nomination.line_manager_id).first() if nomination.line_manager_id else None
    mentor = people.filter(pk=nomination.mentor_id).first() if nomination.mentor_id else None
    person = nomination.membership.user if nomination.membership else None
    if manager == person:
        manager = None
    passed = mentor is not None and mentor.pk in eligible_mentors(nomination.organisation, on)
    if not passed or mentor in (person, manager):
        return Companions(line_manager=manager)
    return Companions(mentor=mentor, line_manager=manager, is_registered=True, has_two_years=True)


def eligible_mentors(organisation: Organisation, on: dt.date) -> set[uuid.UUID]:
    """Who has passed the gate, as the organisation has it on record: registered, and two years of supervising."""
    records = MentorRecord.objects.filter(organisation=organisation, has_two_years=True, retired_on=None)
    return set(records.filter(registered_until__gte=on).values_list("mentor", flat=True))


def link_people() -> None:
    """Who was known by an address only, and whose line manager was: filled in once a member has the address."""
    here = Membership.objects.filter(organisation=OuterRef("organisation")).not_ended(timezone.localdate())
    by_address = here.filter(user__email=OuterRef("typed_email")).values("pk")[:1]
    unknown = Nomination.objects.filter(membership=None, status=Status.WAITING)
    for row in unknown.annotate(found=Subquery(by_address)).exclude(found=None):
        if not Nomination.objects.open().filter(membership=row.found).exists():
            Nomination.objects.filter(pk=row.pk, membership=None).update(membership=row.found)
    live = Membership.objects.filter(organisation=OuterRef("organisation")).live(timezone.localdate())
    manager = live.filter(user__email=OuterRef("line_manager_email"), user__is_active=True).values("user")[:1]
    unasked = Nomination.objects.filter(status=Status.ASKED, line_manager=None).annotate(found=Subquery(manager))
    for row in unasked.exclude(found=None):
        asked = Nomination.objects.filter(pk=row.pk, line_manager=None)
        asked.update(line_manager=row.found, changed_at=timezone.now())
