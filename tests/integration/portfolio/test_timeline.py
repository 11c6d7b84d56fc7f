"""What waits on the mentor and what each hears of; never a word of the writing."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from pathway.models import Enrolment, Mentoring
from portfolio import timeline
from portfolio.services.sharing import add_comment, ask_feedback, withdraw_evidence
from tests.factories.portfolio import shared

BEFORE = dt.timedelta(minutes=5)


def entries():
    return list(timeline.entries(Enrolment.objects.all(), timezone.localdate()))


def events():
    return list(timeline.events(timezone.now() - BEFORE))


def test_feedback_waits_on_the_mentor(world):
    evidence = shared(world.enrolment, title="CANARY")
    assert entries() == []
    ask_feedback(evidence=evidence, by=world.supervisor)
    (entry,) = entries()
    today = timezone.localdate()
    assert (entry.waiting_on_id, entry.enrolment_id) == (world.mentor.pk, world.enrolment.pk)
    assert entry.title == f"{world.supervisor.name} asked for feedback on a piece of evidence"
    assert (entry.starts_on, entry.remind_from, entry.due_on) == (today, today, today + dt.timedelta(days=7))
    assert "CANARY" not in str(entry)
    assert entry.url == evidence.get_absolute_url()


def test_feedback_waits_no_longer(world):
    answered, taken_back, left = (shared(world.enrolment) for _ in range(3))
    for evidence in (answered, taken_back, left):
        ask_feedback(evidence=evidence, by=world.supervisor)
    assert len(entries()) == 3
    add_comment(pk=uuid.uuid4(), evidence=answered, text="A word", by=world.mentor)
    withdraw_evidence(evidence=taken_back, by=world.supervisor)
    assert [entry.url for entry in entries()] == [left.get_absolute_url()]
    Mentoring.objects.update(ends_on=timezone.localdate())
    assert entries() == []


def test_the_mentor_hears_of_what_was_shared(world):
    evidence, taken_back = shared(world.enrolment, title="CANARY"), shared(world.enrolment)
    withdraw_evidence(evidence=taken_back, by=world.supervisor)
    (event,) = events()
    assert (event.recipient_id, event.key) == (world.mentor.pk, f"evidence_shared:{evidence.shared_version_id}")
    assert event.title == f"{world.supervisor.name} shared a piece of evidence with you"
    assert "CANARY" not in str(event)
    assert list(timeline.events(timezone.now() + BEFORE)) == []


def test_each_hears_of_the_others_comment(world):
    evidence = shared(world.enrolment)
    for author in (world.mentor, world.supervisor):
        add_comment(pk=uuid.uuid4(), evidence=evidence, text="CANARY", by=author)
    found = {event.title: event.recipient_id for event in events() if event.kind == "evidence_comment"}
    assert found == {
        f"{world.mentor.name} commented on a piece of evidence": world.supervisor.pk,
        f"{world.supervisor.name} commented on a piece of evidence": world.mentor.pk,
    }
    withdraw_evidence(evidence=evidence, by=world.supervisor)
    assert [event.recipient_id for event in events()] == [world.supervisor.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_for_each_kind_of_row(world, django_assert_num_queries, count):
    for _ in range(count):
        evidence = ask_feedback(evidence=shared(world.enrolment), by=world.supervisor)
        add_comment(pk=uuid.uuid4(), evidence=evidence, text="Words", by=world.supervisor)
    with django_assert_num_queries(1):
        assert len(entries()) == count
    with django_assert_num_queries(3):
        assert len(events()) == 2 * count
