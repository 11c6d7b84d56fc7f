"""Objectives while they are being written, closed, or reviewed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Fields, Finder, Place, Windows, either, on_new, words_of
from accounts.models import Organisation, User
from accounts.services.working_copies import Unsaved, unsaved_words
from pathway.models import Area
from portfolio.models import Objective, Period, Plan
from portfolio.permissions import Perm
from portfolio.queries.pieces import own_enrolment
from pqs_portal.lib.drafts import Payload, first_of
from pqs_portal.lib.text import as_uuid

OBJECTIVE, CLOSING, REVIEW = "objective", "objective_close", "objective_review"
LABELS = {
    "need": "What you want to learn",
    "why": "Why",
    "activity": "What you will do",
    "support": "Support and resources",
    "success": "How you will know",
    "target_on": "By which day",
}


REVIEWED = {"text": "How is it going"}
CLOSED_WITH = {"how_it_went": "How it went"}


def new_url(target_id: uuid.UUID) -> str:
    return f"{reverse('portfolio:objective_new')}?id={target_id}"


def read_objective(payload: Payload) -> Fields:
    wanted = [pk for pk in map(as_uuid, payload.get("areas", [])) if pk]
    areas = Area.objects.filter(pk__in=wanted).order_by("number") if wanted else ()
    period = dict(Period.choices).get(first_of(payload, "period"), "")
    return [
        *words_of(LABELS)(payload),
        ("Period", str(period)),
        ("Areas", ", ".join(str(area.number) for area in areas)),
    ]


def unsaved_in_objectives(user: User, named: Mapping[uuid.UUID, str]) -> list[Unsaved]:
    """What their writer typed since they were saved. ``named``: open objectives, and what each is called there."""
    windows = {pk: (reverse("portfolio:objective_edit", args=[pk]), name) for pk, name in named.items()}
    return unsaved_words(author=user, form=OBJECTIVE, windows=windows) if windows else []


def _own(page: str, read: Mapping[str, str] | None = None) -> Finder:
    """An open objective of one's own."""

    def find(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
        mine = Objective.objects.kept().visible_to(user).select_related("plan__enrolment")
        row = mine.filter(pk=target_id).first()
        if row is None or not user.has_perm(Perm.WRITE_EVIDENCE, row):
            return None
        url = reverse(page, args=[row.pk])
        return Place(row.organisation_id, url, words_of(read) if read else read_objective, row.revision)

    return find


def mentor_review_url(plan: Plan, objective_id: uuid.UUID) -> str:
    return reverse("portfolio:mentee_objective_review", args=[plan.enrolment_id, objective_id])


def own_review(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    """What one says of an objective is added beside it: no save can have changed it meanwhile."""
    place = _own("portfolio:objective_review", REVIEWED)(user, organisation, target_id)
    return Place(place.organisation_id, place.url, place.read) if place else None


def mentor_review(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    plans = Plan.objects.shared_with_mentor(user).select_related("shared_version")
    plan = plans.filter(objectives=target_id).first()
    if plan is None or not any(row["id"] == str(target_id) for row in plan.shared_version.objectives):
        return None
    return Place(plan.organisation_id, mentor_review_url(plan, target_id), words_of(REVIEWED))


DRAFTS: Mapping[str, Finder] = {
    OBJECTIVE: either(
        _own("portfolio:objective_edit"),
        on_new(Objective, own_enrolment, Perm.WRITE_EVIDENCE, new_url, read_objective),
    ),
    CLOSING: _own("portfolio:objective_close", CLOSED_WITH),
    REVIEW: either(own_review, mentor_review),
}
WINDOWS: Sequence[tuple[type[Model], Windows]] = [(Objective, lambda row: [(form, row.pk) for form in DRAFTS])]
