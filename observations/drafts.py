"""What is typed about an observation and not saved yet, named by ``settings.DRAFT_MODULES``."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Fields, Finder, Windows, either, on_new, on_row, words_of
from accounts.models import Organisation, User
from observations.models import Observation
from observations.permissions import Perm
from pathway.models import Area, Enrolment
from pqs_portal.lib.drafts import Payload
from pqs_portal.lib.text import as_uuid

OBSERVATION = "observation"
REFLECTION = "observation_reflection"
Status = Observation.Status

read_texts = words_of(
    {
        "kind": "Kind",
        "with_whom": "With whom",
        "asked_beforehand": "Asked beforehand",
        "observed_on": "When",
        "mode": "How",
        "context": "Context",
        "noticed": "What you noticed",
        "strengths": "Strengths",
        "development_points": "Development points",
    },
    {
        "kind": dict(Observation.Kind.choices),
        "mode": dict(Observation.Mode.choices),
        "asked_beforehand": {"on": "Yes"},
    },
)


def read_observation(payload: Payload) -> Fields:
    areas = Area.objects.filter(pk__in=filter(None, map(as_uuid, payload.get("areas", [])))).order_by("number")
    return [*read_texts(payload), ("Areas", ", ".join(map(str, areas)))]


def mentee(user: User, organisation: Organisation) -> Enrolment | None:
    """Somebody whom the person mentors: who it is, the page says to which it is saved."""
    found: Enrolment | None = Enrolment.objects.mentored_by(user).filter(organisation=organisation).first()
    return found


def edit_url(observation: Observation) -> str:
    return reverse("observations:observation_edit", args=[observation.pk])


def list_url(_: uuid.UUID) -> str:
    return reverse("observations:observation_list")


# Released words stay as they are, and a reflection is written once.
open_ones = Observation.objects.filter(status__in=(Status.PLANNED, Status.DRAFT)).select_related("enrolment")
unanswered = Observation.objects.filter(status=Status.RELEASED).select_related("enrolment")

DRAFTS: Mapping[str, Finder] = {
    OBSERVATION: either(
        on_row(open_ones, Perm.WRITE_OBSERVATION, edit_url, read_observation),
        on_new(
            Observation, mentee, Perm.PLAN_OBSERVATION, list_url, read_observation, ["observations:observation_record"]
        ),
    ),
    REFLECTION: on_row(
        unanswered, Perm.REFLECT, Observation.get_absolute_url, words_of({"reflection": "Your reflection"})
    ),
}
# What is taken out for good is never the observer's, and a reflection is written once.
WINDOWS: Sequence[tuple[type[Model], Windows]] = []
