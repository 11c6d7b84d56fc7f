"""One home with a section for each role."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Role, RoleGrant
from pathway.models import Cohort
from portfolio.models import CpdRecord
from portfolio.services.peers import answer_invitation, invite_peer, withdraw_invitation
from portfolio.services.sharing import discard_evidence
from portfolio.services.taking_out import send_back
from tests.factories.pathway import EnrolmentFactory, MentoringFactory, MilestoneFactory
from tests.factories.portfolio import EvidenceFactory, area_of, assessed, opened, shared, viewed
from tests.integration.pathway.nominating import asked

HOME = reverse("home")


def text_of(client, url=HOME):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def overdue_step(world):
    return MilestoneFactory(programme=world.cohort.programme, title="Agreement signed", due_month=1)


def test_the_supervisor_sees_where_they_stand_and_what_is_next(world, sign_in, overdue_step):
    page = text_of(sign_in(world.supervisor))
    assert "Month 3 of 12" in page
    assert "Next: Agreement signed" in page
    assert "Pick a new one together" in page
    assert reverse("portfolio:evidence_new") in page


def test_the_supervisor_goes_on_with_what_was_begun_and_never_saved(world, sign_in):
    client, target = sign_in(world.supervisor), uuid.uuid4()
    sent = {
        "title": "A hard hour",
        "body": "It began",
        "draft_page": f"{reverse('portfolio:evidence_new')}?id={target}",
    }
    client.post(reverse("accounts:draft", args=["evidence", target]), sent)
    assert f'href="{sent["draft_page"]}">A hard hour' in text_of(client)
    for person in (world.mentor, world.line_manager, world.ld_lead, world.admin, world.other.supervisor):
        assert "A hard hour" not in text_of(sign_in(person))


def test_the_mentor_sees_what_waits_and_whom_they_mentor_but_no_words(world, sign_in):
    private = EvidenceFactory(enrolment=world.enrolment, title="Kept to myself")
    piece = shared(world.enrolment, title="Opened to the mentor")
    type(piece).objects.filter(pk=piece.pk).update(feedback_asked_at=timezone.now())
    page = text_of(sign_in(world.mentor))
    assert f"{world.supervisor.name} asked for feedback" in page
    assert world.enrolment.get_absolute_url() in page
    assert private.title not in page
    assert piece.title not in page


def test_the_mentors_own_view_waits_until_it_is_given(world, sign_in):
    area = area_of(world.enrolment, number=1)
    client = sign_in(world.mentor)
    opened(assessed(world.enrolment, {area: 3}, point="end", why="CANARY"))
    (row,) = client.get(HOME).context["waiting"]
    today = timezone.localdate()
    assert (row["what"], row["due_on"], row["url"], row["overdue"]) == (
        f"{world.supervisor.name} shared a self-assessment: give your own view",
        today + dt.timedelta(days=7),
        reverse("portfolio:mentor_view", args=[world.enrolment.pk, "end"]),
        False,
    )
    viewed(world.enrolment, world.mentor, {area: 2}, point="end")
    assert client.get(HOME).context["waiting"] == []


def test_whose_yes_is_waited_for_is_not_told_that_nothing_waits(world, sign_in):
    words = ("Somebody asks to join the pathway", "Nothing is waiting for you")
    client = sign_in(world.line_manager)
    assert [said in text_of(client) for said in words] == [False, True]
    asked(world)
    assert [said in text_of(client) for said in words] == [True, False]


def test_who_is_asked_to_talk_is_asked_on_their_home_too(world, sign_in):
    record = CpdRecord.objects.create(
        organisation=world.organisation, enrolment=world.enrolment, title="CANARYTITLE", learnt="CANARYLEARNT"
    )
    row = invite_peer(record=record, peer=world.outsider, by=world.supervisor)
    client = sign_in(world.outsider)
    answer = client.get(HOME)
    assert answer.context["waiting"] == [
        {
            "what": f"{world.supervisor.name} would like to talk about something they have learnt",
            "due_on": timezone.localdate() + dt.timedelta(days=7),
            "url": reverse("portfolio:peer_invitation", args=[row.pk]),
        }
    ]
    page = answer.content.decode()
    assert ("CANARY" in page, "Nothing here for you yet" in page) == (False, False)
    assert sign_in(world.mentor).get(HOME).context["waiting"] == []
    answer_invitation(invitation=row, answer="no", by=world.outsider)
    assert sign_in(world.outsider).get(HOME).context["waiting"] == []


def test_an_invitation_that_is_taken_back_waits_no_longer(world, sign_in):
    record = CpdRecord.objects.create(organisation=world.organisation, enrolment=world.enrolment, title="Talk")
    row = invite_peer(record=record, peer=world.mentor, by=world.supervisor)
    client = sign_in(world.mentor)
    assert len(client.get(HOME).context["waiting"]) == 1
    withdraw_invitation(invitation=row, by=world.supervisor)
    assert client.get(HOME).context["waiting"] == []


def test_a_piece_that_was_sent_back_waits_on_its_writer_from_that_day(world, sign_in, overdue_step):
    evidence = send_back(evidence=shared(world.enrolment, title="CANARY"), reason="name", by=world.mentor)
    client = sign_in(world.supervisor)
    assert [(row["what"], row["url"]) for row in client.get(HOME).context["waiting"]] == [
        (
            f"{world.mentor.name} sent a piece of evidence back: take out what identifies somebody",
            evidence.get_absolute_url(),
        )
    ]
    discard_evidence(evidence=evidence, by=world.supervisor)
    assert client.get(HOME).context["waiting"] == []


def test_the_line_manager_sees_their_people_and_not_what_waits_on_the_mentor(world, sign_in):
    piece = shared(world.enrolment)
    type(piece).objects.filter(pk=piece.pk).update(feedback_asked_at=timezone.now())
    page = text_of(sign_in(world.line_manager))
    assert "People you manage" in page
    assert world.supervisor.name in page
    assert "asked for feedback" not in page


def test_the_lead_sees_cohorts_and_who_could_do_with_a_word(world, sign_in, overdue_step):
    page = text_of(sign_in(world.ld_lead))
    assert world.cohort.name in page
    assert "Agreement signed" in page
    assert world.other.cohort.name not in page


def test_the_senior_leader_sees_no_number_below_ten(world, sign_in):
    client = sign_in(world.senior_leader)
    assert "Fewer than 10 practice supervisors" in text_of(client)
    assert world.supervisor.name not in text_of(client)
    for _ in range(9):
        EnrolmentFactory(cohort=world.cohort)
    assert '<span class="pp-number">10</span>' in text_of(client)


def test_the_panel_member_sees_the_cohort_and_nobody_in_it(world, sign_in):
    page = text_of(sign_in(world.panel_member))
    assert world.cohort.name in page
    assert world.supervisor.name not in page


def test_the_admin_sees_who_has_not_accepted(world, sign_in):
    Membership.objects.filter(user=world.outsider).update(
        status="invited", accepted_at=None, invited_name="Robin Typed"
    )
    page = text_of(sign_in(world.admin))
    assert "Robin Typed" in page
    assert world.outsider.name not in page


def test_several_roles_are_one_home(world, sign_in):
    membership = Membership.objects.get(user=world.mentor)
    RoleGrant.objects.create(membership=membership, role=Role.LD_LEAD, starts_on=membership.starts_on)
    page = text_of(sign_in(world.mentor))
    assert "People you mentor" in page
    assert "Cohorts" in page


def test_a_draft_cohort_shows_to_nobody_in_it(world, sign_in):
    Cohort.objects.filter(pk=world.cohort.pk).update(status="draft")
    for person in (world.supervisor, world.mentor, world.line_manager):
        page = text_of(sign_in(person))
        assert "Nothing here for you yet" in page
        assert world.cohort.name not in page


def test_an_ended_pairing_shows_nothing(world, sign_in):
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()
    assert world.supervisor.name not in text_of(sign_in(world.mentor))


def test_nobody_without_a_membership_sees_a_home(world, sign_in):
    Membership.objects.filter(user=world.ld_lead).update(ends_on=timezone.localdate())
    answer = sign_in(world.ld_lead).get(HOME)
    assert answer.status_code == 403
    assert world.cohort.name not in answer.content.decode()


@pytest.mark.parametrize("people", [1, 3])
def test_the_mentors_home_costs_the_same_however_many_people(world, sign_in, people, django_assert_num_queries):
    for _ in range(people - 1):
        MentoringFactory(enrolment=EnrolmentFactory(cohort=world.cohort), mentor=world.mentor)
    client = sign_in(world.mentor)
    client.get(HOME)
    with django_assert_num_queries(12):
        client.get(HOME)


@pytest.mark.parametrize("people", [1, 3])
def test_the_leads_home_costs_the_same_however_many_people(world, sign_in, people, django_assert_num_queries):
    for _ in range(people - 1):
        EnrolmentFactory(cohort=world.cohort)
    client = sign_in(world.ld_lead)
    client.get(HOME)
    with django_assert_num_queries(16):
        client.get(HOME)


@pytest.mark.parametrize("pieces", [1, 3])
def test_the_supervisors_home_costs_the_same_however_many_pieces(world, sign_in, pieces, django_assert_num_queries):
    for day in range(pieces):
        EvidenceFactory(enrolment=world.enrolment, happened_on=timezone.localdate() - dt.timedelta(days=day))
    client = sign_in(world.supervisor)
    client.get(HOME)
    with django_assert_num_queries(17):
        client.get(HOME)
