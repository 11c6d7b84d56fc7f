"""Inviting and accepting, at the level of services."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import AccountMail, AuditEvent, Membership, Role, User
from accounts.services.people import (
    AlreadyInvited,
    LinkUsed,
    accept_invitation,
    invite_person,
    resend_invitation,
)
from accounts.services.roles import end_membership
from tests.factories.accounts import PASSWORD, MembershipFactory, OrganisationFactory, UserFactory, member

pytestmark = [pytest.mark.unit, pytest.mark.django_db]


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Northshire")


@pytest.fixture
def admin(organisation):
    return member(organisation, Role.ORGANISATION_ADMIN)


def invite(organisation, by, email="new@example.org", **more):
    values = {"name": "Nia New", "roles": [], **more}
    return invite_person(organisation=organisation, email=email, by=by, **values)


def test_a_new_person_cannot_sign_in(organisation, admin):
    membership = invite(organisation, admin, email=" New@Example.ORG ", roles=[Role.LD_LEAD])
    user = membership.user
    assert (user.email, user.name, user.is_active, user.has_usable_password()) == (
        "new@example.org",
        "Nia New",
        False,
        False,
    )
    assert membership.status == Membership.Status.INVITED
    assert user.roles_in(organisation.pk) == set()
    assert [event.verb for event in AuditEvent.objects.order_by("at")] == ["invited", "gave role"]


def test_somebody_with_an_account_is_attached_and_learns_of_it_alone(organisation, admin):
    known = UserFactory(email="known@example.org", name="Her real name")
    membership = invite(organisation, admin, email="KNOWN@example.org", name="Typed name")
    assert membership.user == known
    assert (membership.display_name, membership.display_email) == ("Typed name", "known@example.org")
    known.refresh_from_db()
    assert known.name == "Her real name"
    assert "You have an account already" in AccountMail.objects.get(to="known@example.org").text


def test_the_rows_are_the_same_whether_or_not_the_address_has_an_account(organisation, admin):
    UserFactory(email="known@example.org")
    pair = [invite(organisation, admin, email=email) for email in ("known@example.org", "new@example.org")]
    hidden = {"id", "user_id", "invited_email", "invitation_nonce", "invited_at", "created_at", "_state"}
    shown = [{k: v for k, v in vars(row).items() if k not in hidden and not k.startswith("_")} for row in pair]
    assert shown[0] == shown[1]
    assert AccountMail.objects.count() == 2


@pytest.mark.parametrize("status", ["active", "invited"])
def test_nobody_is_invited_twice(organisation, admin, status):
    accepted = timezone.now() if status == "active" else None
    there = MembershipFactory(organisation=organisation, status=status, accepted_at=accepted)
    with pytest.raises(AlreadyInvited, match=there.display_name):
        invite(organisation, admin, email=there.user.email)
    assert not AccountMail.objects.exists()


def test_a_double_press_makes_one_invitation(organisation, admin):
    pk = uuid.uuid4()
    first, second = (invite(organisation, admin, pk=pk) for _ in range(2))
    assert first == second
    assert first.pk == pk
    assert AccountMail.objects.count() == 1


def test_an_id_of_another_organisations_row_is_not_taken(organisation, admin):
    elsewhere = MembershipFactory()
    membership = invite(organisation, admin, pk=elsewhere.pk)
    assert membership.pk != elsewhere.pk
    assert membership.organisation == organisation


def test_somebody_whose_membership_ended_can_come_back(organisation, admin):
    person = MembershipFactory(organisation=organisation, roles=[Role.LD_LEAD])
    end_membership(membership=person, ends_on=timezone.localdate(), by=admin)
    again = invite(organisation, admin, email=person.user.email)
    assert (again.pk, again.status, again.ends_on) == (person.pk, "invited", None)
    accept_invitation(membership=again, by=person.user)
    user = User.objects.get(pk=person.user_id)
    assert user.live_organisation_ids == [organisation.pk]
    assert user.roles_in(organisation.pk) == set()


def test_only_an_admin_brings_somebody_back(organisation, admin):
    person = MembershipFactory(organisation=organisation)
    end_membership(membership=person, ends_on=timezone.localdate(), by=admin)
    with pytest.raises(PermissionDenied):
        invite(organisation, member(organisation, Role.LD_LEAD), email=person.user.email)


def test_accepting_opens_the_account_once(organisation, admin):
    membership = invite(organisation, admin)
    accept_invitation(membership=membership, by=membership.user, name="Nia", password=PASSWORD)
    user = User.objects.get(pk=membership.user_id)
    assert (user.is_active, user.check_password(PASSWORD), user.name) == (True, True, "Nia")
    assert user.live_organisation_ids == [organisation.pk]
    stale = Membership.objects.get(pk=membership.pk)
    with pytest.raises(LinkUsed):
        accept_invitation(membership=stale, by=user)


def test_nobody_accepts_for_another(organisation, admin):
    membership = invite(organisation, admin)
    with pytest.raises(ValueError, match="person invited"):
        accept_invitation(membership=membership, by=admin)


def test_a_second_invitation_cannot_set_a_password_anew(organisation, admin):
    first = invite(organisation, admin)
    elsewhere = OrganisationFactory()
    second = invite(elsewhere, member(elsewhere, Role.ORGANISATION_ADMIN))
    accept_invitation(membership=first, by=first.user, name="Nia", password=PASSWORD)
    with pytest.raises(LinkUsed):
        accept_invitation(membership=second, by=second.user, name="Thief", password="another long password")
    assert User.objects.get(pk=first.user_id).check_password(PASSWORD)
    assert Membership.objects.get(pk=second.pk).status == "invited"


def test_sending_again_changes_the_key_but_not_within_a_minute(organisation, admin):
    membership = invite(organisation, admin)
    assert resend_invitation(membership=membership, by=admin) is False
    Membership.objects.update(invited_at=timezone.now() - dt.timedelta(minutes=2))
    assert resend_invitation(membership=membership, by=admin) is True
    assert Membership.objects.get(pk=membership.pk).invitation_nonce != membership.invitation_nonce
    assert AccountMail.objects.count() == 2
