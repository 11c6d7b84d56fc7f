"""Texts that somebody could read once, whether or not they can now."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from pathway.models import Enrolment
from portfolio.models import Comment, Evidence, Plan, PlanVersion, Reflection


def _once_opened(user: User, texts: QuerySet[Any]) -> QuerySet[Any]:
    """Those that are or were opened by name to ``user``, whom their writer still has for a mentor; and one's own."""
    opened = Q(enrolment__in=Enrolment.objects.mentored_by(user), versions__shared_with=user)
    own = Q(enrolment__in=Enrolment.objects.of_supervisor(user))
    return texts.filter(opened | own).select_related("enrolment__supervisor")


def once_opened_piece(user: User, pk: uuid.UUID) -> Evidence | None:
    found: Evidence | None = _once_opened(user, Evidence.objects.filter(pk=pk)).first()
    return found


def once_opened_reflections(user: User) -> QuerySet[Any]:
    return _once_opened(user, Reflection.objects.all())


def once_opened_reflection(user: User, enrolment_id: uuid.UUID) -> Reflection | None:
    found: Reflection | None = once_opened_reflections(user).filter(enrolment=enrolment_id).first()
    return found


def plan_once_with(user: User, objective_id: uuid.UUID) -> Plan | None:
    """The plan in which ``user`` could read this objective once; its writer's own."""
    plan: Plan | None = _once_opened(user, Plan.objects.filter(objectives=objective_id)).first()
    if plan is None or plan.enrolment.supervisor_id == user.pk:
        return plan
    opened = PlanVersion.objects.filter(plan=plan, shared_with=user)
    return plan if opened.filter(objectives__contains=[{"id": str(objective_id)}]).exists() else None


def talk_once_about(user: User, pk: uuid.UUID) -> Evidence | None:
    """The piece that a talk is about which ``user`` could read once; ``pk`` is that of its first word."""
    talk = Comment.objects.filter(pk=pk, parent=None).first()
    piece = once_opened_piece(user, talk.evidence_id) if talk else None
    if piece is None or talk is None or user.pk not in (talk.version.shared_with_id, piece.enrolment.supervisor_id):
        return None
    return piece
