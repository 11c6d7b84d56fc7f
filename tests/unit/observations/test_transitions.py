"""Each move from each status by each role: only the listed ones happen, and only for who may."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.transitions import GuardRefused, InvalidTransition, move
from observations.models import Observation
from observations.transitions import BEGIN, REFLECT, RELEASE, TRANSITIONS, missing_for_release
from tests.factories.observations import ObservationFactory, draft, reflected, released
from tests.factories.pathway import MentoringFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

MAKERS = {"planned": ObservationFactory, "draft": draft, "released": released, "reflected": reflected}
ALLOWED = {
    ("planned", BEGIN.name, "mentor"): "draft",
    ("draft", RELEASE.name, "mentor"): "released",
    ("released", REFLECT.name, "supervisor"): "reflected",
}
MAY = {BEGIN.name: "mentor", RELEASE.name: "mentor", REFLECT.name: "supervisor"}
ROLES = [
    "supervisor", "mentor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider",
]  # fmt: skip


def attempt(row, transition, by):
    extra = {"released_version": row.versions.first()} if transition is RELEASE else {}
    return move(row, transition, by=by, **extra)


@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda one: one.name)
@pytest.mark.parametrize("status", MAKERS)
def test_every_status_and_role(world, status, transition):
    for role in [*ROLES, "former_mentor", "other_mentor"]:
        row = MAKERS[status](enrolment=world.enrolment)
        if transition is RELEASE and status == "planned":
            row = whole_but_planned(row)
        person = who(world, role)
        wanted = ALLOWED.get((status, transition.name, role))
        if wanted:
            assert attempt(row, transition, person).status == wanted
        else:
            refused = InvalidTransition if MAY[transition.name] == role else PermissionDenied
            with pytest.raises(refused):
                attempt(row, transition, person)
            row.refresh_from_db()
            assert row.status == status


def who(world, role):
    if role == "former_mentor":
        return MentoringFactory(
            enrolment=world.enrolment,
            starts_on=timezone.localdate() - dt.timedelta(days=80),
            ends_on=timezone.localdate() - dt.timedelta(days=40),
        ).mentor
    return world.other.mentor if role == "other_mentor" else getattr(world, role)


def whole_but_planned(row):
    complete = draft(row.enrolment)
    for name in ("with_whom", "asked_beforehand", "observed_on", "noticed", "strengths"):
        setattr(row, name, getattr(complete, name))
    row.save()
    row.areas.set(complete.areas.all())
    return row


def test_the_observer_who_is_no_longer_the_mentor_can_neither_write_nor_release(world):
    row = draft(world.enrolment)
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()
    with pytest.raises(PermissionDenied):
        attempt(row, RELEASE, world.mentor)


def test_a_new_mentor_cannot_release_what_another_wrote(world):
    row = draft(world.enrolment)
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()
    new = MentoringFactory(enrolment=world.enrolment, starts_on=timezone.localdate()).mentor
    with pytest.raises(PermissionDenied):
        attempt(row, RELEASE, new)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"with_whom": " "}, "Enter a made-up name for the supervisee, like Worker B"),
        ({"asked_beforehand": False}, "Tick that you asked the supervisee beforehand"),
        ({"observed_on": None}, "Enter the date of the supervision, like 12 2 2027"),
        ({"observed_on": dt.date(2999, 1, 1)}, "The date of the supervision must be today or earlier"),
        ({"noticed": "\n"}, "Write what you noticed"),
        ({"strengths": "", "development_points": " "}, "Write at least one strength or one development point"),
    ],
)
def test_what_is_missing_is_named(world, change, words):
    row = draft(world.enrolment, **change)
    with pytest.raises(GuardRefused) as refused:
        attempt(row, RELEASE, world.mentor)
    assert str(refused.value) == words
    row.refresh_from_db()
    assert row.status == "draft"


def test_an_area_is_needed(world):
    row = draft(world.enrolment)
    row.areas.clear()
    with pytest.raises(GuardRefused) as refused:
        attempt(row, RELEASE, world.mentor)
    assert str(refused.value) == "Choose at least one area that you saw"


@pytest.mark.parametrize("change", [{"strengths": ""}, {"development_points": ""}])
def test_strengths_or_development_points_are_enough(world, change):
    assert missing_for_release(draft(world.enrolment, **change), areas=1) == []


def test_the_stamp_and_the_audit_hold_no_words(world):
    row = attempt(draft(world.enrolment), RELEASE, world.mentor)
    assert (row.released_by, row.released_version) == (world.mentor, row.versions.get())
    event = AuditEvent.objects.get(verb="observation_released")
    assert (event.actor, event.target_id, event.from_status, event.to_status) == (
        world.mentor, row.pk, Observation.Status.DRAFT, Observation.Status.RELEASED,
    )  # fmt: skip
