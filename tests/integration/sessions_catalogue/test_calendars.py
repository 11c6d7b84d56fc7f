"""The private calendar address: made, shown once, renewed, ended; and what stands there."""

import datetime as dt
import json
import logging
import re
from zoneinfo import ZoneInfo

import icalendar
import ics
import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, Membership, User
from pathway.models import Enrolment
from pqs_portal.logs import JsonFormatter
from sessions_catalogue.layout import at_local
from sessions_catalogue.models import CalendarFeed
from sessions_catalogue.services.calendars import end_feed, make_feed
from sessions_catalogue.timeline import entries
from tests.factories.sessions_catalogue import FacilitationFactory, ProgrammeSessionFactory, ScheduledSessionFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

CALENDAR, MAKE, END = "/calendar/", "/calendar/address/", "/calendar/end/"
ADDRESS = re.compile(r'pp-secret">http://localhost:8000(/calendar/[\w-]{43}\.ics)</p>')
TEN = dt.time(10, 0)
DAY = timezone.localdate() + dt.timedelta(days=30)


def scheduled(cohort, number=4, on=DAY, **fields):
    session = ProgrammeSessionFactory(number=number)
    return ScheduledSessionFactory(cohort=cohort, session=session, starts_at=at_local(on, TEN), **fields)


def feed_url(user):
    return f"/calendar/{make_feed(by=user)}.ics"


def read(url):
    """The events of the feed, as a strict reader sees them, in order."""
    answer = Client().get(url)
    assert answer.status_code == 200
    return sorted(ics.Calendar(answer.content.decode()).events)


def lines(url):
    return Client().get(url).content.replace(b"\r\n ", b"").decode().split("\r\n")


def shown(answer):
    assert answer.status_code == 200
    found = ADDRESS.search(answer.content.decode())
    return found and found[1]


# --- the page ----------------------------------------------------------------------------------------------
def test_an_address_is_made_and_shown_once(world, sign_in):
    scheduled(world.cohort)
    client = sign_in(world.supervisor)
    before = client.get(CALENDAR)
    assert "Make my calendar address" in before.content.decode()
    made = client.post(MAKE, follow=True)
    assert made.redirect_chain == [(CALENDAR, 302)]
    address = shown(made)
    assert f'href="webcal://localhost:8000{address}"' in made.content.decode()
    assert [event.name for event in read(address)] == ["Session 4: Title of 4"]
    again = client.get(CALENDAR)
    assert shown(again) is None
    assert "It cannot be shown again" in again.content.decode()
    assert "Make my calendar address" not in again.content.decode()


def test_nothing_but_a_hash_is_kept(world):
    token = make_feed(by=world.supervisor)
    (feed,) = CalendarFeed.objects.all()
    assert (feed.user, len(feed.token_hash)) == (world.supervisor, 64)
    assert token not in feed.token_hash
    assert len(token) == 43


def test_a_new_one_ends_the_one_before(world, sign_in):
    first = feed_url(world.supervisor)
    client = sign_in(world.supervisor)
    asked = client.get(MAKE)
    assert "The address that you have now ends at once" in asked.content.decode()
    assert Client().get(first).status_code == 200
    second = shown(client.post(MAKE, follow=True))
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    assert CalendarFeed.objects.count() == 1


def test_pressed_twice_the_address_that_is_seen_is_the_one_that_works(world, sign_in):
    client = sign_in(world.supervisor)
    client.post(MAKE)
    address = shown(client.post(MAKE, follow=True))
    assert Client().get(address).status_code == 200


def test_an_address_that_another_press_has_ended_is_not_shown(world, sign_in):
    client = sign_in(world.supervisor)
    client.post(MAKE)
    make_feed(by=world.supervisor)
    assert shown(client.get(CALENDAR)) is None


def test_an_ended_address_leads_nowhere(world, sign_in):
    address = feed_url(world.supervisor)
    client = sign_in(world.supervisor)
    assert "End your calendar address?" in client.get(END).content.decode()
    ended = client.post(END, follow=True)
    assert ended.redirect_chain == [(CALENDAR, 302)]
    assert "Your calendar address has ended" in ended.content.decode()
    assert Client().get(address).status_code == 404
    assert end_feed(by=world.supervisor) is False


def test_without_an_address_there_is_nothing_to_renew_or_end(world, sign_in):
    client = sign_in(world.supervisor)
    assert client.get(MAKE).url == client.get(END).url == CALENDAR
    assert client.post(END).url == CALENDAR
    assert list(AuditEvent.objects.all()) == []


def test_each_address_is_ones_own(world, sign_in):
    theirs = feed_url(world.mentor)
    client = sign_in(world.supervisor)
    client.post(MAKE)
    client.post(END)
    assert Client().get(theirs).status_code == 200


def test_the_trail_says_what_was_done_and_to_no_organisation(world):
    make_feed(by=world.supervisor)
    make_feed(by=world.supervisor)
    end_feed(by=world.supervisor)
    rows = AuditEvent.objects.order_by("at").values_list("verb", "actor", "subject", "organisation")
    me = world.supervisor.pk
    verbs = ["made calendar address", "renewed calendar address", "ended calendar address"]
    assert list(rows) == [(verb, me, me, None) for verb in verbs]


# --- the feed ----------------------------------------------------------------------------------------------
def test_headers(world):
    scheduled(world.cohort)
    answer = Client().get(feed_url(world.supervisor))
    assert answer["Content-Type"] == "text/calendar; method=PUBLISH; charset=utf-8"
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "same-origin")
    assert answer.cookies == {}


def test_what_has_not_changed_is_not_sent_again(world):
    row = scheduled(world.cohort)
    url = feed_url(world.supervisor)
    tag = Client().get(url)["ETag"]
    same = Client().get(url, headers={"if-none-match": tag})
    assert (same.status_code, same.content, same["Cache-Control"]) == (304, b"", "no-store")
    row.venue = "Another room"
    row.save()
    changed = Client().get(url, headers={"if-none-match": tag})
    assert (changed.status_code, b"Another room" in changed.content) == (200, True)
    assert changed["ETag"] != tag


def test_a_program_may_ask_for_the_head_only(world):
    answer = Client().head(feed_url(world.supervisor))
    assert (answer.status_code, answer.content) == (200, b"")
    assert Client().post(feed_url(world.supervisor)).status_code == 405


@pytest.mark.parametrize("token", ["made-up", "x" * 5000, "%00", "%ff%fe", "..%2f", "😀"])
def test_a_made_up_address_is_not_found(world, token):
    make_feed(by=world.supervisor)
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def suspend(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def leave(user):
    Membership.objects.filter(user=user).update(ends_on=timezone.localdate())


@pytest.mark.parametrize("change", [suspend, leave])
def test_who_has_left_has_a_calendar_without_dates(world, change):
    """So that the organisation's dates leave the program too, which a 404 would not do."""
    row = scheduled(world.cohort)
    FacilitationFactory(scheduled=row, member=world.outsider)
    urls = [feed_url(person) for person in (world.supervisor, world.outsider)]
    assert [len(read(url)) for url in urls] == [1, 1]
    for person in (world.supervisor, world.outsider):
        change(person)
    assert [read(url) for url in urls] == [[], []]


@pytest.mark.parametrize("deliveries", [1, 3])
def test_the_queries_stay_the_same(world, deliveries, django_assert_num_queries):
    for number in range(1, deliveries + 1):
        scheduled(world.cohort, number)
    url = feed_url(world.supervisor)
    client = Client()
    # The address, its owner's memberships and their roles, the dates.
    with django_assert_num_queries(4):
        client.get(url)


def test_a_move_and_a_cancellation_change_the_same_event(world):
    row = scheduled(world.cohort)
    url = feed_url(world.supervisor)
    (first,) = read(url)
    row.starts_at, row.ends_at = at_local(DAY, dt.time(14)), at_local(DAY, dt.time(15, 30))
    row.revision, row.moved_at = 2, timezone.now()
    row.save()
    (moved,) = read(url)
    assert (moved.uid, moved.begin.datetime, moved.status) == (first.uid, row.starts_at, "CONFIRMED")
    assert "SEQUENCE:2" in lines(url)
    row.cancelled_at, row.revision = timezone.now(), 3
    row.save()
    (gone,) = read(url)
    assert (gone.uid, gone.status) == (first.uid, "CANCELLED")
    assert {"SEQUENCE:3", "TRANSP:TRANSPARENT"} <= set(lines(url))


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        ("2027-03-27", 10),  # the clocks go forward on Sunday 28 March
        ("2027-03-29", 9),
        ("2027-10-30", 9),  # and back on Sunday 31 October
        ("2027-11-01", 10),
    ],
)
def test_ten_o_clock_is_ten_o_clock(world, day, utc):
    on = dt.date.fromisoformat(day)
    row = scheduled(world.cohort, on=on)
    url = feed_url(world.supervisor)
    assert f"DTSTART;TZID=Europe/London:{on:%Y%m%d}T100000" in lines(url)
    (event,) = read(url)
    assert event.begin.datetime == row.starts_at == dt.datetime.combine(on, TEN, ZoneInfo("Europe/London"))
    assert event.begin.to("utc").hour == utc


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("One\r\nEND:VEVENT\r\nBEGIN:VALARM", "One END:VEVENT BEGIN:VALARM"),
        ("One\nATTACH:file:///etc/passwd\u2028Two", "One ATTACH:file:///etc/passwd Two"),
        ('a;b,c\\d "e" <script>alert(1)</script>', 'a;b,c\\d "e" <script>alert(1)</script>'),
        ("é" * 200, "é" * 200),
    ],
)
def test_hostile_words_stay_in_their_place(world, words, seen):
    row = scheduled(world.cohort, venue=words)
    type(row.session).objects.filter(pk=row.session_id).update(title=words)
    content = Client().get(feed_url(world.supervisor)).content
    (event,) = icalendar.Calendar.from_ical(content).events
    assert (event["summary"], event["location"]) == (f"Session 4: {seen}", seen)
    assert sum(line.startswith(b"BEGIN:") for line in content.split(b"\r\n")) == 5
    assert read(feed_url(world.supervisor))[0].uid == f"{row.pk}@localhost"


def test_the_feed_has_the_days_of_the_timeline(world):
    for number in (1, 2, 3):
        scheduled(world.cohort, number, DAY + dt.timedelta(days=number * 7))
    today = timezone.localdate()
    mine = entries(Enrolment.objects.of_supervisor(world.supervisor), today)
    days = sorted((entry.title, entry.due_on) for entry in mine if entry.kind == "session")
    found = read(feed_url(world.supervisor))
    assert [(event.name, event.begin.date()) for event in found] == days


def test_no_log_line_holds_the_address(world, caplog, monkeypatch):
    url = feed_url(world.supervisor)
    token = url.removeprefix("/calendar/").removesuffix(".ics")
    end_feed(by=world.supervisor)
    client = Client(raise_request_exception=False)
    with caplog.at_level(logging.DEBUG):
        assert client.get(url).status_code == 404
        assert client.post(url).status_code == 405
        monkeypatch.setattr("sessions_catalogue.queries_calendar.feed_by_token", fails)
        assert client.get(url).status_code == 500
    records = [record for record in caplog.records if record.name.startswith("django.request")]
    written = [JsonFormatter().format(record) for record in records]
    assert [json.loads(line)["view"] for line in written] == ["sessions_catalogue:calendar_feed"] * 3
    assert [line for line in written if token in line] == []


def fails(token):
    raise RuntimeError(token)
