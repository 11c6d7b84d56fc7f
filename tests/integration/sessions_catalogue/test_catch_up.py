"""Making good for a missed session, and the certificate."""

import datetime as dt
import io

import page as pdf_rules
import pypdf
import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import EnrolmentChange
from sessions_catalogue.certificate import hours_words
from sessions_catalogue.models import Attendance, Place
from sessions_catalogue.queries_attendance import attendance_of
from tests.factories.pathway import CohortFactory, EnrolmentFactory
from tests.factories.sessions_catalogue import (
    AttendanceFactory,
    BlockItemFactory,
    PlaceFactory,
    ProgrammeSessionFactory,
    ScheduledSessionFactory,
    held,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = timezone.localdate()


def url(enrolment, page=""):
    return f"/people/{enrolment.pk}/catch-up/{page}"


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def session():
    return ProgrammeSessionFactory(number=4, title="Ethics")


@pytest.fixture
def missed(world, session):
    return AttendanceFactory(
        enrolment=world.enrolment, scheduled=held(world.cohort, session=session), state="missed"
    ).scheduled


@pytest.fixture
def elsewhere(world, session):
    """The same session to come in another cohort, with room for two."""
    cohort = CohortFactory(organisation=world.organisation, name="Secret name")
    EnrolmentFactory(cohort=cohort)
    return ScheduledSessionFactory(cohort=cohort, session=session, places=2, venue="Room 9")


def of(world):
    return attendance_of([world.enrolment])[world.enrolment.pk]


def test_who_missed_nothing_is_told_so(world, sign_in):
    held(world.cohort)
    assert "Nothing to catch up on" in page_of(sign_in(world.supervisor), url(world.enrolment))
    answer = sign_in(world.supervisor).get(url(world.enrolment, "4/"))
    assert (answer.status_code, answer.url) == (302, url(world.enrolment))


def test_another_date_is_offered_and_taken_once(world, sign_in, missed, elsewhere):
    client = sign_in(world.supervisor)
    assert "Ethics" in page_of(client, url(world.enrolment))
    page = page_of(client, url(world.enrolment, "4/"))
    assert "Room 9" in page
    assert "1 place left" in page
    assert "Secret name" not in page
    for _ in range(2):
        answer = client.post(url(world.enrolment, "4/place/"), {"scheduled": elsewhere.pk})
    assert answer.status_code == 302
    place = Place.objects.get()
    assert (place.enrolment, place.scheduled, place.reason, place.made_by, place.organisation) == (
        world.enrolment, elsewhere, "catch_up", world.supervisor, world.organisation,
    )  # fmt: skip
    assert "Place kept" in page_of(client, url(world.enrolment))
    answer = client.post(f"/places/{place.pk}/give-up/")
    assert (answer.status_code, answer.url) == (302, url(world.enrolment))
    place.refresh_from_db()
    assert place.given_up_at is not None
    assert "Place kept" not in page_of(client, url(world.enrolment))


@pytest.mark.parametrize("why", ["paused", "ended"])
def test_a_date_on_which_the_year_does_not_go_on_is_not_offered(world, sign_in, missed, elsewhere, why):
    if why == "paused":
        EnrolmentChange.objects.create(
            organisation=world.organisation, enrolment=world.enrolment, kind="pause", made_by=world.ld_lead,
            starts_on=elsewhere.held_on, ends_on=elsewhere.held_on + dt.timedelta(days=1), days=1,
        )  # fmt: skip
    else:
        world.enrolment.ended_on = TODAY
        world.enrolment.save()
    client = sign_in(world.supervisor)
    assert "No other date has room" in page_of(client, url(world.enrolment, "4/"))
    client.post(url(world.enrolment, "4/place/"), {"scheduled": elsewhere.pk})
    assert not Place.objects.exists()


def test_the_last_place_goes_once(world, sign_in, missed, elsewhere):
    client = sign_in(world.supervisor)
    PlaceFactory(enrolment=EnrolmentFactory(cohort=world.cohort), scheduled=elsewhere)
    answer = client.post(url(world.enrolment, "4/place/"), {"scheduled": elsewhere.pk}, follow=True)
    assert "That place is no longer free" in answer.content.decode()
    assert Place.objects.filter(enrolment=world.enrolment).count() == 0
    assert "No other date has room" in page_of(client, url(world.enrolment, "4/"))


def test_what_is_not_offered_cannot_be_taken(world, sign_in, missed, elsewhere, session):
    client = sign_in(world.supervisor)
    draft = CohortFactory(organisation=world.organisation, status="draft", published_at=None)
    for other in (
        held(CohortFactory(organisation=world.organisation), session=session),
        ScheduledSessionFactory(cohort=draft, session=session),
        ScheduledSessionFactory(cohort=world.other.cohort, session=session),
        ScheduledSessionFactory(cohort=elsewhere.cohort),
        ScheduledSessionFactory(
            cohort=CohortFactory(organisation=world.organisation), session=session, cancelled_at=timezone.now()
        ),
    ):
        client.post(url(world.enrolment, "4/place/"), {"scheduled": other.pk})
    assert client.post(url(world.enrolment, "4/place/"), {"scheduled": "x"}).status_code == 404
    assert Place.objects.count() == 0


def test_a_session_is_worked_through_alone(world, sign_in, missed, session):
    BlockItemFactory(block__session=session, text="Which values?")
    client = sign_in(world.supervisor)
    assert "Which values?" in page_of(client, url(world.enrolment, "4/"))
    assert of(world).missed == {4}
    for _ in range(2):
        answer = client.post(url(world.enrolment, "4/"), day("studied_on", TODAY))
    assert (answer.status_code, answer.url) == (302, url(world.enrolment))
    row = Attendance.objects.get()
    assert (row.state, row.studied_on, row.scheduled) == ("missed", TODAY, missed)
    assert (of(world).missed, of(world).behind) == (set(), {4})
    assert AuditEvent.objects.filter(verb="studied a missed session", subject=world.supervisor).count() == 1


def test_the_day_cannot_be_to_come(world, sign_in, missed):
    answer = sign_in(world.supervisor).post(url(world.enrolment, "4/"), day("studied_on", TODAY + dt.timedelta(days=1)))
    assert answer.status_code == 200
    assert Attendance.objects.get().studied_on is None


@pytest.mark.parametrize("way", ["paused", "joined later", "came later", "moved"])
def test_what_was_held_while_away_can_be_caught_up(world, sign_in, session, way):
    away = held(world.cohort, days_ago=10, session=session)
    if way == "paused":
        EnrolmentChange.objects.create(
            organisation=world.organisation, enrolment=world.enrolment, kind="pause", made_by=world.ld_lead,
            starts_on=TODAY - dt.timedelta(days=20), ends_on=TODAY - dt.timedelta(days=5), days=15,
        )  # fmt: skip
    elif way == "joined later":
        world.enrolment.starts_on = TODAY - dt.timedelta(days=5)
        world.enrolment.save()
    else:
        world.cohort.published_at = long_ago = timezone.now() - dt.timedelta(days=60)
        world.cohort.save()
        if way == "moved":
            type(world.enrolment).objects.update(created_at=long_ago)
            EnrolmentChange.objects.create(
                organisation=world.organisation, enrolment=world.enrolment, kind="move", made_by=world.ld_lead,
                starts_on=TODAY, from_cohort=world.cohort, to_cohort=world.cohort,
            )  # fmt: skip
    client = sign_in(world.supervisor)
    words = "Held while you were away" if way == "paused" else "Held before you came"
    assert words in page_of(client, url(world.enrolment))
    assert of(world).missed == set()
    client.post(url(world.enrolment, "4/"), day("studied_on", TODAY))
    row = Attendance.objects.get()
    assert (row.scheduled, row.state, row.studied_on) == (away, "missed", TODAY)
    assert of(world).behind == {4}


def test_the_lead_may_do_it_for_them(world, sign_in, missed, elsewhere):
    client = sign_in(world.ld_lead)
    assert "Secret name" not in page_of(client, url(world.enrolment, "4/"))
    client.post(url(world.enrolment, "4/place/"), {"scheduled": elsewhere.pk})
    place = Place.objects.get()
    assert place.made_by == world.ld_lead
    answer = client.post(f"/places/{place.pk}/give-up/", {"catch_up": "1"})
    assert answer.url == url(world.enrolment)


@pytest.mark.parametrize(
    ("role", "status"), [("mentor", 403), ("line_manager", 403), ("admin", 403), ("outsider", 404)]
)
def test_others_do_not(world, sign_in, missed, elsewhere, role, status):
    for client, expected in ((sign_in(getattr(world, role)), status), (sign_in(world.other.ld_lead), 404)):
        assert client.get(url(world.enrolment)).status_code == expected
        assert client.get(url(world.enrolment, "4/")).status_code == expected
        assert client.post(url(world.enrolment, "4/"), day("studied_on", TODAY)).status_code == expected
        answer = client.post(url(world.enrolment, "4/place/"), {"scheduled": elsewhere.pk})
        assert answer.status_code == expected
        assert client.get(f"/people/{world.enrolment.pk}/certificate/").status_code == expected
    assert (Place.objects.count(), Attendance.objects.get().studied_on) == (0, None)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(world, sign_in, django_assert_num_queries, number):
    other = CohortFactory(organisation=world.organisation)
    for each in range(1, number + 1):
        session = ProgrammeSessionFactory(number=each)
        AttendanceFactory(enrolment=world.enrolment, scheduled=held(world.cohort, session=session), state="missed")
        PlaceFactory(
            enrolment=world.enrolment, scheduled=ScheduledSessionFactory(cohort=other, session=session, places=5)
        )
    client = sign_in(world.supervisor)
    page_of(client, url(world.enrolment))
    with django_assert_num_queries(11):
        page_of(client, url(world.enrolment))


# ---------------------------------------------------------------- the certificate


def test_there_is_none_before_the_first_session(world, sign_in, missed):
    assert sign_in(world.supervisor).get(f"/people/{world.enrolment.pk}/certificate/").status_code == 404


def test_the_certificate_says_what_is_behind_the_person(world, sign_in, missed):
    Attendance.objects.update(studied_on=TODAY)
    for number in (1, 2):
        session = ProgrammeSessionFactory(number=number)
        AttendanceFactory(enrolment=world.enrolment, scheduled=held(world.cohort, days_ago=30, session=session))
    for person in (world.supervisor, world.ld_lead):
        answer = sign_in(person).get(f"/people/{world.enrolment.pk}/certificate/")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert pdf_rules.validate_pdf_bytes(answer.content, profile="ua1").is_compliant
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages).split())
    for words in (
        world.supervisor.name, world.organisation.name, world.cohort.name, "3 sessions", "4 hours 30 minutes in all",
        "1 of them by individual study", "4 Ethics", "Studied individually", "Face to face",
    ):  # fmt: skip
        assert words in text


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(90, "1 hour 30 minutes"), (120, "2 hours"), (45, "45 minutes"), (61, "1 hour 1 minute"), (0, "0 minutes")],
)
def test_hours_in_words(minutes, words):
    assert hours_words(minutes) == words
