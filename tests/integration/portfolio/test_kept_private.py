"""Notes, actions and follow-ups are their writer's alone: in no document, no record, no count and no notice."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import Enrolment
from portfolio.document import build_document
from portfolio.models import Action, Note
from portfolio.queries import action_counts, note_counts
from portfolio.services.actions import finish_action, note_action
from portfolio.services.later import keep_note, put_away
from sessions_catalogue.services.workspace import save_follow_up
from tests.factories.portfolio import area_of, shared
from tests.factories.sessions_catalogue import ProgrammeSessionFactory

OTHERS = ["mentor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"]


@pytest.fixture
def written(world):
    """One of each, by the services, so that every trace they leave is there."""
    enrolment, by, today = world.enrolment, world.supervisor, timezone.localdate()
    session = ProgrammeSessionFactory(number=4, area=area_of(enrolment))
    about = {"enrolment": enrolment, "session": session, "by": by, "text": "CANARY"}
    for kind in Note.For.values:
        keep_note(pk=uuid.uuid4(), belongs_to=kind, **about)
    note_action(pk=uuid.uuid4(), due_on=today - dt.timedelta(days=1), **about)
    done = note_action(pk=uuid.uuid4(), due_on=None, **about)
    finish_action(action=done, revision=1, done_on=today, how_it_went="CANARY", by=by)
    put_away(jotting=done, by=by)
    save_follow_up(**about, done_on=None, revision=0)
    return world


def test_they_are_in_no_document(written):
    shared(written.enrolment, audience="portfolio")
    row = Enrolment.objects.with_people().get(pk=written.enrolment.pk)
    for made_by in (written.supervisor, written.admin):
        document = build_document(row, made_by=made_by, made_at=timezone.now())
        assert len(document.pieces) == 1
        assert "CANARY" not in str(document)


def test_the_records_hold_no_word_and_nobody_is_shown_them(written, sign_in):
    rows = list(AuditEvent.objects.filter(actor=written.supervisor).values())
    assert {row["category"] for row in rows} == {"portfolio"}
    assert "CANARY" not in str(rows)
    body = sign_in(written.admin).get("/organisation/records/").content.decode()
    assert [word for word in ("kept a note", "noted an action", "session note") if word in body] == []


@pytest.mark.parametrize("person", OTHERS)
def test_nobody_else_sees_or_counts_them(written, person):
    user, organisation = getattr(written, person), written.organisation.pk
    assert (Note.objects.visible_to(user).count(), Action.objects.visible_to(user).count()) == (0, 0)
    assert set(note_counts(user, organisation).values()) == {0}
    assert set(action_counts(user, organisation).values()) == {0}


def test_the_writer_has_them_all(written):
    user, organisation = written.supervisor, written.organisation.pk
    assert note_counts(user, organisation) == {"self_assessment": 1, "plan": 1, "reflection": 1, "put_away": 0}
    assert action_counts(user, organisation) == {"to_do": 1, "done": 0, "put_away": 1}
    assert note_counts(user, written.other.organisation.pk)["plan"] == 0


def test_who_has_left_the_organisation_has_none_of_them_any_more(written, sign_in):
    written.supervisor.memberships.update(ends_on=timezone.localdate())
    assert sign_in(written.supervisor).get("/portfolio/later/").status_code in (403, 404)
    assert not Note.objects.visible_to(type(written.supervisor).objects.get(pk=written.supervisor.pk)).exists()
