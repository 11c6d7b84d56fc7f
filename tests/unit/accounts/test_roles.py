"""Giving and ending roles: dates, and the last admin."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, Membership, Role, RoleGrant
from accounts.services.roles import end_membership, end_role, give_role
from accounts.transitions import GuardRefused
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory, member

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def admin(organisation):
    return member(organisation, Role.ORGANISATION_ADMIN)


def grant_of(user, role=Role.ORGANISATION_ADMIN):
    return RoleGrant.objects.get(membership__user=user, role=role)


def again(user):
    """The person as the next request loads them."""
    return type(user).objects.get(pk=user.pk)


def test_a_role_begins_on_its_day(organisation, admin):
    person = MembershipFactory(organisation=organisation)
    give_role(membership=person, role=Role.LD_LEAD, starts_on=TODAY() + DAY, by=admin)
    assert again(person.user).roles_in(organisation.pk) == set()
    assert again(person.user).roles_in(organisation.pk, TODAY() + DAY) == {Role.LD_LEAD}
    event = AuditEvent.objects.get(verb="gave role")
    assert (event.actor, event.subject, event.to_status) == (admin, person.user, Role.LD_LEAD)


def test_a_role_is_held_once_at_a_time(organisation, admin):
    with pytest.raises(GuardRefused, match="already"):
        give_role(membership=grant_of(admin).membership, role=Role.ORGANISATION_ADMIN, starts_on=TODAY(), by=admin)


def test_a_role_outlives_no_membership(organisation, admin):
    person = MembershipFactory(organisation=organisation, ends_on=TODAY() + 5 * DAY)
    assert give_role(membership=person, role=Role.LD_LEAD, starts_on=TODAY(), by=admin).ends_on == person.ends_on
    with pytest.raises(GuardRefused, match="ends before"):
        give_role(membership=person, role=Role.SENIOR_LEADER, starts_on=TODAY() + 5 * DAY, by=admin)


def test_an_ended_member_gets_no_role(organisation, admin):
    person = MembershipFactory(organisation=organisation, ends_on=TODAY())
    with pytest.raises(GuardRefused, match="ended"):
        give_role(membership=person, role=Role.LD_LEAD, starts_on=TODAY(), by=admin)


def test_an_ended_role_ends_the_right_on_its_day(organisation, admin):
    lead = member(organisation, Role.LD_LEAD)
    end_role(grant=grant_of(lead, Role.LD_LEAD), ends_on=TODAY() + DAY, by=admin)
    assert again(lead).roles_in(organisation.pk) == {Role.LD_LEAD}
    assert again(lead).roles_in(organisation.pk, TODAY() + DAY) == set()


@pytest.mark.parametrize("act", ["role", "membership"])
def test_the_last_admin_stays(organisation, admin, act):
    by = member(organisation, Role.LD_LEAD)
    with pytest.raises(GuardRefused, match="last organisation admin"):
        _end(act, admin, by=by)
    assert grant_of(admin).ends_on is None


@pytest.mark.parametrize(
    "other",
    [
        {"status": Membership.Status.INVITED, "accepted_at": None},
        {"ends_on": timezone.localdate() + 30 * DAY},
        {"starts_on": timezone.localdate() + 30 * DAY},
        {"is_active": False},
    ],
    ids=["invited", "ends later", "begins later", "closed account"],
)
def test_an_admin_who_is_not_really_there_does_not_count(organisation, admin, other):
    user = UserFactory(is_active=other.pop("is_active", True))
    MembershipFactory(organisation=organisation, user=user, roles=[Role.ORGANISATION_ADMIN], **other)
    with pytest.raises(GuardRefused, match="last organisation admin"):
        _end("role", admin, by=admin)


def test_another_organisations_admin_does_not_count(organisation, admin):
    member(OrganisationFactory(), Role.ORGANISATION_ADMIN)
    with pytest.raises(GuardRefused, match="last organisation admin"):
        _end("role", admin, by=admin)


@pytest.mark.parametrize("act", ["role", "membership"])
def test_nobody_ends_themselves(organisation, admin, act):
    member(organisation, Role.ORGANISATION_ADMIN)
    with pytest.raises(GuardRefused, match="your own"):
        _end(act, admin, by=admin)


@pytest.mark.parametrize("act", ["role", "membership"])
def test_one_of_two_admins_can_be_ended_by_the_other(organisation, admin, act):
    second = member(organisation, Role.ORGANISATION_ADMIN)
    _end(act, admin, by=second)
    assert again(admin).roles_in(organisation.pk) == set()


def test_roles_end_with_the_membership(organisation, admin):
    lead = member(organisation, Role.LD_LEAD, Role.SENIOR_LEADER)
    end_membership(membership=lead.memberships.get(), ends_on=TODAY() + DAY, by=admin)
    assert {grant.ends_on for grant in RoleGrant.objects.filter(membership__user=lead)} == {TODAY() + DAY}
    assert again(lead).live_organisation_ids == [organisation.pk]


def test_withdrawing_an_invitation_takes_its_key(organisation, admin):
    invited = MembershipFactory(
        organisation=organisation, status="invited", accepted_at=None, invitation_nonce="key", starts_on=TODAY()
    )
    end_membership(membership=invited, ends_on=TODAY(), by=admin)
    invited.refresh_from_db()
    assert (invited.invitation_nonce, invited.ends_on) == ("", TODAY())
    assert AuditEvent.objects.filter(verb="withdrew invitation", subject=invited.user).exists()


def _end(act, user, *, by):
    if act == "role":
        end_role(grant=grant_of(user), ends_on=TODAY(), by=by)
    else:
        end_membership(membership=user.memberships.get(), ends_on=TODAY(), by=by)
