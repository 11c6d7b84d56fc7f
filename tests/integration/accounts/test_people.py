"""The list of people, one person's page, and inviting somebody."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountMail, AuditEvent, Membership, Role, User
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory, member

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/organisation/people/"
INVITE = "/organisation/people/invite/"


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Northshire Council")


@pytest.fixture
def admin(organisation):
    return member(organisation, Role.ORGANISATION_ADMIN, name="Ada Admin")


def named(organisation, name, **more):
    return MembershipFactory(organisation=organisation, user=UserFactory(name=name), **more)


def invited(organisation, typed, **user):
    return MembershipFactory(
        organisation=organisation,
        user=UserFactory(is_active=False, **user),
        invited_name=typed,
        status="invited",
        accepted_at=None,
        invitation_nonce="key",
    )


def shown_names(answer):
    return [person.display_name for person, _, _ in answer.context["rows"]]


class TestList:
    def test_is_in_the_order_of_a_telephone_book(self, organisation, admin, sign_in):
        for name in ("Émile Zed", "bea", "Emily", "Zoë"):
            named(organisation, name)
        invited(organisation, "Carl typed", name="Another name")
        answer = sign_in(admin).get(LIST)
        assert shown_names(answer) == ["Ada Admin", "bea", "Carl typed", "Émile Zed", "Emily", "Zoë"]
        assert b"Another name" not in answer.content

    def test_shows_nobody_from_elsewhere(self, organisation, admin, sign_in):
        named(OrganisationFactory(), "Foreign canary")
        assert shown_names(sign_in(admin).get(LIST)) == ["Ada Admin"]

    def test_search_ignores_accents_and_case(self, organisation, admin, sign_in):
        named(organisation, "Zoë Brown")
        assert shown_names(sign_in(admin).get(LIST, {"q": "ZOE"})) == ["Zoë Brown"]

    @pytest.mark.parametrize("query", [{"q": "nobody"}, {"q": "\x00"}, {"q": "%"}, {"show": "nonsense"}, {"page": "x"}])
    def test_odd_searches_are_answered(self, admin, sign_in, query):
        assert sign_in(admin).get(LIST, query).status_code == 200

    def test_search_without_result_says_so(self, admin, sign_in):
        assert b"Nobody found" in sign_in(admin).get(LIST, {"q": "nobody"}).content

    def test_ended_and_invited_are_lists_of_their_own(self, organisation, admin, sign_in):
        named(organisation, "Gone", ends_on=timezone.localdate())
        invited(organisation, "Waiting")
        client = sign_in(admin)
        assert shown_names(client.get(LIST)) == ["Ada Admin", "Waiting"]
        assert shown_names(client.get(LIST, {"show": "ended"})) == ["Gone"]
        assert shown_names(client.get(LIST, {"show": "invited"})) == ["Waiting"]

    def test_fifty_to_a_page(self, organisation, admin, sign_in):
        MembershipFactory.create_batch(50, organisation=organisation)
        client = sign_in(admin)
        assert len(client.get(LIST).context["rows"]) == 50
        assert len(client.get(LIST, {"page": 2}).context["rows"]) == 1

    @pytest.mark.parametrize("more", [0, 2], ids=["1 row", "3 rows"])
    def test_queries_do_not_grow(self, organisation, admin, sign_in, django_assert_num_queries, more):
        for _ in range(more):
            named(organisation, "Somebody", roles=[Role.LD_LEAD])
        client = sign_in(admin)
        client.get(LIST)
        with django_assert_num_queries(LIST_QUERIES):
            client.get(LIST)

    @pytest.mark.parametrize("role", [None, Role.SENIOR_LEADER])
    def test_is_not_for_everybody(self, organisation, sign_in, role):
        person = member(organisation, *([role] if role else []))
        assert sign_in(person).get(LIST).status_code == 403

    def test_a_lead_reads_but_does_not_invite(self, organisation, sign_in):
        client = sign_in(member(organisation, Role.LD_LEAD))
        assert b"Invite somebody" not in client.get(LIST).content
        assert client.get(INVITE).status_code == 403

    def test_asks_strangers_to_sign_in(self, client, db):
        assert client.get(LIST).url == f"/accounts/login/?next={LIST}"


# session, person, memberships, role grants, standing, count, page, its role grants
LIST_QUERIES = 8


class TestPerson:
    def test_shows_roles_with_dates(self, organisation, admin, sign_in):
        person = named(organisation, "Lea Lead", roles=[Role.LD_LEAD])
        answer = sign_in(admin).get(person.get_absolute_url())
        assert [(grant.role, over) for grant, over in answer.context["grants"]] == [("ld_lead", False)]
        assert person.user.email in answer.content.decode()

    def test_a_lead_sees_no_address_and_no_steps(self, organisation, sign_in):
        person = named(organisation, "Pat", registration_body="swe", registration_number="SW77")
        text = sign_in(member(organisation, Role.LD_LEAD)).get(person.get_absolute_url()).content.decode()
        assert person.user.email not in text
        assert "SW77" not in text
        assert "End the membership" not in text

    def test_an_invited_person_keeps_the_typed_name(self, organisation, admin, sign_in):
        person = invited(organisation, "Typed", name="Real canary", email="typed@example.org")
        person.registration_number = "SW99"
        person.save()
        text = sign_in(admin).get(person.get_absolute_url()).content.decode()
        assert "Typed" in text
        assert "Real canary" not in text
        assert "SW99" not in text

    def test_is_not_there_for_another_organisations_admin(self, organisation, sign_in):
        person = named(organisation, "Pat")
        elsewhere = member(OrganisationFactory(), Role.ORGANISATION_ADMIN)
        assert sign_in(elsewhere).get(person.get_absolute_url()).status_code == 404

    def test_is_not_for_colleagues(self, organisation, sign_in):
        person = named(organisation, "Pat")
        assert sign_in(member(organisation)).get(person.get_absolute_url()).status_code == 404
        assert sign_in(person.user).get(person.get_absolute_url()).status_code == 403


class TestInvite:
    def post(self, client, **fields):
        values = {"name": "Nia New", "email": "nia@example.org", "roles": ["ld_lead"], "id": str(uuid.uuid4())}
        return client.post(INVITE, {**values, **fields})

    def test_makes_a_waiting_person_and_a_mail(self, organisation, admin, sign_in):
        answer = self.post(sign_in(admin))
        person = Membership.objects.get(organisation=organisation, invited_email="nia@example.org")
        assert answer.url == person.get_absolute_url()
        assert (person.status, person.invited_by, person.user.is_active) == ("invited", admin, False)
        assert [grant.role for grant in person.role_grants.all()] == ["ld_lead"]
        assert AccountMail.objects.get().to == "nia@example.org"
        assert AuditEvent.objects.filter(verb="invited", actor=admin, subject=person.user).count() == 1

    def test_answers_alike_whether_or_not_the_address_has_an_account(self, organisation, admin, sign_in):
        UserFactory(name="Real canary", email="known@example.org")
        client = sign_in(admin)
        texts = []
        for email in ("fresh@example.org", "known@example.org"):
            answer = self.post(client, email=email)
            assert answer.status_code == 302
            text = client.get(answer.url).content.decode()
            texts.append(_without_ids(text.replace(email, "address")))
        assert texts[0] == texts[1]

    def test_a_double_press_makes_one(self, admin, sign_in):
        client, pk = sign_in(admin), str(uuid.uuid4())
        first, second = self.post(client, id=pk), self.post(client, id=pk)
        assert first.url == second.url == client.get(INVITE, {"id": pk}).url
        assert AccountMail.objects.count() == 1

    def test_a_member_is_not_invited_again(self, organisation, admin, sign_in):
        person = named(organisation, "Pat Person")
        answer = self.post(sign_in(admin), email=person.user.email)
        assert answer.context["form"].errors["email"] == ["Pat Person is already a member of Northshire Council"]
        assert "<title>Error: " in answer.content.decode()
        assert not AccountMail.objects.exists()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", ""),
            ("name", "x" * 201),
            ("name", "a\x00b"),
            ("email", ""),
            ("email", "nobody"),
            ("email", "n\u0131a@example.org"),
            ("email", "nia@ex\u0430mple.org"),
            ("email", "\uff4eia@example.org"),
            ("roles", ["superuser"]),
            ("id", "no id"),
        ],
    )
    def test_refuses_what_cannot_be(self, admin, sign_in, field, value):
        people = User.objects.count()
        answer = self.post(sign_in(admin), **{field: value})
        assert list(answer.context["form"].errors) == [field]
        assert User.objects.count() == people

    def test_keeps_what_was_typed(self, admin, sign_in):
        answer = self.post(sign_in(admin), name="Kept name", email="wrong")
        assert answer.context["form"]["name"].value() == "Kept name"
        assert answer.context["form"]["email"].value() == "wrong"

    def test_goes_to_the_organisation_one_is_in(self, organisation, admin, sign_in):
        other = OrganisationFactory()
        MembershipFactory(organisation=other, user=admin)
        client = sign_in(admin)
        client.post(reverse("accounts:organisation_switch"), {"organisation": str(other.pk)})
        assert self.post(client).status_code == 403
        assert not Membership.objects.filter(invited_email="nia@example.org").exists()


def _without_ids(text):
    """The page without what differs anyway: ids, tokens, times."""
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "id", text)
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r"/role/\d+/|\d\d:\d\d", "", text)
