import uuid

import pytest
from django.utils import timezone

from accounts.models import AccountMail, AuditEvent, User
from pathway.models import Nomination
from pathway.services.nominations import enrol_placed
from tests.factories.accounts import MembershipFactory, member
from tests.integration.pathway.nominating import LIST, MINE, asked, nominated, url_of, waiting
from tests.integration.pathway.posting import is_refused


# --- a line manager nominates -------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["member", "invited", "ended", "elsewhere", "unknown"])
def test_the_answer_is_the_same_whoever_the_address_belongs_to(world, sign_in, who):
    here = {"organisation": world.organisation}
    email = {
        "member": lambda: member(world.organisation).email,
        "invited": lambda: MembershipFactory(**here, status="invited", accepted_at=None).user.email,
        "ended": lambda: MembershipFactory(**here, ends_on=timezone.localdate()).user.email,
        "elsewhere": lambda: world.other.outsider.email,
        "unknown": lambda: "nobody@example.org",
    }[who]()
    users, client = User.objects.count(), sign_in(world.line_manager)

    answer = client.post(url_of("new"), nominated(email), follow=True)

    row = Nomination.objects.get()
    assert (row.status, row.source, row.made_by, row.line_manager) == (
        "waiting", "line_manager", world.line_manager, world.line_manager,
    )  # fmt: skip
    assert (row.time_agreed_by, row.typed_name, row.typed_email) == (world.line_manager, "Nadia New", email)
    assert (row.membership is not None) == (who in ("member", "invited"))
    page = answer.content.decode().replace(email, "the address").replace(str(row.pk), "id")
    assert "Nadia New is nominated. L&amp;D have been told and answer you both" in page
    assert page.count("Nadia New") == 3
    assert "Waiting for a place" in page
    assert "Person " not in page.partition("<main")[2].partition("</main")[0]
    assert User.objects.count() == users
    assert not AccountMail.objects.exists()
    assert AuditEvent.objects.filter(verb="nominated", target_id=row.pk).count() == 1


def test_a_double_press_and_a_second_line_manager_make_one(world, sign_in):
    person = member(world.organisation)
    client, data = sign_in(world.line_manager), nominated(person.email)

    first, second = client.post(url_of("new"), data), client.post(url_of("new"), data)
    third = sign_in(world.mentor).post(url_of("new"), nominated(person.email))
    fourth = sign_in(world.mentor).post(url_of("new"), nominated("nobody@example.org"))
    fifth = client.post(url_of("new"), nominated("nobody@example.org"))

    assert {answer.url for answer in (first, second, third, fourth, fifth)} == {MINE}
    assert [(row.pk, row.made_by) for row in Nomination.objects.filter(membership__user=person)] == [
        (data["id"], world.line_manager)
    ]
    assert Nomination.objects.filter(membership=None).count() == 1
    assert client.get(url_of("new"), {"id": data["id"]}).url == MINE


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"agrees": ""}, "Tick that you agree to the time it takes"),
        ({"name": ""}, "Enter the name"),
        ({"email": ""}, "Enter the e-mail address"),
        ({"email": "nadia"}, "Enter an e-mail address in the right form"),
        ({"email": "nadia@exаmple.org"}, "Use only plain letters in the e-mail address"),
        ({"email": "own"}, "That is your own address. Ask to join for yourself instead"),
    ],
)
def test_what_is_refused(world, sign_in, wrong, words):
    data = nominated("nadia@example.org") | wrong
    if data["email"] == "own":
        data["email"] = world.line_manager.email

    answer = sign_in(world.line_manager).post(url_of("new"), data)

    assert is_refused(answer)
    assert words in answer.content.decode()
    assert not Nomination.objects.exists()


def test_the_person_sees_it_and_withdraws(world, sign_in):
    row = waiting(world, answer="The autumn cohort is full.")
    person, stranger = sign_in(row.membership.user), sign_in(world.outsider)
    page = person.get(MINE).content.decode()
    assert f"{row.made_by.name} nominated you" in page
    assert "The autumn cohort is full." in page
    assert stranger.get(url_of("withdraw", row)).status_code == 404
    assert stranger.post(url_of("withdraw", row)).status_code == 404
    assert sign_in(world.ld_lead).post(url_of("withdraw", row)).status_code == 403
    assert "Withdraw?" in person.get(url_of("withdraw", row)).content.decode()

    person.post(url_of("withdraw", row))
    person.post(url_of("withdraw", row))

    row.refresh_from_db()
    assert row.status == "withdrawn"
    assert AuditEvent.objects.filter(verb="withdrew nomination", target_id=row.pk).count() == 1


def test_whoever_nominated_withdraws_what_they_made_only(world, sign_in):
    made, other = waiting(world, made_by=world.mentor), waiting(world)
    client = sign_in(world.mentor)

    client.post(url_of("withdraw", made))

    assert client.post(url_of("withdraw", other)).status_code == 404
    assert set(Nomination.objects.values_list("pk", "status")) == {(made.pk, "withdrawn"), (other.pk, "waiting")}


# --- asking for oneself -------------------------------------------------------------------------------------
def test_somebody_asks_and_the_line_manager_says_yes(world, sign_in):
    client, manager = sign_in(world.outsider), sign_in(world.line_manager)
    data = {"id": uuid.uuid4(), "email": world.line_manager.email.upper()}

    assert client.post(url_of("ask"), data).url == client.post(url_of("ask"), data).url == MINE

    row = Nomination.objects.get()
    assert (row.status, row.source, row.membership.user, row.line_manager, row.time_agreed_at) == (
        "asked", "self", world.outsider, world.line_manager, None,
    )  # fmt: skip
    assert "Waiting for the line manager" in client.get(MINE).content.decode()
    assert world.outsider.name in manager.get(MINE).content.decode()
    assert client.get(url_of("time", row)).status_code == 403
    assert sign_in(world.mentor).get(url_of("time", row)).status_code == 404
    page = manager.get(url_of("time", row)).content.decode()
    assert "up to twelve sessions of 90 minutes" in page

    assert manager.post(url_of("time", row), {"agrees": "yes"}).url == MINE

    row.refresh_from_db()
    assert (row.status, row.time_agreed_by, row.time_agreed_at is None) == ("waiting", world.line_manager, False)
    assert manager.get(url_of("time", row)).url == MINE


def test_a_no_needs_a_line_and_is_told(world, sign_in):
    row = asked(world)
    manager = sign_in(world.line_manager)
    assert "Enter a line for them" in manager.post(url_of("time", row), {"agrees": "no"}).content.decode()
    assert "Choose whether you agree" in manager.post(url_of("time", row), {}).content.decode()

    manager.post(url_of("time", row), {"agrees": "no", "why": "Two of us leave this month."})

    row.refresh_from_db()
    assert (row.status, row.answer, row.time_agreed_at) == ("declined", "Two of us leave this month.", None)
    assert "Two of us leave this month." in sign_in(row.membership.user).get(MINE).content.decode()


def test_a_line_manager_who_is_no_member_yet_is_asked_once_they_are(world, sign_in):
    client = sign_in(world.outsider)
    client.post(url_of("ask"), {"id": uuid.uuid4(), "email": "boss@example.org"})
    row = Nomination.objects.get()
    assert row.line_manager is None
    assert "not a member yet" in sign_in(world.ld_lead).get(LIST, {"show": "asked"}).content.decode()
    boss = member(world.organisation, email="boss@example.org")

    enrol_placed()

    row.refresh_from_db()
    assert (row.status, row.line_manager) == ("asked", boss)
    assert sign_in(boss).get(url_of("time", row)).status_code == 200


def test_nobody_waits_twice_or_agrees_for_themselves(world, sign_in):
    client = sign_in(world.outsider)
    own = client.post(url_of("ask"), {"id": uuid.uuid4(), "email": world.outsider.email})
    assert "That is your own address" in own.content.decode()
    client.post(url_of("ask"), {"id": uuid.uuid4(), "email": world.mentor.email})

    again = client.post(url_of("ask"), {"id": uuid.uuid4(), "email": world.line_manager.email})

    assert is_refused(again)
    assert "You are waiting for a place already" in again.content.decode()
    assert Nomination.objects.get().line_manager == world.mentor


def test_the_asked_line_manager_who_nominates_has_said_yes(world, sign_in):
    row = asked(world)

    sign_in(world.line_manager).post(url_of("new"), nominated(row.membership.user.email))

    row.refresh_from_db()
    assert (row.status, row.time_agreed_by) == ("waiting", world.line_manager)
    assert Nomination.objects.count() == 1
