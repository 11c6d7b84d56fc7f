"""How an observation moves: planned, being written, released, reflected on. Never back."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import AuditEvent, User
from accounts.transitions import GuardRefused, Transition
from observations.models import Observation
from observations.permissions import Perm

Status = Observation.Status


@dataclass(frozen=True)
class Missing:
    """What an observation lacks to be released: the field, and words that say how to mend it."""

    field: str
    words: str


def missing_for_release(observation: Observation, *, areas: int) -> list[Missing]:
    """Everything that is lacking, in the order of the form; ``areas`` is how many areas were seen."""
    today = timezone.localdate()
    checks = [
        (observation.with_whom.strip(), "with_whom", "Enter a made-up name for the supervisee, like Worker B"),
        (observation.asked_beforehand, "asked_beforehand", "Tick that you asked the supervisee beforehand"),
        (observation.observed_on, "observed_on", "Enter the date of the supervision, like 12 2 2027"),
        (
            observation.observed_on is None or observation.observed_on <= today,
            "observed_on",
            "The date of the supervision must be today or earlier",
        ),
        (observation.noticed.strip(), "noticed", "Write what you noticed"),
        (
            observation.strengths.strip() or observation.development_points.strip(),
            "strengths",
            "Write at least one strength or one development point",
        ),
        (areas, "areas", "Choose at least one area that you saw"),
    ]
    return [Missing(field, words) for there, field, words in checks if not there]


def is_whole(observation: Observation, by: User) -> None:
    missing = missing_for_release(observation, areas=observation.areas.count())
    if missing:
        raise GuardRefused(". ".join(lack.words for lack in missing))


BEGIN = Transition(
    name="observation_begun",
    source=frozenset({Status.PLANNED}),
    target=Status.DRAFT,
    permission=Perm.WRITE_OBSERVATION,
    category=AuditEvent.Category.PORTFOLIO,
)
RELEASE = Transition(
    name="observation_released",
    source=frozenset({Status.DRAFT}),
    target=Status.RELEASED,
    permission=Perm.RELEASE,
    category=AuditEvent.Category.PORTFOLIO,
    stamp="released",
    guard=is_whole,
)
REFLECT = Transition(
    name="observation_reflected",
    source=frozenset({Status.RELEASED}),
    target=Status.REFLECTED,
    permission=Perm.REFLECT,
    category=AuditEvent.Category.PORTFOLIO,
    stamp="reflected",
)

TRANSITIONS = (BEGIN, RELEASE, REFLECT)
