import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import MentorRecord
from pathway.services.mentors import end_of_registration
from tests.factories.accounts import member
from tests.factories.pathway import CohortFactory, EnrolmentFactory, MentoringFactory, MentorRecordFactory
from tests.integration.pathway.posting import date, is_refused

LIST = "/mentors/"
NEW = "/mentors/add/"
TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


def posted(person, **fields):
    until = date("registered_until", TODAY() + 100 * DAY)
    values = {
        "id": uuid.uuid4(),
        "mentor": person.pk,
        **until,
        "has_two_years": "on",
        "capacity": 3,
        "about": "Knows it",
    }
    return {**values, **fields}


@pytest.fixture
def record(world):
    return MentorRecordFactory(organisation=world.organisation, mentor=world.mentor)


def test_somebody_goes_on_the_list_once(world, sign_in):
    client = sign_in(world.ld_lead)
    data = posted(world.outsider)

    assert client.post(NEW, data).url == client.post(NEW, data).url == LIST

    row = MentorRecord.objects.get()
    assert (row.pk, row.organisation, row.mentor) == (data["id"], world.organisation, world.outsider)
    assert (row.registered_until, row.has_two_years, row.capacity) == (TODAY() + 100 * DAY, True, 3)
    assert (row.about, row.checked_by, row.checked_on) == ("Knows it", world.ld_lead, TODAY())
    assert AuditEvent.objects.get().verb == "put on list of mentors"
    assert client.get(NEW, {"id": row.pk}).url == reverse("pathway:mentor_edit", args=[row.pk])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"mentor": ""}, "Choose who goes on the list"),
        ({"capacity": "many"}, "Enter a whole number from 0 to 30"),
        ({"registered_until_year": "27"}, "The year must have 4 figures, like 2027"),
        ({"about": "x" * 301}, "Use no more than 300 characters"),
    ],
)
def test_what_is_refused(world, sign_in, wrong, words):
    answer = sign_in(world.ld_lead).post(NEW, posted(world.outsider) | wrong)

    assert is_refused(answer)
    assert words in answer.content.decode()
    assert not MentorRecord.objects.exists()


@pytest.mark.parametrize("whose", ["other", "on it already"])
def test_who_is_not_offered(world, sign_in, record, whose):
    person = world.other.outsider if whose == "other" else world.mentor

    assert is_refused(sign_in(world.ld_lead).post(NEW, posted(person)))
    assert MentorRecord.objects.get() == record


def test_facts_change(world, sign_in, record):
    url = reverse("pathway:mentor_edit", args=[record.pk])
    data = posted(world.mentor, has_two_years="", registered_until_day="", registered_until_month="")

    sign_in(world.ld_lead).post(url, data | {"registered_until_year": "", "capacity": 0, "about": ""})

    record.refresh_from_db()
    assert (record.registered_until, record.has_two_years, record.capacity, record.about) == (None, False, 0, "")
    assert not record.is_eligible(TODAY())


def test_somebody_is_proposed_no_longer_and_again(world, sign_in, record):
    client = sign_in(world.ld_lead)

    for _ in range(2):
        client.post(reverse("pathway:mentor_retire", args=[record.pk]))
    record.refresh_from_db()
    assert record.retired_on == TODAY()
    assert world.enrolment.mentorings.get().ends_on is None
    for _ in range(2):
        client.post(reverse("pathway:mentor_return", args=[record.pk]))
    record.refresh_from_db()
    assert record.retired_on is None
    assert list(AuditEvent.objects.order_by("at").values_list("verb", flat=True)) == [
        "took off list of mentors",
        "put back on list of mentors",
    ]


@pytest.mark.parametrize(
    ("days", "words"), [(400, []), (30, ["Runs out soon"]), (0, ["Runs out soon"]), (-1, ["Has run out"])]
)
def test_what_is_to_be_looked_at_is_said_in_words(world, sign_in, days, words):
    MentorRecordFactory(organisation=world.organisation, registered_until=TODAY() + days * DAY)

    page = sign_in(world.ld_lead).get(LIST).content.decode()

    assert [said for said in ("Runs out soon", "Has run out", "Not confirmed") if said in page] == words


def test_whom_they_have_now(world, sign_in, record):
    """Not those who left, whose cohort is closed, or who have somebody else now."""
    second = CohortFactory(organisation=world.organisation, name="Second cohort")
    for fields in ({}, {"ended_on": TODAY()}):
        MentoringFactory(enrolment=EnrolmentFactory(cohort=second, **fields), mentor=world.mentor)
    MentoringFactory(enrolment=EnrolmentFactory(cohort=second), mentor=world.mentor, ends_on=TODAY())
    closed = CohortFactory(organisation=world.organisation, status="closed")
    MentoringFactory(enrolment=EnrolmentFactory(cohort=closed), mentor=world.mentor)

    found = MentorRecord.objects.with_load().get(pk=record.pk)

    assert (found.load, found.cohorts) == (2, sorted([world.cohort.name, "Second cohort"]))
    assert "2 of 2" in sign_in(world.ld_lead).get(LIST).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_however_many(world, sign_in, many, django_assert_num_queries):
    for _ in range(many):
        MentorRecordFactory(organisation=world.organisation, mentor=member(world.organisation))
    client = sign_in(world.ld_lead)
    client.get(LIST)

    with django_assert_num_queries(6):
        page = client.get(LIST).content.decode()

    assert page.count('data-label="People now"') == many


@pytest.mark.parametrize(("role", "status"), [("admin", 403), ("mentor", 403), ("supervisor", 404), ("outsider", 404)])
def test_the_list_is_the_leads(world, sign_in, record, role, status):
    client = sign_in(getattr(world, role))

    assert client.get(LIST).status_code == 403
    for name in ("edit", "retire", "return"):
        assert client.post(reverse(f"pathway:mentor_{name}", args=[record.pk]), {}).status_code == status
    record.refresh_from_db()
    assert (record.retired_on, record.capacity) == (None, 2)


def test_another_organisations_lead_finds_nothing(world, sign_in, record):
    client = sign_in(world.other.ld_lead)

    assert client.get(reverse("pathway:mentor_edit", args=[record.pk])).status_code == 404
    assert record.mentor.name not in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("on", "until"),
    [
        (dt.date(2027, 1, 1), dt.date(2027, 11, 30)),
        (dt.date(2027, 11, 30), dt.date(2027, 11, 30)),
        (dt.date(2027, 12, 1), dt.date(2028, 11, 30)),
    ],
)
def test_registrations_run_to_the_end_of_november(on, until):
    assert end_of_registration(on) == until
