"""The working copy: never replaced by a window that has not seen it, and gone only with a save or by its writer."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, WorkingCopy
from accounts.services.working_copies import (
    Stale,
    Typed,
    UnseenCopy,
    copy_for,
    discard_copy,
    drop_copy,
    save_copy,
)

pytestmark = pytest.mark.django_db
TARGET = uuid.uuid4()


@pytest.fixture
def keep(world):
    def save(words, revision=0, *, author=None, target=TARGET, based_on=0):
        return save_copy(
            author=author or world.supervisor,
            organisation_id=world.organisation.pk,
            form="evidence",
            target_id=target,
            payload={"body": [words]},
            revision=revision,
            based_on=based_on,
        )

    return save


def words():
    return WorkingCopy.objects.get().payload["body"][0]


def test_each_save_counts_from_the_last(keep):
    first = keep("One")
    second = keep("One two", first.revision)
    assert (second.pk, words()) == (first.pk, "One two")
    assert second.revision > first.revision > 0


def test_a_window_that_has_not_seen_it_replaces_nothing(keep):
    first = keep("One")
    newest = keep("Of the first window", first.revision)
    for seen in (0, first.revision, newest.revision + 1):
        late = keep("Of the second window", seen)
        assert isinstance(late, Stale)
        assert late.current.payload == {"body": ["Of the first window"]}
    assert words() == "Of the first window"


def test_two_windows_begin_at_once(keep):
    keep("Of the first window")
    assert isinstance(keep("Of the second window"), Stale)
    assert words() == "Of the first window"


def test_the_same_words_again_are_no_conflict(keep):
    first = keep("One")
    again = keep("One")
    assert (again.revision, again.saved_at) == (first.revision, first.saved_at)


def test_a_revision_never_comes_twice(keep, world):
    """A window left open must not take what was begun after a save for its own."""
    old = keep("Before")
    drop_copy(author=world.supervisor, typed=Typed("evidence", TARGET, old.revision))
    new = keep("After")
    assert new.revision > old.revision
    assert isinstance(keep("Of the old window", old.revision), Stale)
    assert words() == "After"


def test_typing_on_after_a_save_elsewhere_is_kept(keep, world):
    old = keep("Before")
    drop_copy(author=world.supervisor, typed=Typed("evidence", TARGET, old.revision))
    assert keep("Typed on", old.revision, based_on=3).based_on == 3
    assert words() == "Typed on"


def test_saving_takes_away_what_was_seen_only(keep, world):
    seen = keep("One")
    keep("One two", seen.revision)
    with pytest.raises(UnseenCopy) as unseen, transaction.atomic():
        drop_copy(author=world.supervisor, typed=Typed("evidence", TARGET, seen.revision))
    assert unseen.value.current.payload == {"body": ["One two"]}
    discard_copy(author=world.supervisor, typed=Typed("evidence", TARGET, unseen.value.current.revision))
    assert not WorkingCopy.objects.exists()
    drop_copy(author=world.supervisor, typed=Typed("evidence", TARGET, 0))
    drop_copy(author=world.supervisor, typed=None)


def test_everybody_has_their_own(keep, world):
    mine, theirs = keep("Mine"), keep("Theirs", author=world.mentor)
    for author, copy in ((world.supervisor, mine), (world.mentor, theirs)):
        assert copy_for(author=author, form="evidence", target_id=TARGET) == copy
    drop_copy(author=world.supervisor, typed=Typed("evidence", TARGET, mine.revision))
    assert words() == "Theirs"


def test_one_of_each_is_held_by_the_database(keep, world):
    copy = keep("One")
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkingCopy.objects.create(
            author=world.supervisor, organisation=world.organisation, form="evidence", target_id=TARGET,
            payload={}, revision=copy.revision,
        )  # fmt: skip


@pytest.mark.parametrize(
    "person", ["mentor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"]
)
def test_nobody_else_sees_that_there_is_one(keep, world, person):
    keep("Mine")
    assert not WorkingCopy.objects.visible_to(getattr(world, person)).exists()
    assert WorkingCopy.objects.visible_to(world.supervisor).exists()


def test_how_much_somebody_writes_is_not_on_record(keep, world):
    copy = keep("One")
    discard_copy(author=world.supervisor, typed=Typed("evidence", TARGET, copy.revision))
    assert not AuditEvent.objects.exists()
