"""The link of an invitation stands for one membership, one nonce and one purpose."""

import datetime as dt

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from accounts.invitations import MAX_AGE, PURPOSE, invitation_url, invited_by_token, waiting_invitations
from accounts.models import Membership
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def invited():
    return MembershipFactory(
        status=Membership.Status.INVITED, accepted_at=None, invitation_nonce="first", invited_at=timezone.now()
    )


def token_of(membership):
    return invitation_url(membership).rstrip("/").rpartition("/")[2]


def test_opens_its_own_membership_and_no_other(invited):
    other = MembershipFactory(status=Membership.Status.INVITED, accepted_at=None, invitation_nonce="second")
    assert invited_by_token(token_of(invited)) == invited
    assert invited_by_token(token_of(other)) == other


def test_link_comes_from_the_site_url(invited, settings):
    assert invitation_url(invited).startswith(f"{settings.SITE_URL}/invitation/")


def test_dies_with_its_nonce(invited):
    token = token_of(invited)
    Membership.objects.filter(pk=invited.pk).update(invitation_nonce="newer")
    assert invited_by_token(token) is None


def test_dies_after_fourteen_days(invited):
    token = token_of(invited)
    with time_machine.travel(timezone.now() + MAX_AGE + dt.timedelta(minutes=1)):
        assert invited_by_token(token) is None
        assert not waiting_invitations().exists()


def test_dies_with_the_membership(invited):
    token = token_of(invited)
    Membership.objects.filter(pk=invited.pk).update(ends_on=timezone.localdate())
    assert invited_by_token(token) is None


def test_an_empty_nonce_is_no_key(invited):
    Membership.objects.filter(pk=invited.pk).update(invitation_nonce="")
    assert invited_by_token(signing.dumps([invited.pk.hex, ""], salt=PURPOSE)) is None


def test_another_purpose_is_no_key(invited):
    assert invited_by_token(signing.dumps([invited.pk.hex, "first"], salt="accounts.other")) is None


@pytest.mark.parametrize("payload", ["text", ["only one"], {"a": 1}, ["not an id", "first"], [None, None], 7])
def test_a_signed_value_of_another_shape_is_no_key(invited, payload):
    assert invited_by_token(signing.dumps(payload, salt=PURPOSE)) is None


def test_a_closed_account_cannot_be_opened_by_an_invitation(invited):
    closed = UserFactory(is_active=False)
    closed.set_password("something that was theirs")
    closed.save()
    Membership.objects.filter(pk=invited.pk).update(user=closed)
    assert invited_by_token(token_of(invited)) is None
