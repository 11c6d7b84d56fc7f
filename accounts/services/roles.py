"""Roles and memberships from a date until a date. An organisation never loses its last admin."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, Membership, Organisation, Role, RoleGrant, User
from accounts.transitions import GuardRefused

PEOPLE = AuditEvent.Category.PEOPLE


@transaction.atomic
def give_role(*, membership: Membership, role: str, starts_on: dt.date, by: User) -> RoleGrant:
    """Raises GuardRefused in words for the person if the role is held already or the membership has ended."""
    _lock(membership)
    label = Role(role).label
    if membership.has_ended(timezone.localdate()):
        raise GuardRefused("This membership has ended. Invite the person again first")
    if membership.ends_on and membership.ends_on <= starts_on:
        raise GuardRefused("The membership ends before that. Choose an earlier date")
    overlapping = Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)
    if membership.role_grants.filter(overlapping, role=role).exists():
        raise GuardRefused(f"{membership.display_name} has the role {label} at that time already")
    grant = RoleGrant.objects.create(membership=membership, role=role, starts_on=starts_on, ends_on=membership.ends_on)
    audit.record("gave role", by=by, category=PEOPLE, target=membership, to_status=role)
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, ends_on: dt.date, by: User) -> RoleGrant:
    """``ends_on`` is the first day without the role. Raises GuardRefused for one's own or the last admin."""
    membership = grant.membership
    _lock(membership)
    if grant.role == Role.ORGANISATION_ADMIN:
        _keep_an_admin(membership, ends_on, by)
    grant.ends_on = max(ends_on, grant.starts_on)
    grant.save(update_fields=["ends_on"])
    audit.record("ended role", by=by, category=PEOPLE, target=membership, from_status=grant.role)
    return grant


@transaction.atomic
def end_membership(*, membership: Membership, ends_on: dt.date, by: User) -> Membership:
    """Also withdraws an invitation. Roles end with it, so that they do not come back with a new one."""
    _lock(membership)
    if membership.role_grants.filter(role=Role.ORGANISATION_ADMIN, ends_on__isnull=True).exists():
        _keep_an_admin(membership, ends_on, by)
    elif membership.user_id == by.pk:
        raise GuardRefused("You cannot end your own membership. Ask another organisation admin to do it")
    was_invited = membership.status == Membership.Status.INVITED
    membership.ends_on = max(ends_on, membership.starts_on)
    if was_invited:
        membership.invitation_nonce = ""
    membership.save(update_fields=["ends_on", "invitation_nonce"])
    for grant in membership.role_grants.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on)):
        grant.ends_on = max(ends_on, grant.starts_on)
        grant.save(update_fields=["ends_on"])
    verb = "withdrew invitation" if was_invited else "ended membership"
    audit.record(verb, by=by, category=PEOPLE, target=membership, from_status=membership.status)
    return membership


def _lock(membership: Membership) -> None:
    """One change of an organisation's people at a time, so that two admins cannot end each other."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)


def _keep_an_admin(membership: Membership, ends_on: dt.date, by: User) -> None:
    if membership.status != Membership.Status.ACTIVE:
        return
    others = RoleGrant.objects.filter(
        role=Role.ORGANISATION_ADMIN,
        starts_on__lte=ends_on,
        ends_on__isnull=True,
        membership__organisation=membership.organisation_id,
        membership__status=Membership.Status.ACTIVE,
        membership__starts_on__lte=ends_on,
        membership__ends_on__isnull=True,
        membership__user__is_active=True,
    ).exclude(membership=membership)
    if not others.exists():
        name = membership.display_name
        raise GuardRefused(f"{name} is the last organisation admin. Give the role to somebody else first")
    if membership.user_id == by.pk:
        raise GuardRefused("You cannot end your own role as admin. Ask another organisation admin to do it")
