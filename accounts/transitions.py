"""The one engine that moves a row from status to status.

Each app lists its moves as ``Transition`` rows in its own ``transitions.py``; services call ``move``.
Permission, then guard, then one conditional UPDATE that only succeeds from an allowed status, then audit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, Membership, User
from accounts.permissions import Perm

Row = TypeVar("Row", bound=models.Model)


class InvalidTransition(Exception):
    """The row was not, or was no longer, in a status that the move starts from."""


class GuardRefused(Exception):
    """A policy forbids the move; the message says why, in words for the person."""


@dataclass(frozen=True)
class Transition:
    """One allowed move. ``stamp`` names the ``<stamp>_at`` and ``<stamp>_by`` fields it fills, or is empty."""

    name: str
    source: frozenset[str]
    target: str
    permission: str
    category: AuditEvent.Category
    stamp: str = ""
    guard: Callable[[Any, User], None] | None = None


@transaction.atomic
def move(row: Row, transition: Transition, *, by: User, **fields: Any) -> Row:
    """Carry out ``transition`` on ``row`` and return it refreshed; ``fields`` are written with the status.

    Raises PermissionDenied, GuardRefused or InvalidTransition; nothing is written then.
    """
    if not by.has_perm(transition.permission, row):
        raise PermissionDenied
    if transition.guard:
        transition.guard(row, by)
    before = str(getattr(row, "status", ""))
    values: dict[str, Any] = {"status": transition.target, **fields}
    if transition.stamp:
        values |= {f"{transition.stamp}_at": timezone.now(), f"{transition.stamp}_by": by}
    changed = type(row)._default_manager.filter(pk=row.pk, status__in=transition.source).update(**values)
    if changed != 1:
        raise InvalidTransition(f"{transition.name} cannot start from {before}")
    row.refresh_from_db()
    audit.record(
        transition.name,
        by=by,
        category=transition.category,
        target=row,
        from_status=before,
        to_status=transition.target,
    )
    return row


ACCEPT_INVITATION = Transition(
    "accepted invitation",
    source=frozenset({Membership.Status.INVITED}),
    target=Membership.Status.ACTIVE,
    permission=Perm.SIGNED_IN,
    category=AuditEvent.Category.PEOPLE,
)
INVITE_AGAIN = Transition(
    "invited again",
    source=frozenset({Membership.Status.ACTIVE, Membership.Status.INVITED}),
    target=Membership.Status.INVITED,
    permission=Perm.MANAGE_PEOPLE,
    category=AuditEvent.Category.PEOPLE,
)
# What docs/states.md is drawn from.
TRANSITIONS = {"Membership": [ACCEPT_INVITATION, INVITE_AGAIN]}
