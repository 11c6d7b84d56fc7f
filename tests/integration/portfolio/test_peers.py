"""Somebody is asked to talk: they hear who asks, and nothing of what about."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from portfolio.models import CpdRecord, PeerInvitation
from portfolio.timeline import cpd as timeline
from tests.factories.accounts import MembershipFactory, UserFactory, member

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def record(world):
    return CpdRecord.objects.create(
        organisation=world.organisation, enrolment=world.enrolment, title="CANARYTITLE", learnt="CANARYLEARNT"
    )


@pytest.fixture
def invited(world, record):
    return PeerInvitation.objects.create(organisation=world.organisation, record=record, peer=world.outsider)


def invite(record):
    return reverse("portfolio:peer_invite", args=[record.pk])


def invitation(row):
    return reverse("portfolio:peer_invitation", args=[row.pk])


def heard():
    return [(event.recipient_id, event.title, event.url) for event in timeline.events(timezone.now() - HOUR)]


def asked():
    return [row.peer for row in PeerInvitation.objects.all()]


def test_who_stands_beside_the_year_is_offered_and_nobody_else(world, record, sign_in):
    client = sign_in(world.supervisor)
    answer = client.get(invite(record))
    assert [str(choice[0]) for choice in answer.context["form"].fields["peer"].choices] == [
        str(world.mentor.pk), str(world.line_manager.pk), "",
    ]  # fmt: skip
    assert world.outsider.name not in answer.content.decode()
    assert client.post(invite(record), {"peer": world.mentor.pk}).url == record.get_absolute_url()
    assert asked() == [world.mentor]
    # Asked once; the form no longer offers them.
    again = client.get(invite(record)).context["form"].fields["peer"].choices
    assert str(world.mentor.pk) not in [str(choice[0]) for choice in again]


def test_a_colleague_is_asked_by_the_address_one_knows(world, record, sign_in):
    client = sign_in(world.supervisor)
    client.post(invite(record), {"peer": "", "email": world.outsider.email.upper()})
    assert asked() == [world.outsider]
    page = client.get(record.get_absolute_url()).content.decode()
    assert (world.outsider.email in page, world.outsider.name in page) == (True, False)
    client.post(invite(record), {"email": world.outsider.email})
    assert asked() == [world.outsider]


def test_who_does_not_belong_here_cannot_be_asked(world, record, sign_in):
    client = sign_in(world.supervisor)
    invited_only = MembershipFactory(organisation=world.organisation, status="invited", accepted_at=None)
    suspended = member(world.organisation)
    suspended.is_active = False
    suspended.save()
    for email in (
        world.other.mentor.email, world.supervisor.email, invited_only.user.email, suspended.email,
        UserFactory().email, "nobody@example.gov.uk",
    ):  # fmt: skip
        answer = client.post(invite(record), {"peer": "", "email": email})
        assert [str(error) for error in answer.context["form"].errors["email"]] == [
            "No colleague of yours signs in here with that address. Check it, or ask them yourself"
        ]
    assert asked() == []


@pytest.mark.parametrize("sent", [{}, {"email": "no address"}, {"peer": "x"}])
def test_what_is_no_choice_is_refused(world, record, sign_in, sent):
    answer = sign_in(world.supervisor).post(invite(record), sent)
    assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    assert asked() == []


def test_not_both(world, record, sign_in):
    sent = {"peer": world.mentor.pk, "email": world.outsider.email}
    assert sign_in(world.supervisor).post(invite(record), sent).status_code == 200
    assert asked() == []


def test_the_peer_says_yes_and_reads_nothing(world, record, invited, sign_in):
    name = world.supervisor.name
    asks = (world.outsider.pk, f"{name} would like to talk about something they have learnt", invitation(invited))
    assert heard() == [asks]
    client = sign_in(world.outsider)
    page = client.get(invitation(invited)).content.decode()
    assert (name in page, "CANARY" in page) == (True, False)
    assert client.get(record.get_absolute_url()).status_code == 404
    assert client.post(invitation(invited), {"yes": "1"}).url == invitation(invited)
    invited.refresh_from_db()
    assert (invited.answer, invited.answered_at is not None) == ("yes", True)
    assert heard() == [(world.supervisor.pk, f"{world.outsider.name} would be glad to talk", record.get_absolute_url())]
    own = sign_in(world.supervisor).get(record.get_absolute_url()).content.decode()
    assert (world.outsider.name in own, "Glad to talk" in own) == (True, True)


def test_not_now_may_become_yes(world, invited, sign_in):
    client = sign_in(world.outsider)
    for sent, answer in (({"no": "1"}, "no"), ({"yes": "1"}, "yes")):
        client.post(invitation(invited), sent)
        invited.refresh_from_db()
        assert invited.answer == answer


def test_taken_back_it_is_gone(world, record, invited, sign_in):
    withdraw = reverse("portfolio:peer_withdraw", args=[invited.pk])
    assert sign_in(world.outsider).post(withdraw).status_code == 403
    assert sign_in(world.supervisor).post(withdraw).url == record.get_absolute_url()
    assert sign_in(world.outsider).get(invitation(invited)).status_code == 404
    assert sign_in(world.outsider).post(invitation(invited), {"yes": "1"}).status_code == 404
    assert heard() == []
    # And they may be asked anew.
    sign_in(world.supervisor).post(invite(record), {"email": world.outsider.email})
    assert PeerInvitation.objects.not_withdrawn().count() == 1


def test_a_record_put_away_asks_nobody(world, record, invited, sign_in):
    CpdRecord.objects.update(discarded_at=timezone.now())
    assert sign_in(world.outsider).get(invitation(invited)).status_code == 404
    assert heard() == []


@pytest.mark.parametrize("left", ["outsider", "supervisor"])
def test_when_either_leaves_it_stands_no_more(world, record, invited, sign_in, left):
    Membership.objects.filter(user=getattr(world, left)).update(ends_on=timezone.localdate())
    assert heard() == []
    assert sign_in(world.outsider).get(invitation(invited)).status_code in (403, 404)
    if left == "outsider":
        page = sign_in(world.supervisor).get(record.get_absolute_url()).content.decode()
        assert "No longer in your organisation" in page


def test_the_asker_does_not_answer_for_them(world, invited, sign_in):
    client = sign_in(world.supervisor)
    assert [client.get(invitation(invited)).status_code, client.post(invitation(invited)).status_code] == [403, 403]


@pytest.mark.parametrize("person", ["mentor", "ld_lead", "admin", "line_manager"])
def test_nobody_else_learns_that_somebody_was_asked(world, invited, sign_in, person):
    client = sign_in(getattr(world, person))
    assert client.get(invitation(invited)).status_code == 404
    assert client.post(invitation(invited), {"yes": "1"}).status_code == 404
