"""Records for a regulator while they are being written."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Finder, Windows, either, on_new, on_row, words_of
from portfolio.models import CpdRecord
from portfolio.permissions import Perm
from portfolio.queries.cpd import SWE_QUESTIONS
from portfolio.queries.pieces import own_enrolment

CPD = "cpd"
LABELS = {"title": "Name", **SWE_QUESTIONS, "peer_on": "When you talked"}
read_record = words_of(LABELS, {"activity": {str(value): str(label) for value, label in CpdRecord.Activity.choices}})


def new_url(target_id: uuid.UUID) -> str:
    return f"{reverse('portfolio:cpd_new')}?id={target_id}"


def edit_url(record: CpdRecord) -> str:
    return reverse("portfolio:cpd_edit", args=[record.pk])


DRAFTS: Mapping[str, Finder] = {
    CPD: either(
        on_row(CpdRecord.objects.kept().with_enrolment(), Perm.WRITE_EVIDENCE, edit_url, read_record),
        on_new(CpdRecord, own_enrolment, Perm.WRITE_EVIDENCE, new_url, read_record),
    ),
}
WINDOWS: Sequence[tuple[type[Model], Windows]] = [(CpdRecord, lambda row: [(CPD, row.pk)])]
