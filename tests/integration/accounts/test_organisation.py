"""The organisation's page, its records, and moving between organisations."""

import uuid

import pytest
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, Organisation, Role
from tests.factories.accounts import MembershipFactory, OrganisationFactory, member

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

PAGE = "/organisation/"
RECORDS = "/organisation/records/"
SWITCH = "/organisation/switch/"
# session, person, memberships, role grants, standing, count, page, names
RECORD_QUERIES = 8


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Northshire Council")


@pytest.fixture
def admin(organisation):
    return member(organisation, Role.ORGANISATION_ADMIN, name="Ada Admin")


class TestOrganisation:
    values = {
        "name": "Northshire",
        "help_name": "Workforce team",
        "help_email": "workforce@example.org",
        "help_phone": "01234 567890",
        "safeguarding_contact": "Safeguarding hub, 01234 1",
        "data_protection_contact": "dpo@example.org",
        "second_factor_required": "on",
        "part_time_pro_rata": "on",
    }

    def test_an_admin_changes_it(self, organisation, admin, sign_in):
        answer = sign_in(admin).post(PAGE, self.values)
        assert answer.url == PAGE
        row = Organisation.objects.values(*self.values).get(pk=organisation.pk)
        assert row == {**self.values, "second_factor_required": True, "part_time_pro_rata": True}
        verbs = AuditEvent.objects.filter(organisation=organisation, actor=admin).values_list("verb", flat=True)
        assert sorted(verbs) == ["changed organisation", "required second factor"]

    def test_saving_it_unchanged_records_nothing(self, organisation, admin, sign_in):
        sign_in(admin).post(PAGE, {"name": organisation.name})
        assert not AuditEvent.objects.exists()

    @pytest.mark.parametrize(("field", "value"), [("name", ""), ("name", "x" * 201), ("help_email", "nobody")])
    def test_says_what_is_wrong(self, admin, sign_in, field, value):
        answer = sign_in(admin).post(PAGE, {**self.values, field: value})
        assert list(answer.context["form"].errors) == [field]
        assert "<title>Error: " in answer.content.decode()
        assert not Organisation.objects.filter(help_name="Workforce team").exists()

    @pytest.mark.parametrize("role", [None, Role.LD_LEAD, Role.SENIOR_LEADER])
    def test_is_the_admins_alone(self, organisation, sign_in, role):
        client = sign_in(member(organisation, *([role] if role else [])))
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, self.values).status_code == 403
        organisation.refresh_from_db()
        assert organisation.name == "Northshire Council"


class TestSwitch:
    def test_moves_to_another_of_ones_own(self, organisation, admin, sign_in):
        other = OrganisationFactory(name="A second one")
        MembershipFactory(user=admin, organisation=other)
        client = sign_in(admin)
        for wanted in (organisation, other):
            assert client.post(SWITCH, {"organisation": str(wanted.pk)}).url == "/"
            assert client.get("/account/").context["request"].organisation == wanted

    @pytest.mark.parametrize("posted", [None, "", "no id", str(uuid.UUID(int=7))])
    def test_what_is_none_is_not_found(self, admin, sign_in, posted):
        assert sign_in(admin).post(SWITCH, {"organisation": posted} if posted is not None else {}).status_code == 404

    def test_somebody_elses_is_not_found(self, admin, sign_in):
        assert sign_in(admin).post(SWITCH, {"organisation": str(OrganisationFactory().pk)}).status_code == 404

    def test_an_ended_membership_leads_back(self, organisation, admin, sign_in):
        other = MembershipFactory(user=admin)
        client = sign_in(admin)
        client.post(SWITCH, {"organisation": str(other.organisation_id)})
        type(other).objects.filter(pk=other.pk).update(ends_on=timezone.localdate())
        assert client.get("/account/").context["request"].organisation == organisation

    def test_is_no_page(self, admin, sign_in):
        assert sign_in(admin).get(SWITCH).status_code == 404


class TestRecords:
    def record(self, organisation, verb="invited", *, by=None, subject=None, category="people"):
        return audit.record(verb, by=by, category=category, organisation=organisation, subject=subject)

    def test_say_when_who_what_and_about_whom(self, organisation, admin, sign_in):
        person = member(organisation, name="Pat Person")
        audit.record("gave role", by=admin, category="people", target=person.memberships.get(), to_status=Role.LD_LEAD)
        (line,) = sign_in(admin).get(RECORDS).context["lines"]
        assert (line.who, line.what, line.about) == ("Ada Admin", "Gave role: L&D lead", "Pat Person")

    def test_name_nobody_from_elsewhere(self, organisation, admin, sign_in):
        stranger = member(OrganisationFactory(), name="Foreign canary")
        self.record(organisation, by=stranger, subject=stranger)
        self.record(stranger.memberships.get().organisation, "elsewhere canary", by=admin)
        answer = sign_in(admin).get(RECORDS)
        (line,) = answer.context["lines"]
        assert line.who == line.about == "Somebody who is not in this organisation"
        assert b"canary" not in answer.content

    def test_name_the_invited_as_they_were_typed(self, organisation, admin, sign_in):
        waiting = MembershipFactory(
            organisation=organisation,
            status="invited",
            accepted_at=None,
            invited_name="Typed",
            user__name="Real canary",
        )
        audit.record("invited", by=admin, category="people", target=waiting)
        answer = sign_in(admin).get(RECORDS)
        assert [line.about for line in answer.context["lines"]] == ["Typed"]
        assert b"Real canary" not in answer.content

    def test_hold_nothing_about_portfolios(self, organisation, admin, sign_in):
        self.record(organisation, "shared evidence", by=admin, category="portfolio")
        assert sign_in(admin).get(RECORDS).context["lines"] == []
        assert sign_in(admin).get(RECORDS, {"category": "portfolio"}).context["lines"] == []

    def test_hold_that_something_was_taken_out_of_one_for_good(self, organisation, admin, sign_in):
        person = member(organisation, name="Sam Supervisor")
        self.record(organisation, "took something out for good", by=person, category="taken_out")
        for asked in ({}, {"category": "taken_out"}):
            (line,) = sign_in(admin).get(RECORDS, asked).context["lines"]
            assert (line.who, line.what, line.about) == ("Sam Supervisor", "Took something out for good", "")

    def test_are_filtered_by_category(self, organisation, admin, sign_in):
        self.record(organisation, "signed in", category="sign_in")
        self.record(organisation, "invited")
        lines = sign_in(admin).get(RECORDS, {"category": "sign_in"}).context["lines"]
        assert [(line.who, line.what) for line in lines] == [("The portal", "Signed in")]

    @pytest.mark.parametrize("rows", [1, 3])
    def test_queries_do_not_grow(self, organisation, admin, sign_in, django_assert_num_queries, rows):
        for _ in range(rows):
            self.record(organisation, by=member(organisation), subject=member(organisation))
        client = sign_in(admin)
        client.get(RECORDS)
        with django_assert_num_queries(RECORD_QUERIES):
            client.get(RECORDS)

    @pytest.mark.parametrize("role", [None, Role.LD_LEAD, Role.SENIOR_LEADER])
    def test_are_the_admins_alone(self, organisation, sign_in, role):
        assert sign_in(member(organisation, *([role] if role else []))).get(RECORDS).status_code == 403
