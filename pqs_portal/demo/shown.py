"""Whom a writer of the demo was told of when they opened a text: whoever is their mentor."""

from __future__ import annotations

import uuid

from pathway.models import Enrolment
from portfolio.queries import current_mentor


def shown_mentor(enrolment: Enrolment) -> uuid.UUID | None:
    mentor = current_mentor(enrolment)
    return mentor.pk if mentor else None
