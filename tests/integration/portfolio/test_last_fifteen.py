"""The end of a session: four things to keep, session and area already there, and nothing lost or doubled."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from portfolio.models import Action, Evidence, Note
from tests.factories.portfolio import ActionFactory, NoteFactory
from tests.factories.sessions_catalogue import ProgrammeSessionFactory

NOTES = ["self_assessment", "plan", "reflection"]


def screen(session):
    return reverse("portfolio:last_fifteen", args=[session.number])


def opened(client, session, choice):
    """The address and the form of one of the four."""
    address = client.get(f"{screen(session)}?choice={choice}").url
    return address, client.get(address).context["form"]


def fields(form, **typed):
    return {"id": str(form["id"].value()), **typed}


def on(day):
    return {"due_on_day": day.day, "due_on_month": day.month, "due_on_year": day.year}


@pytest.fixture
def session(areas):
    return ProgrammeSessionFactory(number=4, title="Ethics and values", area=areas[0])


@pytest.fixture
def general(areas):
    return ProgrammeSessionFactory(number=1, title="The standards")


def test_the_screen_offers_the_four_and_evidence(world, sign_in, session):
    page = sign_in(world.supervisor).get(screen(session))
    body = page.content.decode()
    assert [row["choice"].key for row in page.context["rows"]] == [*NOTES, "action"]
    assert [row["is_open"] for row in page.context["rows"]] == [False] * 4
    assert page.context["evidence_url"] == "/evidence/new/?session=4"
    assert "Look again at my self-assessment (area 1)" in body
    assert "Only you" in body
    assert body.count("<form") == 1  # signing out: none of ours until one is opened


@pytest.mark.parametrize("choice", NOTES)
def test_a_note_is_kept_with_its_session_and_area(world, sign_in, session, areas, choice):
    client = sign_in(world.supervisor)
    address, form = opened(client, session, choice)
    answer = client.post(address, fields(form, text="  As typed \r\n"))
    note = Note.objects.get()
    assert (answer.status_code, answer.url) == (302, screen(session))
    assert (str(note.pk), note.belongs_to, note.text) == (str(form["id"].value()), choice, "  As typed \n")
    assert (note.session, note.area, note.enrolment) == (session, areas[0], world.enrolment)
    assert (note.organisation, note.used_at, note.revision) == (world.organisation, None, 1)
    page = client.get(answer.url)
    assert [len(row["kept"]) for row in page.context["rows"]] == [int(key == choice) for key in (*NOTES, "action")]
    assert "You kept 1 thing" in page.content.decode()


def test_an_action_is_kept_with_its_day(world, sign_in, session, areas):
    client, due_on = sign_in(world.supervisor), timezone.localdate() + dt.timedelta(days=7)
    address, form = opened(client, session, "action")
    client.post(address, fields(form, text="Ask the team", **on(due_on)))
    action = Action.objects.get()
    assert (action.text, action.due_on, action.session, action.area) == ("Ask the team", due_on, session, areas[0])
    assert (action.done_on, action.how_it_went) == (None, "")
    assert not Note.objects.exists()


@pytest.mark.parametrize("choice", [*NOTES, "action"])
def test_a_double_press_and_going_back_make_one(world, sign_in, session, choice):
    client = sign_in(world.supervisor)
    address, form = opened(client, session, choice)
    posted = fields(form, text="Once")
    first, second = client.post(address, posted), client.post(address, posted)
    assert (first.status_code, second.status_code, second.url) == (302, 302, first.url)
    back = client.get(address)
    assert (back.status_code, back.url) == (302, screen(session))
    assert Note.objects.count() + Action.objects.count() == 1
    assert AuditEvent.objects.filter(target_type__in=["portfolio.note", "portfolio.action"]).count() == 1


def test_another_text_from_the_same_form_is_kept_too(world, sign_in, session):
    client = sign_in(world.supervisor)
    address, form = opened(client, session, "plan")
    for text in ("First", "Second", "Second", "Third", "First"):
        client.post(address, fields(form, text=text))
    assert sorted(Note.objects.values_list("text", flat=True)) == ["First", "Second", "Third"]


def test_the_id_of_somebody_elses_note_opens_nothing(world, sign_in, session):
    foreign, client = NoteFactory(enrolment=world.other.enrolment, text="CANARY"), sign_in(world.supervisor)
    address = f"{screen(session)}?choice=plan&id={foreign.pk}"
    led = client.get(address)
    assert (led.status_code, str(foreign.pk) in led.url) == (302, False)
    client.post(address, {"id": str(foreign.pk), "text": "Mine"})
    foreign.refresh_from_db()
    assert (foreign.text, foreign.enrolment) == ("CANARY", world.other.enrolment)
    assert Note.objects.exclude(pk=foreign.pk).get().text == "Mine"


def test_a_general_session_asks_for_the_area_of_the_self_assessment(world, sign_in, general, areas):
    client = sign_in(world.supervisor)
    address, form = opened(client, general, "self_assessment")
    assert [row["area"] for row in form.area_rows()] == areas
    refused = client.post(address, fields(form, text="Typed"))
    assert refused.context["form"].errors == {"area": ["Choose the area"]}
    assert "Typed" in refused.content.decode()
    assert "Error: " in refused.content.decode()
    client.post(address, fields(form, text="Typed", area=str(areas[2].pk)))
    assert Note.objects.get().area == areas[2]


@pytest.mark.parametrize("choice", ["plan", "reflection", "action"])
def test_a_general_session_needs_no_area_for_the_rest(world, sign_in, general, areas, choice):
    client = sign_in(world.supervisor)
    address, form = opened(client, general, choice)
    client.post(address, fields(form, text="Without", area=""))
    kept = (Action if choice == "action" else Note).objects.get()
    assert (kept.area, kept.session) == (None, general)


def test_an_area_of_another_standard_is_none_of_the_year(world, sign_in, areas):
    foreign = ProgrammeSessionFactory(number=5, area=area_of_another_standard())
    client = sign_in(world.supervisor)
    address, form = opened(client, foreign, "self_assessment")
    assert form.fixed is None
    refused = client.post(address, fields(form, text="x", area=str(foreign.area.pk)))
    assert refused.context["form"].errors == {"area": ["Choose the area"]}
    assert not Note.objects.exists()


def area_of_another_standard():
    from tests.factories.pathway import AreaFactory, StandardFactory  # noqa: PLC0415 -- only here

    return AreaFactory(standard=StandardFactory(series="another"), number=1)


@pytest.mark.parametrize("choice", [*NOTES, "action"])
def test_nothing_written_is_not_kept(world, sign_in, session, choice):
    client = sign_in(world.supervisor)
    address, form = opened(client, session, choice)
    refused = client.post(address, fields(form, text=" \n "))
    assert refused.context["form"].errors == {"text": ["Write a few words"]}
    assert (Note.objects.count(), Action.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"due_on_day": "31", "due_on_month": "2", "due_on_year": "2027"}, "must be a real date"),
        ({"due_on_day": "1", "due_on_month": "1", "due_on_year": "2020"}, "Choose today or a day to come"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_words(world, sign_in, session, typed, message):
    client = sign_in(world.supervisor)
    address, form = opened(client, session, "action")
    refused = client.post(address, fields(form, text="Do it", **typed))
    assert message in str(refused.context["form"].errors["due_on"])
    assert "Do it" in refused.content.decode()
    assert not Action.objects.exists()


def test_hostile_text_stays_text(world, sign_in, session):
    client = sign_in(world.supervisor)
    for choice in (*NOTES, "action"):
        address, form = opened(client, session, choice)
        client.post(address, fields(form, text='<script>alert(1)</script> [x](javascript:alert(1)) {{ 7|add:"7" }}'))
    pages = [screen(session), reverse("portfolio:later"), reverse("portfolio:action_list")]
    for address in [*pages, Action.objects.get().get_absolute_url()]:
        body = client.get(address).content.decode()
        assert "<script>alert" not in body
        assert 'href="javascript:' not in body
        assert "&lt;script&gt;" in body


@pytest.mark.parametrize("choice", ["", "nonsense", "evidence"])
def test_there_is_nothing_to_post_without_a_choice(world, sign_in, session, choice):
    client = sign_in(world.supervisor)
    address = f"{screen(session)}?choice={choice}"
    assert client.get(address).status_code == 200
    assert client.post(address, {"id": str(uuid.uuid4()), "text": "x"}).status_code == 404
    assert (Note.objects.count(), Action.objects.count()) == (0, 0)


def test_a_session_that_is_not_there(world, sign_in):
    assert sign_in(world.supervisor).get("/sessions/99/last-fifteen-minutes/").status_code == 404


@pytest.mark.parametrize(
    "person", ["mentor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"]
)
def test_only_those_with_a_year_have_the_screen(world, sign_in, session, person):
    NoteFactory(enrolment=world.enrolment, session=session, text="CANARY")
    client = sign_in(getattr(world, person))
    assert client.get(screen(session)).status_code == 404
    assert client.post(f"{screen(session)}?choice=plan", {"id": str(uuid.uuid4()), "text": "x"}).status_code == 404
    assert Note.objects.count() == 1


def test_another_supervisor_sees_their_own_only(world, sign_in, session):
    NoteFactory(enrolment=world.other.enrolment, session=session, text="CANARY")
    ActionFactory(enrolment=world.other.enrolment, session=session, text="CANARY")
    NoteFactory(enrolment=world.enrolment, text="CANARY")  # of no session
    page = sign_in(world.supervisor).get(screen(session))
    assert page.context["kept_count"] == 0
    assert "CANARY" not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_screen_costs_the_same_however_much_is_kept(
    world, sign_in, session, areas, django_assert_num_queries, count
):
    for _ in range(count):
        NoteFactory(enrolment=world.enrolment, session=session, area=areas[0])
        ActionFactory(enrolment=world.enrolment, session=session, area=areas[0])
    client = sign_in(world.supervisor)
    client.get("/account/")
    with django_assert_num_queries(11):
        client.get(screen(session))


def test_from_the_end_of_the_session_to_saved_evidence_in_three_presses(world, sign_in, posted, session, areas):
    """Typing aside: (1) open the last fifteen minutes, (2) write evidence, (3) save."""
    client = sign_in(world.supervisor)
    first = client.get(screen(session))  # press 1, from the session's page
    second = client.get(first.context["evidence_url"], follow=True)  # press 2
    form = second.context["form"]
    assert (form["areas"].value(), second.context["session"]) == ([str(areas[0].pk)], session)
    chosen = {"areas": form["areas"].value(), "id": str(form["id"].value())}
    third = client.post(second.redirect_chain[-1][0], posted() | chosen)  # press 3
    evidence = Evidence.objects.get()
    assert (third.url, evidence.session) == (evidence.get_absolute_url(), session)
    assert [row.area for row in evidence.mappings.all()] == [areas[0]]
