import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountMail, AuditEvent, Membership, User
from pathway.models import Cohort, Enrolment, Nomination
from pathway.services.nominations import enrol_placed
from tests.factories.accounts import MembershipFactory, UserFactory, member
from tests.factories.pathway import CohortFactory, MentorRecordFactory, NominationFactory
from tests.integration.pathway.posting import date, is_refused

MINE = "/nominations/mine/"
LIST = "/nominations/"


def url_of(name, row=None):
    return reverse(f"pathway:nomination_{name}", args=[row.pk] if row else [])


def nominated(email, **more):
    return {"id": uuid.uuid4(), "name": "Nadia New", "email": email, "agrees": "on", **more}


def waiting(world, **fields):
    return NominationFactory(organisation=world.organisation, **fields)


def asked(world, **fields):
    fields = {"line_manager": world.line_manager, "line_manager_email": world.line_manager.email, **fields}
    nothing = {"time_agreed_at": None, "time_agreed_by": None, "typed_name": "", "typed_email": ""}
    return waiting(world, source="self", status="asked", **nothing, **fields)


def placing(cohort, **more):
    return {"cohort": cohort.pk, "taking_part_as": "", **more}


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


# --- L&D ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "status"), [("admin", 403), ("outsider", 403), ("senior_leader", 403), ("line_manager", 403)]
)
def test_only_the_lead_sees_who_waits(world, sign_in, role, status):
    client, row = sign_in(getattr(world, role)), waiting(world)

    assert client.get(LIST).status_code == status
    for name in ("place", "answer"):
        assert client.get(url_of(name, row)).status_code == 404
        assert client.post(url_of(name, row), placing(world.cohort)).status_code == 404
    assert sign_in(world.other.ld_lead).get(url_of("place", row)).status_code == 404
    assert sign_in(row.membership.user).post(url_of("place", row), placing(world.cohort)).status_code == 403
    row.refresh_from_db()
    assert row.status == "waiting"


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_costs_the_same_however_long(world, sign_in, people, django_assert_num_queries):
    for _ in range(people):
        waiting(world, answer="Soon.")
    waiting(world.other)
    client = sign_in(world.ld_lead)
    client.get(LIST)

    with django_assert_num_queries(8):
        page = client.get(LIST).content.decode()

    assert page.count('data-label="Since"') == people
    assert f"Waiting for a place ({people})" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_ones_own_page_costs_the_same_however_long(world, sign_in, rows, django_assert_num_queries):
    for _ in range(rows):
        waiting(world, made_by=world.mentor, line_manager=world.mentor)
        asked(world, line_manager=world.mentor)
    client = sign_in(world.mentor)
    client.get(MINE)

    with django_assert_num_queries(8):
        page = client.get(MINE).content.decode()

    assert page.count('data-label="Nominated"') == rows
    assert page.count("needs your yes to the time</div>") == rows


def test_an_empty_list_says_what_will_be_there(world, sign_in):
    assert "Nobody waits for a place" in sign_in(world.ld_lead).get(LIST).content.decode()
    assert "You are not waiting for a place" in sign_in(world.outsider).get(MINE).content.decode()


def test_a_member_with_a_place_is_in_the_cohort_at_once(world, sign_in):
    row = waiting(world, answer="Soon.")
    client = sign_in(world.ld_lead)
    assert f"{world.cohort.name}, starts" in client.get(url_of("place", row)).content.decode()

    client.post(url_of("place", row), placing(world.cohort))
    client.post(url_of("place", row), placing(world.cohort))

    row.refresh_from_db()
    enrolment = Enrolment.objects.get(supervisor=row.membership.user)
    assert (row.status, row.enrolment, row.placed_by, row.answer) == ("joined", enrolment, world.ld_lead, "")
    assert (enrolment.cohort, enrolment.kind, enrolment.taking_part_as) == (world.cohort, "pathway", "")
    assert enrolment.starts_on == world.cohort.starts_on
    assert enrolment.line_managements.get().manager == row.line_manager
    assert world.cohort.name in sign_in(row.membership.user).get(MINE).content.decode()


def test_whose_membership_has_ended_gets_no_place_that_would_never_be_taken(world, sign_in):
    row = waiting(world)
    Membership.objects.filter(pk=row.membership_id).update(ends_on=timezone.localdate())

    answer = sign_in(world.ld_lead).post(url_of("place", row), placing(world.cohort))

    assert is_refused(answer)
    assert "Their membership has ended" in answer.content.decode()
    row.refresh_from_db()
    assert row.status == "waiting"


def test_sessions_only_from_another_day(world, sign_in):
    row, day = waiting(world), timezone.localdate()

    data = placing(world.cohort, taking_part_as="aspiring", **date("starts_on", day))
    sign_in(world.ld_lead).post(url_of("place", row), data)

    enrolment = Enrolment.objects.get(supervisor=row.membership.user)
    assert (enrolment.kind, enrolment.taking_part_as, enrolment.starts_on) == ("programme_only", "aspiring", day)


@pytest.mark.parametrize("known", [True, False], ids=["account elsewhere", "unknown"])
def test_an_address_becomes_an_invitation_and_joins_on_accepting(world, sign_in, known):
    if known:
        UserFactory(email="nadia@example.org", name="Her Real Name")
    row = waiting(world, membership=None, typed_name="Nadia New", typed_email="nadia@example.org")
    mentor = MentorRecordFactory(organisation=world.organisation).mentor
    Nomination.objects.filter(pk=row.pk).update(mentor=mentor)
    client = sign_in(world.ld_lead)
    assert "They are sent an invitation" in client.get(url_of("place", row)).content.decode()

    answer = client.post(url_of("place", row), placing(world.cohort), follow=True).content.decode()

    assert "Nadia New has a place in" in answer
    assert "Her Real Name" not in answer + client.get(LIST, {"show": "placed"}).content.decode()
    row.refresh_from_db()
    assert (row.status, row.membership.status, row.membership.invited_name) == ("placed", "invited", "Nadia New")
    assert AccountMail.objects.filter(to="nadia@example.org").count() == 1
    assert enrol_placed() == 0
    Membership.objects.filter(pk=row.membership_id).update(status="active", accepted_at=timezone.now())
    User.objects.filter(email="nadia@example.org").update(is_active=True)

    assert (enrol_placed(), enrol_placed()) == (1, 0)

    row.refresh_from_db()
    assert (row.status, row.enrolment.supervisor.email) == ("joined", "nadia@example.org")
    pairing = row.enrolment.mentorings.get()
    assert (pairing.mentor, pairing.paired_by) == (mentor, world.ld_lead)


def test_whoever_was_invited_meanwhile_is_found(world, sign_in):
    row = waiting(world, membership=None, typed_email="nadia@example.org")
    membership = MembershipFactory(organisation=world.organisation, user__email="nadia@example.org")
    twin = waiting(world.other, membership=None, typed_email="nadia@example.org")

    enrol_placed()

    row.refresh_from_db()
    twin.refresh_from_db()
    assert (row.membership, twin.membership) == (membership, None)


def test_a_full_cohort_is_warned_of_and_takes_them(world, sign_in):
    Cohort.objects.filter(pk=world.cohort.pk).update(places=1)
    row = waiting(world)
    client = sign_in(world.ld_lead)
    assert "1 of 1 places taken: full" in client.get(url_of("place", row)).content.decode()

    page = client.post(url_of("place", row), placing(world.cohort), follow=True).content.decode()

    assert f"{world.cohort.name} has 1 place and 2 people now" in page
    assert world.cohort.enrolments.count() == 2


def test_a_place_is_refused_with_words(world, sign_in):
    row = waiting(world, membership=world.supervisor.memberships.get())
    ended = MembershipFactory(organisation=world.organisation, ends_on=timezone.localdate())
    gone = waiting(world, membership=None, typed_email=ended.user.email)
    closed = CohortFactory(organisation=world.organisation, status="closed")
    client = sign_in(world.ld_lead)

    inside = client.post(url_of("place", row), placing(world.cohort))
    former = client.post(url_of("place", gone), placing(world.cohort))
    late = client.post(url_of("place", row), placing(closed))
    foreign = client.post(url_of("place", row), placing(world.other.cohort))

    assert f"{world.supervisor.name} is in this cohort already" in inside.content.decode()
    assert "An organisation admin can invite them again" in former.content.decode()
    for answer in (inside, former, late, foreign):
        assert is_refused(answer)
    assert set(Nomination.objects.values_list("status", flat=True)) == {"waiting"}


def test_who_waits_is_told_why_or_no(world, sign_in):
    row = waiting(world)
    client, person = sign_in(world.ld_lead), sign_in(row.membership.user)
    empty = client.post(url_of("answer", row), {"outcome": "waiting", "text": " "})
    assert "Enter what you tell them" in empty.content.decode()

    client.post(url_of("answer", row), {"outcome": "waiting", "text": "The next one starts in March."})
    assert "The next one starts in March." in person.get(MINE).content.decode()
    client.post(url_of("answer", row), {"outcome": "declined", "text": "Ask again in a year."})

    row.refresh_from_db()
    assert (row.status, row.answer) == ("declined", "Ask again in a year.")
    assert "Ask again in a year." in sign_in(row.made_by).get(MINE).content.decode()
    page = client.post(url_of("answer", row), {"text": "Again."}, follow=True).content.decode()
    assert "Somebody was quicker: this was answered already" in page


def test_who_waits_for_a_line_manager_is_declined_but_not_placed(world, sign_in):
    row = asked(world)
    client = sign_in(world.ld_lead)
    assert client.get(url_of("place", row)).url == LIST
    assert "Decline" in client.get(url_of("answer", row)).content.decode()

    client.post(url_of("answer", row), {"text": "Not this year."})

    row.refresh_from_db()
    assert row.status == "declined"
