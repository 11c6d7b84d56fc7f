"""Roles, memberships, invitations and second factors, each changed on a page of its own."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountMail, AuditEvent, Membership, Role, RoleGrant
from pqs_portal import account_events
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory, member

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = timezone.localdate


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def admin(organisation):
    return member(organisation, Role.ORGANISATION_ADMIN, name="Ada Admin")


@pytest.fixture
def person(organisation):
    return MembershipFactory(organisation=organisation, user=UserFactory(name="Pat Person"), roles=[Role.LD_LEAD])


@pytest.fixture
def waiting(organisation):
    return MembershipFactory(
        organisation=organisation,
        user=UserFactory(is_active=False),
        status="invited",
        accepted_at=None,
        invitation_nonce="old",
        invited_at=timezone.now() - dt.timedelta(hours=1),
    )


def date(field, on):
    return {f"{field}_day": on.day, f"{field}_month": on.month, f"{field}_year": on.year}


def pages(person):
    """Every page about one person that changes something."""
    grant = person.role_grants.first()
    named = {name: reverse(f"accounts:{name}", args=[person.pk]) for name in STEPS}
    return {**named, "role_end": reverse("accounts:role_end", args=[person.pk, grant.pk])}


STEPS = ("role_give", "membership_end", "second_factor_reset")


@pytest.mark.parametrize("name", [*STEPS, "role_end"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_an_admin_of_the_organisation(organisation, person, sign_in, name, method):
    url = pages(person)[name]
    before = list(AuditEvent.objects.values_list("pk"))
    lead = member(organisation, Role.LD_LEAD)
    foreign = member(OrganisationFactory(), Role.ORGANISATION_ADMIN)
    assert getattr(sign_in(lead), method)(url).status_code == 403
    assert getattr(sign_in(person.user), method)(url).status_code == 403
    assert getattr(sign_in(member(organisation)), method)(url).status_code == 404
    assert getattr(sign_in(foreign), method)(url).status_code == 404
    assert list(AuditEvent.objects.values_list("pk")) == before


@pytest.mark.parametrize("name", [*STEPS, "role_end"])
def test_opening_the_page_changes_nothing(admin, person, sign_in, name):
    assert sign_in(admin).get(pages(person)[name]).status_code == 200
    assert not AuditEvent.objects.exists()


def test_give_a_role(admin, person, sign_in):
    answer = sign_in(admin).post(pages(person)["role_give"], {"role": "senior_leader", **date("starts_on", TODAY())})
    assert answer.url == person.get_absolute_url()
    assert person.role_grants.get(role="senior_leader").starts_on == TODAY()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"role": ""}, "role"),
        ({"role": "emperor"}, "role"),
        ({"role": "ld_lead"}, "role"),
        ({"starts_on_day": "31", "starts_on_month": "2"}, "starts_on"),
        ({"starts_on_year": "2001"}, "starts_on"),
    ],
)
def test_give_a_role_says_what_is_wrong(admin, person, sign_in, typed, field):
    values = {"role": "senior_leader", **date("starts_on", TODAY()), **typed}
    answer = sign_in(admin).post(pages(person)["role_give"], values)
    assert list(answer.context["form"].errors) == [field]
    assert person.role_grants.count() == 1


def test_end_a_role_from_a_date(admin, person, sign_in):
    last = TODAY() + dt.timedelta(days=7)
    answer = sign_in(admin).post(pages(person)["role_end"], date("ends_on", last))
    assert answer.url == person.get_absolute_url()
    assert person.role_grants.get().ends_on == last
    assert AuditEvent.objects.get(verb="ended role").subject == person.user


def test_a_role_of_somebody_else_is_not_found_here(admin, person, sign_in):
    grant = RoleGrant.objects.get(membership__user=admin)
    url = reverse("accounts:role_end", args=[person.pk, grant.pk])
    assert sign_in(admin).post(url, date("ends_on", TODAY())).status_code == 404
    grant.refresh_from_db()
    assert grant.ends_on is None


def test_the_last_admin_is_told_why_not(admin, sign_in):
    grant = RoleGrant.objects.get(membership__user=admin)
    url = reverse("accounts:role_end", args=[grant.membership_id, grant.pk])
    answer = sign_in(admin).post(url, date("ends_on", TODAY()))
    text = answer.content.decode()
    assert "Ada Admin is the last organisation admin. Give the role to somebody else first" in text
    assert "<title>Error: " in text
    grant.refresh_from_db()
    assert grant.ends_on is None


def test_end_a_membership(admin, person, sign_in):
    sign_in(admin).post(pages(person)["membership_end"], date("ends_on", TODAY()))
    person.refresh_from_db()
    assert person.ends_on == TODAY()
    assert sign_in(person.user).get("/organisation/people/").status_code == 403


def test_the_last_admins_membership_stays(admin, sign_in):
    membership = admin.memberships.get()
    url = reverse("accounts:membership_end", args=[membership.pk])
    answer = sign_in(admin).post(url, date("ends_on", TODAY()))
    assert "last organisation admin" in answer.content.decode()
    membership.refresh_from_db()
    assert membership.ends_on is None


def test_send_an_invitation_again(admin, waiting, sign_in):
    url = reverse("accounts:invitation_resend", args=[waiting.pk])
    client = sign_in(admin)
    assert client.get(url).status_code == 200
    client.post(url)
    client.post(url)
    waiting.refresh_from_db()
    assert waiting.invitation_nonce != "old"
    assert AccountMail.objects.count() == 1


def test_there_is_nothing_to_send_to_a_member(admin, person, sign_in):
    assert sign_in(admin).post(reverse("accounts:invitation_resend", args=[person.pk])).status_code == 404


def test_withdraw_an_invitation(admin, waiting, sign_in):
    url = reverse("accounts:membership_end", args=[waiting.pk])
    sign_in(admin).post(url, date("ends_on", TODAY()))
    waiting.refresh_from_db()
    assert (waiting.ends_on, waiting.invitation_nonce) == (TODAY(), "")


class TestSecondFactor:
    def give_factor(self, user):
        for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
            Authenticator.objects.create(user=user, type=kind, data={})

    def test_reset_takes_everything_and_tells_the_person(self, admin, person, sign_in):
        self.give_factor(person.user)
        self.give_factor(admin)
        began = timezone.now()
        sign_in(admin).post(pages(person)["second_factor_reset"])
        assert list(Authenticator.objects.values_list("user", flat=True)) == [admin.pk, admin.pk]
        mail = AccountMail.objects.get()
        assert mail.to == person.user.email
        assert "Ada Admin" in mail.text
        audit = AuditEvent.objects.get(verb="reset second factor")
        assert (audit.actor, audit.subject, audit.organisation) == (admin, person.user, person.organisation)
        (notice,) = account_events.events(began)
        assert (notice.recipient_id, notice.organisation_id) == (person.user_id, person.organisation_id)
        assert notice.title == "Ada Admin has reset your second step at sign-in"

    def test_nothing_is_said_where_there_was_none(self, admin, person, sign_in):
        answer = sign_in(admin).post(pages(person)["second_factor_reset"], follow=True)
        assert "nothing to reset" in answer.content.decode()
        assert not AccountMail.objects.exists()
        assert not AuditEvent.objects.filter(verb="reset second factor").exists()

    def test_not_for_somebody_who_left(self, admin, person, sign_in):
        self.give_factor(person.user)
        Membership.objects.filter(pk=person.pk).update(ends_on=TODAY())
        assert sign_in(admin).post(pages(person)["second_factor_reset"]).status_code == 404
        assert Authenticator.objects.count() == 2
