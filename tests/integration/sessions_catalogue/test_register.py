"""The register in the room, and who comes from another cohort."""

import re

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import Cohort
from sessions_catalogue.models import Attendance, Place
from tests.factories.pathway import CohortFactory, EnrolmentFactory
from tests.factories.sessions_catalogue import (
    AttendanceFactory,
    FacilitationFactory,
    PlaceFactory,
    ScheduledSessionFactory,
    held,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def scheduled(world):
    return held(world.cohort)


def url(scheduled):
    return f"/deliveries/{scheduled.pk}/register/"


def sent(enrolment, state, seen=""):
    return {f"state-{enrolment.pk}": state, f"seen-{enrolment.pk}": seen}


def page_of(client, address, data=None):
    answer = client.get(address, data)
    assert answer.status_code == 200
    return answer.content.decode()


def checked(page):
    return re.findall(r'name="state-([\w-]+)"[^>]*value="(\w+)"[^>]*checked', page)


def saved(scheduled):
    rows = Attendance.objects.filter(scheduled=scheduled)
    return {row.enrolment_id: (row.state, row.recorded_by, row.recorded_by_guest) for row in rows}


def said(answer):
    return " ".join(" ".join(str(message) for message in answer.context["messages"]).split())


def test_nothing_is_chosen_and_the_lead_saves(world, sign_in, scheduled):
    second = EnrolmentFactory(cohort=world.cohort)
    client = sign_in(world.ld_lead)
    page = page_of(client, url(scheduled))
    assert checked(page) == []
    assert page.count("pp-register__one") == 2
    data = sent(world.enrolment, "attended") | {f"seen-{second.pk}": ""}
    answer = client.post(url(scheduled), data, follow=True)
    assert answer.redirect_chain == [(url(scheduled), 302)]
    assert said(answer) == "Saved: 1 there, 0 not there, 1 not marked"
    assert saved(scheduled) == {world.enrolment.pk: ("attended", world.ld_lead, "")}
    assert Attendance.objects.get().organisation == world.organisation
    assert checked(answer.content.decode()) == [(str(world.enrolment.pk), "attended")]
    client.post(url(scheduled), data)
    assert AuditEvent.objects.filter(verb="took the register", target_id=scheduled.pk).count() == 1


def test_all_there_fills_the_page_and_saves_nothing(world, sign_in, scheduled):
    second, third = EnrolmentFactory(cohort=world.cohort), EnrolmentFactory(cohort=world.cohort)
    AttendanceFactory(enrolment=third, scheduled=scheduled, state="missed")
    data = sent(world.enrolment, "missed") | {f"seen-{second.pk}": ""} | sent(third, "missed", "missed")
    client = sign_in(world.ld_lead)
    answer = client.post(url(scheduled), data | {"fill": "there"})
    page = answer.content.decode()
    expected = {(str(world.enrolment.pk), "missed"), (str(second.pk), "attended"), (str(third.pk), "missed")}
    assert (answer.status_code, set(checked(page))) == (200, expected)
    assert list(saved(scheduled)) == [third.pk]
    assert re.findall(rf'name="seen-{third.pk}" value="(\w*)"', page) == ["missed"]
    assert 'name="fill"' not in page
    client.post(url(scheduled), dict(zip([f"state-{pk}" for pk, _ in expected], [s for _, s in expected], strict=True)))
    assert {pk: row[0] for pk, row in saved(scheduled).items()} == {
        world.enrolment.pk: "missed",
        second.pk: "attended",
        third.pk: "missed",
    }


def test_two_who_mark_at_once_do_not_undo_each_other(world, sign_in, scheduled):
    second = EnrolmentFactory(cohort=world.cohort)
    facilitator = FacilitationFactory(scheduled=scheduled).member
    sign_in(facilitator).post(url(scheduled), sent(world.enrolment, "missed") | sent(second, "attended"))
    # The lead's page is older: nobody was marked on it.
    data = sent(world.enrolment, "attended") | {f"seen-{second.pk}": ""}
    answer = sign_in(world.ld_lead).post(url(scheduled), data, follow=True)
    assert saved(scheduled) == {
        world.enrolment.pk: ("attended", world.ld_lead, ""),
        second.pk: ("attended", facilitator, ""),
    }
    assert said(answer) == (
        "Saved: 2 there, 0 not there, 0 not marked Somebody else marked at the same time. Have another look at "
        f"{world.supervisor.name} ({facilitator.name} had marked “Not there”, now “There”)."
    )
    change = AuditEvent.objects.get(verb="changed attendance")
    assert (change.subject, change.from_status, change.to_status) == (world.supervisor, "missed", "attended")


def test_who_was_there_after_all_has_not_studied(world, sign_in, scheduled):
    AttendanceFactory(enrolment=world.enrolment, scheduled=scheduled, state="missed", studied_on=timezone.localdate())
    sign_in(world.ld_lead).post(url(scheduled), sent(world.enrolment, "attended", "missed"))
    row = Attendance.objects.get()
    assert (row.state, row.studied_on) == ("attended", None)


def test_before_the_day_it_is_closed(world, sign_in):
    coming = ScheduledSessionFactory(cohort=world.cohort)
    client = sign_in(world.ld_lead)
    assert "Not open yet" in page_of(client, url(coming))
    answer = client.post(url(coming), sent(world.enrolment, "attended"), follow=True)
    assert said(answer) == "Nothing was saved: the register is not open"
    assert saved(coming) == {}


@pytest.mark.parametrize("change", [{"status": Cohort.Status.DRAFT}, {}])
def test_a_draft_and_a_cancelled_delivery_have_none(world, sign_in, scheduled, change):
    if change:
        Cohort.objects.filter(pk=world.cohort.pk).update(**change)
    else:
        type(scheduled).objects.filter(pk=scheduled.pk).update(cancelled_at=timezone.now())
    sign_in(world.ld_lead).post(url(scheduled), sent(world.enrolment, "attended"))
    assert saved(scheduled) == {}


def test_what_is_no_answer_is_said(world, sign_in, scheduled):
    answer = sign_in(world.ld_lead).post(url(scheduled), sent(world.enrolment, "perhaps"))
    assert answer.status_code == 200
    assert f"Choose There or Not there for {world.supervisor.name}" in answer.content.decode()
    assert saved(scheduled) == {}


def test_people_of_elsewhere_cannot_be_marked(world, sign_in, scheduled):
    sign_in(world.ld_lead).post(url(scheduled), sent(world.other.enrolment, "attended"))
    assert saved(scheduled) == {}


@pytest.mark.parametrize(
    ("role", "status"),
    [("supervisor", 403), ("mentor", 403), ("line_manager", 403), ("admin", 403), ("panel_member", 404),
     ("outsider", 404), ("senior_leader", 404)],
)  # fmt: skip
def test_others_do_not_take_it(world, sign_in, scheduled, role, status):
    client = sign_in(getattr(world, role))
    assert client.get(url(scheduled)).status_code == status
    assert client.post(url(scheduled), sent(world.enrolment, "attended")).status_code == status
    assert sign_in(world.other.ld_lead).get(url(scheduled)).status_code == 404
    assert saved(scheduled) == {}


@pytest.mark.parametrize("number", [1, 3])
def test_the_register_takes_the_same_queries_for_any_number(
    world, sign_in, scheduled, django_assert_num_queries, number
):
    for _ in range(number - 1):
        EnrolmentFactory(cohort=world.cohort)
    client = sign_in(world.ld_lead)
    page_of(client, url(scheduled))
    with django_assert_num_queries(8):
        page_of(client, url(scheduled))


# ---------------------------------------------------------------- people of other cohorts


def places_url(scheduled):
    return f"/deliveries/{scheduled.pk}/places/"


def test_the_lead_adds_somebody_of_another_cohort(world, sign_in, scheduled):
    guest = EnrolmentFactory(cohort=CohortFactory(organisation=world.organisation))
    client = sign_in(world.ld_lead)
    page = page_of(client, places_url(scheduled))
    offered = set(re.findall(r'<option value="([\w-]+)"', page))
    assert offered == {str(guest.pk)}
    for _ in range(2):
        answer = client.post(f"{places_url(scheduled)}?register=1", {"enrolment": guest.pk})
    place = Place.objects.get()
    assert (place.enrolment, place.reason, place.made_by, place.organisation) == (
        guest, "catch_up", world.ld_lead, world.organisation,
    )  # fmt: skip
    assert guest.supervisor.name in page_of(client, url(scheduled))
    assert answer.status_code == 200  # the second time they are on the list already
    assert AuditEvent.objects.filter(verb="gave a place").count() == 1


def test_who_takes_single_sessions_is_given_a_place(world, sign_in):
    single = EnrolmentFactory(cohort=world.cohort, kind="programme_only", taking_part_as="single_sessions")
    coming = ScheduledSessionFactory(cohort=world.cohort)
    client = sign_in(world.ld_lead)
    answer = client.post(places_url(coming), {"enrolment": single.pk})
    assert (answer.status_code, answer.url) == (302, places_url(coming))
    assert Place.objects.get().reason == "single"
    page = page_of(client, places_url(coming))
    assert "Takes single sessions" in page
    answer = client.post(f"/places/{Place.objects.get().pk}/give-up/")
    assert (answer.status_code, answer.url) == (302, places_url(coming))
    assert Place.objects.get().given_up_at is not None


@pytest.mark.parametrize("whose", ["foreign", "expected"])
def test_only_others_of_the_organisation_are_offered(world, sign_in, scheduled, whose):
    chosen = {"foreign": world.other.enrolment, "expected": world.enrolment}[whose]
    answer = sign_in(world.ld_lead).post(places_url(scheduled), {"enrolment": chosen.pk})
    assert (answer.status_code, Place.objects.count()) == (200, 0)
    assert "Choose one of the people listed" in answer.content.decode()


def test_others_give_and_take_no_places(world, sign_in, scheduled):
    guest = EnrolmentFactory(cohort=CohortFactory(organisation=world.organisation))
    place = PlaceFactory(enrolment=guest, scheduled=scheduled)
    facilitator = FacilitationFactory(scheduled=scheduled).member
    for person, page, give_up in (
        (facilitator, 403, 404), (world.supervisor, 403, 404), (world.admin, 403, 403), (world.outsider, 404, 404),
    ):  # fmt: skip
        client = sign_in(person)
        assert client.get(places_url(scheduled)).status_code == page
        assert client.post(f"/places/{place.pk}/give-up/").status_code == give_up
    place.refresh_from_db()
    assert place.given_up_at is None


# ---------------------------------------------------------------- on the page of the dates


@pytest.mark.parametrize("number", [1, 3])
def test_the_lead_sees_beside_each_date_who_was_there(world, sign_in, django_assert_num_queries, number):
    EnrolmentFactory(cohort=world.cohort)
    for days in range(1, number + 1):
        scheduled = held(world.cohort, days_ago=7 * days)
        AttendanceFactory(enrolment=world.enrolment, scheduled=scheduled)
    ScheduledSessionFactory(cohort=world.cohort)
    client, dates = sign_in(world.ld_lead), f"/cohorts/{world.cohort.pk}/sessions/"
    page = page_of(client, dates)
    assert (page.count("1 of 2 there, 1 not marked"), page.count(">Register<")) == (number, 1)
    assert "of 2 there" not in page_of(sign_in(world.mentor), dates)
    with django_assert_num_queries(16):
        page_of(client, dates)
