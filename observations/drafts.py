"""What is typed about an observation and not saved yet, named by ``settings.DRAFT_MODULES``."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Fields, Finder, Place, Windows, either, on_new, on_row, words_of
from accounts.models import Organisation, User
from observations.models import FocusWish, Observation
from observations.permissions import Perm
from observations.queries import mentor_of, next_to_come, wish_about
from pathway.models import Area, Enrolment
from pqs_portal.lib.drafts import Payload
from pqs_portal.lib.text import as_uuid

OBSERVATION = "observation"
REFLECTION = "observation_reflection"
# Kept under the id of the enrolment.
FOCUS = "focus"
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
    return [*read_texts(payload), areas_read(payload)]


def areas_read(payload: Payload) -> tuple[str, str]:
    areas = Area.objects.filter(pk__in=filter(None, map(as_uuid, payload.get("areas", [])))).order_by("number")
    return "Areas", ", ".join(map(str, areas))


read_wish = words_of({"text": "What you would like watched"})


def read_focus(payload: Payload) -> Fields:
    return [areas_read(payload), *read_wish(payload)]


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


def focus_url(enrolment: Enrolment) -> str:
    return reverse("observations:focus", args=[enrolment.pk])


def focus_place(enrolment: Enrolment, wish: FocusWish | None) -> Place:
    """For a page that has asked already whether the person may ask."""
    return Place(enrolment.organisation_id, focus_url(enrolment), read_focus, wish.revision if wish else 0)


def find_focus(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    enrolment = Enrolment.objects.visible_to(user).filter(pk=target_id).select_related("cohort").first()
    if enrolment is None or not user.has_perm(Perm.ASK_FOCUS, enrolment):
        return None
    return focus_place(enrolment, wish_about(enrolment, mentor_of(enrolment), next_to_come(enrolment)))


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
    FOCUS: find_focus,
}
# What is taken out for good is never the observer's, and a reflection is written once.
WINDOWS: Sequence[tuple[type[Model], Windows]] = [(FocusWish, lambda row: [(FOCUS, row.enrolment_id)])]
