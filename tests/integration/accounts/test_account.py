"""One's own account, also without an organisation."""

import pytest
from django.utils import timezone

from accounts.models import AuditEvent, Membership, User
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PAGE = "/account/"


@pytest.fixture
def mine():
    return MembershipFactory(user=UserFactory(name="Pat Person"))


def test_name_and_registration_are_saved(mine, sign_in):
    posted = {"name": "Pat P.", "registration_body": "swe", "registration_number": " sw 00123"}
    assert sign_in(mine.user).post(PAGE, posted).url == PAGE
    mine.refresh_from_db()
    assert (mine.user.name, mine.registration_body, mine.registration_number) == ("Pat P.", "swe", "SW123")
    assert sorted(AuditEvent.objects.values_list("verb", flat=True)) == ["changed own name", "changed own registration"]


def test_registration_may_be_left_out_or_taken_out(mine, sign_in):
    Membership.objects.filter(pk=mine.pk).update(registration_body="swe", registration_number="SW1")
    sign_in(mine.user).post(PAGE, {"name": "Pat"})
    mine.refresh_from_db()
    assert (mine.registration_body, mine.registration_number) == ("", "")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": " "}, "name"),
        ({"registration_body": "swe", "registration_number": "12345"}, "registration_number"),
        ({"registration_body": "swe", "registration_number": "SW" + "1" * 30}, "registration_number"),
        ({"registration_body": "none", "registration_number": "SW1"}, "registration_body"),
        ({"registration_number": "SW1"}, "registration_body"),
        ({"registration_body": "guild"}, "registration_body"),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(mine, sign_in, typed, field):
    answer = sign_in(mine.user).post(PAGE, {"name": "Typed", **typed})
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert form["registration_number"].value() == typed.get("registration_number")
    assert "<title>Error: " in answer.content.decode()
    assert User.objects.get(pk=mine.user_id).name == "Pat Person"


def test_a_number_belongs_to_one_person_of_the_organisation(mine, sign_in):
    MembershipFactory(organisation=mine.organisation, registration_body="swe", registration_number="SW5")
    answer = sign_in(mine.user).post(
        PAGE, {"name": "New name", "registration_body": "swe", "registration_number": "SW005"}
    )
    assert list(answer.context["form"].errors) == ["registration_number"]
    assert User.objects.get(pk=mine.user_id).name == "Pat Person"


def test_the_same_number_elsewhere_is_nobodys_business(mine, sign_in):
    MembershipFactory(registration_body="swe", registration_number="SW5")
    posted = {"name": "Pat", "registration_body": "swe", "registration_number": "SW5"}
    assert sign_in(mine.user).post(PAGE, posted).status_code == 302


def test_registration_is_of_the_organisation_one_is_in(mine, sign_in):
    other = MembershipFactory(user=mine.user, organisation=OrganisationFactory(name="ZZ last"))
    client = sign_in(mine.user)
    client.post("/organisation/switch/", {"organisation": str(other.organisation_id)})
    client.post(PAGE, {"name": "Pat", "registration_body": "hcpc", "registration_number": "pw 1"})
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.registration_number, other.registration_number) == ("", "PW1")


def test_leads_to_password_factor_and_sign_ins(mine, sign_in):
    text = sign_in(mine.user).get(PAGE).content.decode()
    for link in ("/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/"):
        assert f'href="{link}"' in text


class TestWithoutAnOrganisation:
    @pytest.fixture
    def client(self, mine, sign_in):
        Membership.objects.filter(pk=mine.pk).update(ends_on=timezone.localdate())
        return sign_in(mine.user)

    def test_the_account_still_opens(self, client, mine):
        answer = client.get(PAGE)
        assert list(answer.context["form"].fields) == ["name"]
        assert client.post(PAGE, {"name": "Pat again"}).status_code == 302
        assert User.objects.get(pk=mine.user_id).name == "Pat again"

    @pytest.mark.parametrize("url", ["/", "/organisation/people/", "/organisation/", "/organisation/records/"])
    def test_everything_else_says_why_not(self, client, url):
        answer = client.get(url)
        assert answer.status_code == 403
        assert "You belong to no organisation now" in answer.content.decode()


def test_strangers_sign_in_first(client, db):
    assert client.get(PAGE).url == f"/accounts/login/?next={PAGE}"
