"""Opening and accepting an invitation."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.invitations import invitation_url
from accounts.models import AuditEvent, Membership, Role, User
from accounts.services.people import invite_person
from accounts.services.roles import end_membership
from tests.factories.accounts import PASSWORD, OrganisationFactory, UserFactory, member

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NEW_PERSON = {"name": "Nia", "password": PASSWORD}


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Northshire Council")


@pytest.fixture
def admin(organisation):
    return member(organisation, Role.ORGANISATION_ADMIN)


@pytest.fixture
def invite(organisation, admin):
    def invited(email="nia@example.org"):
        return invite_person(organisation=organisation, name="Nia New", email=email, roles=["ld_lead"], by=admin)

    return invited


def path_of(membership):
    return invitation_url(membership).removeprefix("http://localhost:8000")


def status_of(membership):
    return Membership.objects.get(pk=membership.pk).status


def test_opening_the_link_changes_nothing_however_often(client, invite):
    membership = invite()
    for method in ("get", "head", "options"):
        for _ in range(5):
            assert getattr(client, method)(path_of(membership)).status_code == 200
    assert status_of(membership) == "invited"
    assert client.post(path_of(membership), NEW_PERSON).status_code == 302


def test_a_new_person_sets_a_password_and_is_in(client, invite, organisation):
    membership = invite()
    answer = client.post(path_of(membership), NEW_PERSON)
    assert answer.url == "/"
    user = User.objects.get(pk=membership.user_id)
    assert (user.name, user.check_password(PASSWORD)) == ("Nia", True)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.roles_in(organisation.pk) == {"ld_lead"}
    verbs = list(AuditEvent.objects.order_by("at").values_list("verb", flat=True))
    assert verbs[-2:] == ["accepted invitation", "signed in"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"password": ""}, "password"),
        ({"password": "short"}, "password"),
        ({"password": "123456789012345"}, "password"),
        ({"password": "passwordpassword1" * 40}, "password"),
        ({"password": "nia@example.org"}, "password"),
        ({"password": "with a \x00 in it, long enough"}, "password"),
    ],
)
def test_says_what_is_wrong_and_opens_nothing(client, invite, typed, field):
    membership = invite()
    answer = client.post(path_of(membership), {**NEW_PERSON, **typed})
    assert list(answer.context["form"].errors) == [field]
    assert "<title>Error: " in answer.content.decode()
    assert status_of(membership) == "invited"
    assert User.objects.get(pk=membership.user_id).is_active is False


def test_a_link_works_once(client, invite):
    membership = invite()
    path = path_of(membership)
    client.post(path, NEW_PERSON)
    for method in ("get", "post"):
        answer = getattr(client, method)(path, NEW_PERSON)
        assert answer.status_code == 410
        assert "This invitation no longer works" in answer.content.decode()


@pytest.mark.parametrize("token", ["x", "x:y:z", "0" * 300, "a.b"])
def test_a_made_up_link_is_told_the_same(client, db, token):
    assert client.get(f"/invitation/{token}/").status_code == 410


def test_a_withdrawn_link_is_gone(client, invite, admin):
    membership = invite()
    path = path_of(membership)
    end_membership(membership=membership, ends_on=timezone.localdate(), by=admin)
    assert client.post(path, NEW_PERSON).status_code == 410
    assert User.objects.get(pk=membership.user_id).is_active is False


class TestWithAnAccount:
    @pytest.fixture
    def known(self):
        return UserFactory(name="Real canary", email="known@example.org")

    @pytest.fixture
    def membership(self, known, invite):
        return invite(known.email)

    def test_a_stranger_is_asked_to_sign_in_and_told_no_name(self, client, membership):
        answer = client.get(path_of(membership))
        text = answer.content.decode()
        assert f"{reverse('account_login')}?next=" in text
        assert "Real canary" not in text
        assert "known@example.org" not in text
        assert 'type="password"' not in text

    def test_a_strangers_post_leads_to_sign_in(self, client, membership, known):
        answer = client.post(path_of(membership), NEW_PERSON)
        assert answer.url.startswith(reverse("account_login"))
        known.refresh_from_db()
        assert (known.name, known.check_password(PASSWORD)) == ("Real canary", False)
        assert status_of(membership) == "invited"

    def test_the_person_accepts(self, sign_in, membership, known, organisation):
        client = sign_in(known)
        assert client.get(path_of(membership)).status_code == 200
        assert status_of(membership) == "invited"
        assert client.post(path_of(membership)).url == "/"
        assert status_of(membership) == "active"
        assert client.get("/account/").context["request"].organisation == organisation

    def test_somebody_else_cannot(self, sign_in, membership):
        other = UserFactory()
        client = sign_in(other)
        text = client.get(path_of(membership)).content.decode()
        assert "this invitation is for somebody else" in text
        assert "Real canary" not in text
        assert client.post(path_of(membership)).status_code == 403
        assert status_of(membership) == "invited"
        assert not other.memberships.exists()


def test_somebody_signed_in_cannot_open_a_new_persons_account(sign_in, invite):
    membership = invite()
    client = sign_in(UserFactory())
    assert client.post(path_of(membership), NEW_PERSON).status_code == 403
    assert User.objects.get(pk=membership.user_id).is_active is False
