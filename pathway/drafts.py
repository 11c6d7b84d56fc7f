"""What is typed about taking part and not saved yet, named by ``settings.DRAFT_MODULES``."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Finder, Place, Windows, on_row, version_of, words_of
from accounts.models import Organisation, User
from pathway.models import Cohort, Enrolment, ParticipationNeed
from pathway.permissions import Perm
from pathway.services.needs import NEEDS


def needs_url(enrolment: Enrolment) -> str:
    return reverse("pathway:needs", args=[enrolment.pk])


# A closed cohort has deleted what its people needed.
running = Enrolment.objects.exclude(cohort__status=Cohort.Status.CLOSED).select_related("cohort")

of_year = on_row(running, Perm.WRITE_NEEDS, needs_url, words_of({"text": "What would help you to take part?"}))


def find_needs(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    place = of_year(user, organisation, target_id)
    row = ParticipationNeed.objects.visible_to(user).filter(enrolment=target_id).first() if place else None
    return replace(place, version=version_of(row)) if place and row else place


DRAFTS: Mapping[str, Finder] = {NEEDS: find_needs}
WINDOWS: Sequence[tuple[type[Model], Windows]] = [(ParticipationNeed, lambda row: [(NEEDS, row.enrolment_id)])]
