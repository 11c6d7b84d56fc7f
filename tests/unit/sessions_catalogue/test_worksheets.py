"""Worksheets: saved without loss, opened as looked at, thrown away or gone for good."""

import datetime as dt
import uuid

import pytest

from accounts.models import AuditEvent
from pqs_portal.demo.shown import shown_mentor
from sessions_catalogue import queries_workspace
from sessions_catalogue.models import Worksheet
from sessions_catalogue.services.worksheets import NotYours, erase_worksheet, restore_worksheet, save_worksheet
from sessions_catalogue.services.workspace import NotReady, StaleEntry, set_opened
from tests.factories.workspace import WorksheetFactory, WorksheetTemplateFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def template(db):
    return WorksheetTemplateFactory(key="a-worksheet")


@pytest.fixture
def save(world, template):
    def saved(pk, by=world.supervisor, enrolment=world.enrolment, revision=0, about="", **answers):
        return save_worksheet(
            pk=pk, enrolment=enrolment, template=template, about=about, answers=answers, revision=revision, by=by
        )

    return saved


def opened(worksheet, by, **more):
    asked = {"to_mentor": True, "is_material": False, "nobody_recognisable": True} | more
    shown = shown_mentor(worksheet.enrolment)
    return set_opened(entry_or_worksheet=worksheet, by=by, shown=shown, **asked)


def test_it_is_made_once_and_changed(world, save):
    pk = uuid.uuid4()
    first, again = save(pk, noticed="Silence", word=""), save(pk, noticed="Silence", word="")
    assert (first, again.revision, again.answers) == (again, 1, {"noticed": "Silence"})
    changed = save(pk, revision=1, about="Worker B", noticed="More", made_up="dropped")
    assert (changed.about, changed.answers, changed.revision) == ("Worker B", {"noticed": "More"}, 2)
    assert Worksheet.objects.count() == 1
    assert set(AuditEvent.objects.values_list("verb", "category")) == {("saved a worksheet", "portfolio")}


@pytest.mark.parametrize("revision", [0, 1])
def test_another_tab_is_not_written_over(save, revision):
    pk = uuid.uuid4()
    save(pk, noticed="First")
    save(pk, noticed="Second", revision=1)
    with pytest.raises(StaleEntry) as stale:
        save(pk, noticed="Mine", revision=revision)
    assert stale.value.current.answers == {"noticed": "Second"}


def test_an_id_of_somebody_else_is_refused(world, save):
    foreign = WorksheetFactory(enrolment=world.other.enrolment, template=WorksheetTemplateFactory(key="a-worksheet"))
    for revision in (0, 1):
        with pytest.raises(NotYours):
            save(foreign.pk, noticed="Mine", revision=revision)
    foreign.refresh_from_db()
    assert foreign.answers == {"noticed": "Much silence", "time": "2"}


def test_the_mentor_reads_what_was_opened(world, save):
    worksheet = opened(save(uuid.uuid4(), about="Worker B", noticed="Opened"), world.supervisor)
    changed = save(worksheet.pk, revision=1, about="Worker C", noticed="Private again")
    assert (changed.shared_about, changed.shared_answers) == ("Worker B", {"noticed": "Opened"})
    assert changed.is_changed_since_opened
    assert list(Worksheet.objects.visible_to(world.mentor)) == [changed]
    for name in ("line_manager", "ld_lead", "admin", "panel_member", "senior_leader", "outsider"):
        assert list(Worksheet.objects.visible_to(getattr(world, name))) == []


def test_throwing_away_closes_it_and_can_be_undone(world, save):
    worksheet = opened(save(uuid.uuid4(), noticed="Opened"), world.supervisor, is_material=True)
    erase_worksheet(worksheet=worksheet, by=world.supervisor)
    worksheet.refresh_from_db()
    assert worksheet.discarded_at is not None
    assert (worksheet.shared_with, worksheet.shared_answers, worksheet.is_material) == (None, {}, False)
    assert worksheet.answers == {"noticed": "Opened"}
    assert list(Worksheet.objects.visible_to(world.mentor)) == []
    with pytest.raises(NotReady):
        opened(worksheet, world.supervisor)
    assert restore_worksheet(worksheet=worksheet, by=world.supervisor).discarded_at is None


def test_one_about_who_somebody_is_is_gone_for_good(world):
    template = WorksheetTemplateFactory(is_personal=True)
    worksheet = WorksheetFactory(enrolment=world.enrolment, template=template)
    pk = worksheet.pk
    erase_worksheet(worksheet=worksheet, by=world.supervisor)
    assert list(Worksheet.objects.all()) == []
    row = AuditEvent.objects.get()
    assert (row.verb, row.category, row.target_id) == ("erased a worksheet", "portfolio", pk)


@pytest.mark.parametrize("asked", [{"to_mentor": True}, {"to_mentor": False, "is_material": True}])
def test_one_about_who_somebody_is_is_opened_to_nobody_and_no_material(world, asked):
    worksheet = WorksheetFactory(enrolment=world.enrolment, template=WorksheetTemplateFactory(is_personal=True))
    with pytest.raises(NotReady):
        opened(worksheet, world.supervisor, **asked)
    # Even a row that says otherwise is read by its writer alone, and suggested nowhere.
    WorksheetFactory(enrolment=world.enrolment, template=worksheet.template, shared_with=world.mentor, is_material=True)
    assert list(Worksheet.objects.visible_to(world.mentor)) == []
    assert queries_workspace.material_of(world.supervisor, world.organisation) == []


def test_fillings_stand_beside_each_other_by_their_dates(world, template):
    def filled(on, time, **more):
        return WorksheetFactory(
            enrolment=world.enrolment, template=template, answers={"held_on": on, "time": time}, **more
        )

    later = filled("2027-03-01", "4")
    assert queries_workspace.growth(later, world.supervisor) is None
    filled("2026-09-01", "2")
    WorksheetFactory(enrolment=world.other.enrolment, template=template)
    found = queries_workspace.growth(later, world.supervisor)
    assert found.dates == [dt.date(2026, 9, 1), dt.date(2027, 3, 1)]
    assert found.rows == [("There was time to think", ["2", "4"])]


def test_a_supervisee_is_compared_with_themselves(world):
    template = WorksheetTemplateFactory(is_per_supervisee=True)
    _, second, other = (
        WorksheetFactory(enrolment=world.enrolment, template=template, about=about) for about in ("B", "B", "C")
    )
    assert len(queries_workspace.growth(second, world.supervisor).dates) == 2
    assert queries_workspace.growth(other, world.supervisor) is None


def test_answers_as_text_for_evidence(world):
    worksheet = WorksheetFactory(
        enrolment=world.enrolment, about="Worker B",
        answers={"held_on": "2027-03-01", "noticed": "Much\nsilence", "time": "1", "word": " "},
    )  # fmt: skip
    assert queries_workspace.text_of_worksheet(worksheet.template, worksheet.answers) == (
        "When was it?\n1 March 2027\n\nWhat did you notice?\nMuch\nsilence\n\nThere was time to think\n1, hardly"
    )
