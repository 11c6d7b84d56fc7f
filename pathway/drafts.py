"""What is typed about taking part and not saved yet, named by ``settings.DRAFT_MODULES``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Finder, Windows, on_row, words_of
from pathway.models import Cohort, Enrolment, ParticipationNeed
from pathway.permissions import Perm
from pathway.services.needs import NEEDS


def needs_url(enrolment: Enrolment) -> str:
    return reverse("pathway:needs", args=[enrolment.pk])


# A closed cohort has deleted what its people needed.
running = Enrolment.objects.exclude(cohort__status=Cohort.Status.CLOSED).select_related("cohort")

DRAFTS: Mapping[str, Finder] = {
    NEEDS: on_row(running, Perm.WRITE_NEEDS, needs_url, words_of({"text": "What would help you to take part?"}))
}
WINDOWS: Sequence[tuple[type[Model], Windows]] = [(ParticipationNeed, lambda row: [(NEEDS, row.enrolment_id)])]
