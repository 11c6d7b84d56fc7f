"""Saving keeps every version, a double press makes one row, and a late save loses nothing."""

import dataclasses
import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.transitions import InvalidTransition
from observations.models import Observation
from observations.services import (
    StaleVersion,
    Written,
    plan_observation,
    record_observation,
    release_observation,
    replan_observation,
    save_observation,
)
from tests.factories.observations import ObservationFactory, draft, released
from tests.factories.pathway import AreaFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

WRITTEN = Written(
    kind="formative",
    with_whom="Worker B",
    asked_beforehand=True,
    observed_on=dt.date(2026, 2, 3),
    mode="in_person",
    context="",
    noticed="CANARY\n\n  as typed ",
    strengths="Calm",
    development_points="",
)


def test_the_first_save_begins_the_draft_and_keeps_a_version(world):
    area = AreaFactory(standard=world.cohort.programme.standard, number=3)
    row = ObservationFactory(enrolment=world.enrolment)
    save_observation(observation=row, version=0, written=WRITTEN, areas=[area], by=world.mentor)
    row.refresh_from_db()
    assert (row.status, row.version, row.noticed) == ("draft", 1, "CANARY\n\n  as typed ")
    assert list(row.areas.all()) == [area]
    assert row.versions.get().content == dataclasses.asdict(WRITTEN) | {
        "observed_on": "2026-02-03",
        "areas": [str(area.pk)],
    }
    assert not any("CANARY" in str(vars(event)) for event in AuditEvent.objects.all())


def test_every_save_is_a_version_of_its_own(world):
    row = ObservationFactory(enrolment=world.enrolment)
    for version, noticed in enumerate(["one", "two", "three"]):
        written = dataclasses.replace(WRITTEN, noticed=noticed)
        row = save_observation(observation=row, version=version, written=written, areas=[], by=world.mentor)
    kept = [(one.number, one.content["noticed"]) for one in row.versions.order_by("number")]
    assert kept == [(1, "one"), (2, "two"), (3, "three")]


def test_a_late_save_with_other_words_is_refused_and_the_same_words_are_not_kept_twice(world):
    row = ObservationFactory(enrolment=world.enrolment)
    save_observation(observation=row, version=0, written=WRITTEN, areas=[], by=world.mentor)
    save_observation(observation=row, version=0, written=WRITTEN, areas=[], by=world.mentor)
    assert row.versions.count() == 1
    other = dataclasses.replace(WRITTEN, noticed="Something else")
    with pytest.raises(StaleVersion) as stale:
        save_observation(observation=row, version=0, written=other, areas=[], by=world.mentor)
    assert stale.value.current.noticed == WRITTEN.noticed
    assert row.versions.count() == 1


def test_nothing_is_saved_after_the_release(world):
    row = released(world.enrolment)
    with pytest.raises(InvalidTransition):
        save_observation(observation=row, version=1, written=WRITTEN, areas=[], by=world.mentor)
    with pytest.raises(InvalidTransition):
        replan_observation(
            observation=row, kind="direct", planned_at=timezone.now(), mode="in_person", focus=[], by=world.mentor
        )


def test_only_the_version_that_was_read_is_released(world):
    row = draft(world.enrolment)
    with pytest.raises(StaleVersion):
        release_observation(observation=row, version=0, by=world.mentor)
    row.refresh_from_db()
    assert row.status == "draft"


def test_a_double_press_makes_one_row(world):
    pk, at = uuid.uuid4(), timezone.now()
    for _ in range(2):
        plan_observation(
            pk=pk, enrolment=world.enrolment, kind="direct", planned_at=at, mode="recording", by=world.mentor
        )
        record_observation(pk=uuid.UUID(int=7), enrolment=world.enrolment, written=WRITTEN, areas=[], by=world.mentor)
    rows = Observation.objects.order_by("kind").values_list("pk", "kind", "status", "version")
    assert list(rows) == [(pk, "direct", "planned", 0), (uuid.UUID(int=7), "formative", "draft", 1)]


def test_an_id_that_is_taken_elsewhere_is_replaced(world):
    foreign = draft(world.other.enrolment)
    mine = record_observation(pk=foreign.pk, enrolment=world.enrolment, written=WRITTEN, areas=[], by=world.mentor)
    foreign.refresh_from_db()
    assert mine.pk != foreign.pk
    assert foreign.noticed != WRITTEN.noticed


def test_another_date_is_news_and_the_same_one_is_not(world):
    row = ObservationFactory(enrolment=world.enrolment, booked_at=None)
    same = {"kind": row.kind, "planned_at": row.planned_at, "mode": row.mode, "focus": [], "by": world.mentor}
    assert replan_observation(observation=row, **same).booked_at is None
    later = same | {"planned_at": row.planned_at + dt.timedelta(days=2)}
    moved = replan_observation(observation=row, **later)
    assert (moved.planned_at, moved.booked_at is None) == (later["planned_at"], False)
