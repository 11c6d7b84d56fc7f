"""What follows a session: by when, how it went, and evidence from that in one press."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Evidence
from sessions_catalogue.models import WorkspaceEntry
from sessions_catalogue.services.workspace import save_follow_up
from tests.both_texts import differing
from tests.factories.sessions_catalogue import (
    BlockItemFactory,
    ProgrammeSessionFactory,
    ScheduledSessionFactory,
    SessionBlockFactory,
)


@pytest.fixture
def session(areas):
    made = ProgrammeSessionFactory(number=4, title="Ethics and values", area=areas[0])
    block = SessionBlockFactory(session=made, kind="follow_up", minutes=None)
    BlockItemFactory(block=block, kind="follow_up", text="Hand it to your supervisees")
    return made


def page(session):
    return reverse("portfolio:follow_up", args=[session.number])


def posted(text="It went well", revision=0, on=None, **more):
    on = on or timezone.localdate()
    day = {"done_on_day": on.day, "done_on_month": on.month, "done_on_year": on.year}
    return {"text": text, "revision": revision, **day, **more}


def test_what_is_asked_and_by_when(world, sign_in, session):
    held = timezone.now() - dt.timedelta(days=3)
    ScheduledSessionFactory(cohort=world.cohort, session=session, starts_at=held)
    response = sign_in(world.supervisor).get(page(session))
    assert response.context["due_on"] == timezone.localdate(held) + dt.timedelta(days=14)
    assert [item.text for item in response.context["items"]] == ["Hand it to your supervisees"]
    assert "Only you" in response.content.decode()


def test_without_a_date_it_says_so(world, sign_in, session):
    response = sign_in(world.supervisor).get(page(session))
    assert response.context["due_on"] is None
    assert "the session has no date for you" in response.content.decode()


def test_the_note_and_its_day_are_saved(world, sign_in, session):
    client, yesterday = sign_in(world.supervisor), timezone.localdate() - dt.timedelta(days=1)
    form = client.get(page(session)).context["form"]
    assert (form["revision"].value(), form["done_on"].value()) == (0, timezone.localdate())
    for _ in range(2):  # pressing twice makes one
        assert client.post(page(session), posted(on=yesterday)).url == page(session)
    entry = WorkspaceEntry.objects.get()
    assert (entry.session, entry.item, entry.enrolment) == (session, None, world.enrolment)
    assert (entry.text, entry.ticked_on, entry.revision) == ("It went well", yesterday, 1)
    assert (entry.shared_with, entry.is_material, entry.evidence_id) == (None, False, None)
    assert client.get(page(session)).context["form"]["text"].value() == "It went well"
    assert not Evidence.objects.exists()


def test_one_press_makes_evidence_once(world, sign_in, session, areas):
    client, yesterday = sign_in(world.supervisor), timezone.localdate() - dt.timedelta(days=1)
    first = client.post(page(session), posted(on=yesterday, evidence=""))
    evidence = Evidence.objects.get()
    assert first.url == reverse("portfolio:evidence_edit", args=[evidence.pk])
    assert (evidence.title, evidence.body, evidence.happened_on) == (
        "Follow-up of session 4", "It went well", yesterday,
    )  # fmt: skip
    assert (evidence.session, evidence.audience, evidence.enrolment) == (session, "only_me", world.enrolment)
    assert [mapping.area for mapping in evidence.mappings.all()] == [areas[0]]
    assert WorkspaceEntry.objects.get().evidence_id == evidence.pk
    again = client.post(page(session), posted(on=yesterday, evidence=""))
    changed = client.post(page(session), posted("More of it", 1, yesterday, evidence=""))
    assert (again.url, changed.url, Evidence.objects.count()) == (first.url, first.url, 1)
    body = client.get(page(session)).content.decode()
    assert (evidence.get_absolute_url() in body, "make it evidence" in body) == (True, False)
    led = client.get(f"/evidence/new/?from=entry:{WorkspaceEntry.objects.get().pk}")
    assert led.url == evidence.get_absolute_url()


def test_what_was_thrown_away_is_made_anew(world, sign_in, session):
    client = sign_in(world.supervisor)
    client.post(page(session), posted(evidence=""))
    Evidence.objects.update(discarded_at=timezone.now())
    client.post(page(session), posted(evidence=""))
    assert (Evidence.objects.count(), Evidence.objects.kept().count()) == (2, 1)


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        (posted(" ", evidence=""), {"text": ["Write how it went first: that becomes the evidence"]}),
        ({"text": "", "revision": 0}, {"text": ["Write how it went, or enter the day you did it"]}),
        (
            {"text": "x", "done_on_day": "30", "done_on_month": "2", "done_on_year": "2026"},
            {"done_on": ["The day you did it must be a real date, like 12 2 2027"]},
        ),
    ],
)
def test_what_cannot_be_saved_is_refused_in_words(world, sign_in, session, data, errors):
    response = sign_in(world.supervisor).post(page(session), data)
    assert response.context["form"].errors == errors
    assert (WorkspaceEntry.objects.count(), Evidence.objects.count()) == (0, 0)


def test_two_windows_see_each_others_text(world, sign_in, session):
    client = sign_in(world.supervisor)
    client.post(page(session), posted("First window"))
    answer = client.post(page(session), posted("Second window"))
    assert (answer.status_code, WorkspaceEntry.objects.get().text) == (409, "First window")
    assert differing(answer) == {"How it went": ("[First] window", "[Second] window")}
    client.post(page(session), dict(answer.context["fields"]))
    assert WorkspaceEntry.objects.get().text == "Second window"


@pytest.mark.parametrize(
    "person", ["mentor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"]
)
def test_nobody_else_has_it(world, sign_in, session, person):
    written(world.enrolment, session, "CANARY")
    client = sign_in(getattr(world, person))
    assert client.get(page(session)).status_code == 404
    assert client.post(page(session), posted("Theirs", 1)).status_code == 404
    assert WorkspaceEntry.objects.get().text == "CANARY"


def written(enrolment, session, text):
    return save_follow_up(
        enrolment=enrolment, session=session, text=text, done_on=None, revision=0, by=enrolment.supervisor
    )


def test_each_sees_their_own(world, sign_in, session):
    written(world.other.enrolment, session, "CANARY")
    response = sign_in(world.supervisor).get(page(session))
    assert (response.context["entry"], "CANARY" in response.content.decode()) == (None, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_it_asks(world, sign_in, session, django_assert_num_queries, count):
    BlockItemFactory.create_batch(count, block=session.blocks.get(), kind="follow_up")
    ScheduledSessionFactory.create_batch(count, cohort=world.cohort)
    written(world.enrolment, session, "Words")
    client = sign_in(world.supervisor)
    client.get("/account/")
    with django_assert_num_queries(11):
        client.get(page(session))
