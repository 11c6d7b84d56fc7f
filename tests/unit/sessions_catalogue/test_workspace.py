"""What people keep for themselves around a session: saving without loss, opening what was looked at."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import Mentoring
from pqs_portal.demo.shown import shown_mentor
from sessions_catalogue import queries_workspace
from sessions_catalogue.models import WorkspaceEntry
from sessions_catalogue.services.workspace import (
    NotReady,
    StaleEntry,
    mark_evidence,
    save_entry,
    save_follow_up,
    set_opened,
)
from tests.factories.pathway import CohortFactory, EnrolmentFactory, MentoringFactory
from tests.factories.sessions_catalogue import BlockItemFactory, ProgrammeSessionFactory, SessionBlockFactory
from tests.factories.workspace import WorkspaceEntryFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

TODAY = dt.date(2027, 3, 1)


@pytest.fixture
def item(db):
    return BlockItemFactory(block=SessionBlockFactory(session=ProgrammeSessionFactory(number=4)))


@pytest.fixture
def save(world, item):
    def saved(text="First words", ticked_on=None, revision=0):
        return save_entry(
            enrolment=world.enrolment,
            session=item.block.session,
            item=item,
            text=text,
            ticked_on=ticked_on,
            revision=revision,
            by=world.supervisor,
        )

    return saved


def test_a_note_is_made_and_changed(world, item, save):
    entry = save()
    changed = save(" As typed\n", TODAY, revision=1)
    assert changed.pk == entry.pk
    assert (changed.text, changed.ticked_on, changed.revision) == (" As typed\n", TODAY, 2)
    assert (changed.organisation, changed.session, changed.item) == (world.organisation, item.block.session, item)
    assert (changed.shared_with, changed.is_material) == (None, False)
    assert changed.changed_at > entry.changed_at
    rows = AuditEvent.objects.values_list("verb", "category", "actor", "target_id")
    assert list(rows) == [("saved a session note", "portfolio", world.supervisor.pk, entry.pk)] * 2


def test_a_double_press_saves_once(save):
    assert [
        save().revision,
        save().revision,
        save("Other", revision=1).revision,
        save("Other", revision=1).revision,
    ] == [
        1,
        1,
        2,
        2,
    ]
    assert WorkspaceEntry.objects.count() == 1


@pytest.mark.parametrize("revision", [0, 1])
def test_what_was_saved_in_another_tab_is_not_written_over(save, revision):
    save()
    save("The other tab", revision=1)
    with pytest.raises(StaleEntry) as stale:
        save("Mine", revision=revision)
    assert (stale.value.current.text, stale.value.current.revision) == ("The other tab", 2)
    assert WorkspaceEntry.objects.get().text == "The other tab"


def test_the_follow_up_is_one_entry_of_its_own(world, item, save):
    beside_item = save()
    common = {"enrolment": world.enrolment, "session": item.block.session, "by": world.supervisor}
    first = save_follow_up(text="", done_on=None, revision=0, **common)
    entry = save_follow_up(text="It went well", done_on=TODAY, revision=1, **common)
    assert (entry.pk, entry.item, entry.text, entry.ticked_on) == (first.pk, None, "It went well", TODAY)
    assert WorkspaceEntry.objects.count() == 2
    assert WorkspaceEntry.objects.get(item=item) == beside_item


def opened(entry, by, **more):
    asked = {"to_mentor": True, "is_material": False, "nobody_recognisable": True} | more
    return set_opened(entry_or_worksheet=entry, by=by, **{"shown": shown_mentor(entry.enrolment)} | asked)


def test_the_mentor_reads_what_was_opened_and_no_later_words(world, save):
    entry = opened(save("Opened"), world.supervisor, revision=1)
    assert (entry.shared_with, entry.shared_text, entry.is_changed_since_opened) == (world.mentor, "Opened", False)
    changed = save("Private again", revision=1)
    assert (changed.shared_with, changed.shared_text, changed.text) == (world.mentor, "Opened", "Private again")
    assert changed.is_changed_since_opened
    again = opened(changed, world.supervisor)
    assert again.shared_text == "Private again"
    closed = opened(again, world.supervisor, to_mentor=False)
    assert (closed.shared_with, closed.shared_at, closed.shared_text) == (None, None, "")
    assert list(WorkspaceEntry.objects.visible_to(world.mentor)) == []
    row = AuditEvent.objects.filter(verb="set who reads a session note").order_by("at").first()
    assert (row.category, row.from_status, row.to_status, row.subject) == (
        "portfolio",
        "only_me",
        "mentor",
        world.mentor,
    )


def test_opening_asks_for_the_tick_for_words_and_for_a_mentor(world, save):
    entry = save()
    for wrong in ({"nobody_recognisable": False}, {"revision": 7}):
        with pytest.raises((NotReady, StaleEntry)):
            opened(entry, world.supervisor, **wrong)
    Mentoring.objects.update(ends_on=timezone.localdate())
    with pytest.raises(NotReady):
        opened(entry, world.supervisor)
    entry.refresh_from_db()
    assert (entry.shared_with, entry.is_material) == (None, False)


def test_a_bare_tick_cannot_be_opened(world, save):
    with pytest.raises(NotReady):
        opened(save(text=" "), world.supervisor)


def test_material_for_the_portfolio_opens_it_to_nobody(world, save):
    entry = opened(save(), world.supervisor, to_mentor=False, is_material=True, nobody_recognisable=False)
    assert (entry.is_material, entry.shared_with) == (True, None)
    found = queries_workspace.material_of(world.supervisor, world.organisation)
    assert [(row.id, row.title, row.url) for row in found] == [
        (entry.pk, "What did you notice?", f"/sessions/4/workspace/#item-{entry.item_id}")
    ]
    assert queries_workspace.material_of(world.mentor, world.organisation) == []
    piece = uuid.uuid4()
    assert mark_evidence(entry=entry, evidence_id=piece, by=world.supervisor).evidence_id == piece
    assert queries_workspace.material_of(world.supervisor, world.organisation) == []


def test_only_the_mentor_of_today_reads_and_only_what_was_opened_to_them(world):
    WorkspaceEntryFactory(enrolment=world.enrolment)
    entry = WorkspaceEntryFactory(enrolment=world.enrolment, shared_with=world.mentor)
    for name in ("line_manager", "ld_lead", "admin", "panel_member", "senior_leader", "outsider"):
        assert list(WorkspaceEntry.objects.visible_to(getattr(world, name))) == []
    assert list(WorkspaceEntry.objects.visible_to(world.mentor)) == [entry]
    Mentoring.objects.update(ends_on=timezone.localdate())
    new = MentoringFactory(enrolment=world.enrolment).mentor
    assert [list(WorkspaceEntry.objects.visible_to(each)) for each in (world.mentor, new)] == [[], []]
    assert WorkspaceEntry.objects.visible_to(world.supervisor).count() == 2


def test_what_was_written_beside_an_earlier_version_or_in_an_earlier_year_is_found(world, item, save):
    entry = save()
    newer = ProgrammeSessionFactory._meta.model.objects.create(
        number=4, version=2, slug="session-4", title="Newer", overview="o", day=1
    )
    later = EnrolmentFactory(cohort=CohortFactory(organisation=world.organisation), supervisor=world.supervisor)
    WorkspaceEntryFactory(enrolment=later)
    found = queries_workspace.own_entries(world.supervisor, later, newer)
    assert list(found) == [entry]
    assert list(queries_workspace.own_entries(world.mentor, later, newer)) == []


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_make_one_note_and_one_is_told(world, item, save):
    barrier, answers = threading.Barrier(2), []

    def press(text):
        barrier.wait()
        try:
            answers.append(("saved", save(text).text))
        except StaleEntry as stale:
            answers.append(("stale", stale.current.text))
        finally:
            connection.close()

    tabs = [threading.Thread(target=press, args=(text,)) for text in ("one", "two")]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    kept = WorkspaceEntry.objects.get().text
    assert sorted(answers) == [("saved", kept), ("stale", kept)]
