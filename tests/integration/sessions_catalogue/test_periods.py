"""The days an organisation keeps clear of."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from sessions_catalogue.models import CalendarPeriod
from tests.factories.sessions_catalogue import twelve_sessions

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST, ADD = "/organisation/calendar/", "/organisation/calendar/add/"
YEAR = timezone.localdate().year + 1


def sent(**changes):
    return {
        "id": str(uuid.uuid4()),
        "kind": "closed",
        "label": "Christmas closure",
        "starts_on_day": "22",
        "starts_on_month": "12",
        "starts_on_year": str(YEAR),
        "ends_on_day": "31",
        "ends_on_month": "12",
        "ends_on_year": str(YEAR),
    } | changes


def period(organisation, first=dt.date(YEAR, 3, 1), days=14, **fields):
    values = {"kind": "closed", "label": "Closed for works", **fields}
    return CalendarPeriod.objects.create(
        organisation=organisation, starts_on=first, ends_on=first + dt.timedelta(days=days - 1), **values
    )


@pytest.mark.parametrize("role", ["ld_lead", "admin"])
def test_days_are_added_once_and_removed(world, sign_in, role):
    user = getattr(world, role)
    client = sign_in(user)
    assert "Nothing to come" in client.get(LIST).content.decode()
    address, data = client.get(ADD).url, sent()
    for _ in range(2):
        assert client.post(address, data).url == LIST
    made = CalendarPeriod.objects.get()
    assert (str(made.pk), made.organisation, made.kind, made.label) == (
        data["id"], world.organisation, "closed", "Christmas closure",
    )  # fmt: skip
    assert (made.starts_on, made.ends_on) == (dt.date(YEAR, 12, 22), dt.date(YEAR, 12, 31))
    assert f"22 December {YEAR} to 31 December {YEAR}" in client.get(LIST).content.decode()
    assert "Remove Christmas closure?" in client.get(f"{LIST}{made.pk}/remove/").content.decode()
    assert client.post(f"{LIST}{made.pk}/remove/").url == LIST
    assert not CalendarPeriod.objects.exists()
    verbs = AuditEvent.objects.filter(target_id=made.pk, actor=user).order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["added calendar period", "removed calendar period"]


def test_without_a_last_day_it_is_one_day(world, sign_in):
    client = sign_in(world.ld_lead)
    address = client.get(ADD).url
    client.post(address, sent(ends_on_day="", ends_on_month="", ends_on_year="", kind="school_holiday"))
    made = CalendarPeriod.objects.get()
    assert (made.kind, made.starts_on, made.ends_on) == ("school_holiday", made.ends_on, dt.date(YEAR, 12, 22))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"kind": "party"}, "Choose one of the three"),
        ({"label": ""}, "Enter a name"),
        ({"label": "x" * 101}, "Use no more than 100 characters"),
        ({"starts_on_day": "31", "starts_on_month": "2"}, "The first day must be a real date"),
        ({"ends_on_day": "21"}, "The last day must not be before the first day"),
        ({"ends_on_year": str(YEAR + 1)}, "Enter no more than a year at once"),
    ],
)
def test_wrong_input_is_refused_in_words(world, sign_in, wrong, message):
    client = sign_in(world.ld_lead)
    page = client.post(client.get(ADD).url, sent(**wrong)).content.decode()
    assert page.count(message) >= 2
    assert not CalendarPeriod.objects.exists()


@pytest.mark.parametrize("role", ["supervisor", "mentor", "senior_leader", "outsider"])
def test_others_do_not_keep_them(world, sign_in, role):
    row = period(world.organisation)
    client = sign_in(getattr(world, role))
    for address in (LIST, ADD, f"{LIST}{row.pk}/remove/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{LIST}{row.pk}/remove/").status_code == 403
    assert sign_in(world.other.ld_lead).post(f"{LIST}{row.pk}/remove/").status_code == 404
    assert CalendarPeriod.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long_and_ends_with_what_is_over(
    world, sign_in, count, django_assert_num_queries
):
    today = timezone.localdate()
    for number in range(count):
        period(world.organisation, today + dt.timedelta(days=number), label=f"Coming {number}")
        period(world.organisation, today - dt.timedelta(days=20 + number), label=f"Past {number}")
    period(world.other.organisation, label="Theirs")
    client = sign_in(world.ld_lead)
    client.get(LIST)
    with django_assert_num_queries(6):
        page = client.get(LIST).content.decode()
    assert page.count('data-label="Days"') == 2 * count
    assert page.index("Coming 0") < page.index("Over") < page.index("Past 0")
    assert "Theirs" not in page


def test_dates_keep_clear_of_two_closed_weeks_and_school_holidays_are_named(world, sign_in):
    twelve_sessions()
    first = dt.date(YEAR, 2, 1)
    first += dt.timedelta(days=(1 - first.weekday()) % 7)
    period(world.organisation, first + dt.timedelta(days=6), label="Closed for works")
    period(world.organisation, first, days=1, kind="school_holiday", label="Half term")
    period(world.other.organisation, first, days=300)
    asked = {"shape": "weekly", "starts_at": "10:00", "first_on_day": first.day, "first_on_month": first.month}
    page = sign_in(world.ld_lead).get(f"/cohorts/{world.cohort.pk}/sessions/lay-out/", asked | {"first_on_year": YEAR})
    lines = page.context["lines"]
    assert [row["line"].slot.held_on - first for row in lines[:5]] == [
        dt.timedelta(days=days) for days in (0, 20, 21, 22, 28)
    ]
    assert lines[1]["line"].notes[0].endswith("when you are closed: Closed for works")
    assert lines[3]["line"].notes[0].endswith("which an earlier session has taken")
    assert "School holiday: Half term" in lines[0]["warnings"]
