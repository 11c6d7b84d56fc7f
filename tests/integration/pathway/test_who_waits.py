"""Who waits for a place, as the L&D lead sees and places them."""

import pytest
from django.utils import timezone

from accounts.models import AccountMail, Membership, User
from pathway.models import Cohort, Enrolment, Nomination
from pathway.services.nominations import enrol_placed
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.pathway import CohortFactory, MentorRecordFactory
from tests.integration.pathway.nominating import LIST, MINE, asked, placing, url_of, waiting
from tests.integration.pathway.posting import date, is_refused


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
