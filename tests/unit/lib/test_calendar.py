"""Calendar feeds, read back with another library than the one that writes them."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import ics
import pytest
from dateutil import tz
from hypothesis import given, settings
from hypothesis import strategies as st

from pqs_portal.lib import calendar

LONDON = ZoneInfo("Europe/London")
NOW = dt.datetime(2027, 1, 4, 8, 30, tzinfo=dt.UTC)


def entry(**given):
    starts_at = given.pop("starts_at", dt.datetime(2027, 3, 3, 10, tzinfo=dt.UTC))
    values = {
        "uid": "session-4@portal.example",
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=3),
        "title": "Session 4",
        "changed_at": NOW,
    }
    return calendar.CalendarEntry(**(values | given))


def written(*entries, name="Your year"):
    return calendar.feed(entries, name=name, now=NOW)


def read(content):
    """The single event, as a strict reader sees it."""
    [event] = ics.Calendar(content.decode()).events
    return event


def lines(content):
    """The feed's lines, folded ones joined."""
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def test_a_reader_sees_what_was_written():
    event = read(written(entry(place="Room 2, Civic Centre; upstairs", url="https://portal.example/sessions/4/?a=1,2")))
    assert event.uid == "session-4@portal.example"
    assert event.name == "Session 4"
    assert event.location == "Room 2, Civic Centre; upstairs"
    assert event.url == "https://portal.example/sessions/4/?a=1,2"
    assert (event.begin.datetime, event.end.datetime) == (entry().starts_at, entry().ends_at)
    assert event.status == "CONFIRMED"
    assert event.last_modified.datetime == NOW


def test_the_head_of_a_feed():
    found = lines(written(name="Year 1; group A, North\r\nX-EVIL:1"))
    for line in (
        "METHOD:PUBLISH",
        r"X-WR-CALNAME:Year 1\; group A\, North X-EVIL:1",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ):
        assert line in found
    assert icalendar.Calendar.from_ical(written()).events == []


def test_one_date_for_an_email():
    content = calendar.invitation(entry(), now=NOW)
    assert read(content).name == "Session 4"
    assert {"METHOD:PUBLISH", "DTSTAMP:20270104T083000Z"} <= set(lines(content))
    assert b"CALNAME" not in content


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        ("2027-03-27", 10),  # the clocks go forward on Sunday 28 March
        ("2027-03-29", 9),
        ("2027-10-30", 9),  # and back on Sunday 31 October
        ("2027-11-01", 10),
    ],
)
def test_ten_o_clock_stays_ten_o_clock(day, utc):
    local = dt.datetime.fromisoformat(day).replace(hour=10, tzinfo=LONDON)
    content = written(entry(starts_at=local.astimezone(dt.UTC)))
    assert f"DTSTART;TZID=Europe/London:{local:%Y%m%d}T100000" in lines(content)
    assert read(content).begin.to("utc").hour == utc


def test_the_written_clock_changes_are_the_real_ones(tmp_path):
    """A reader that knows nothing of London finds each day's noon by the rule in the file."""
    file = tmp_path / "feed.ics"
    file.write_bytes(written(entry()))
    london = tz.tzical(str(file)).get("Europe/London")
    for days in range(365 * 12):
        noon = dt.datetime(2026, 1, 1, 12, tzinfo=LONDON) + dt.timedelta(days=days)
        assert noon.replace(tzinfo=london).utcoffset() == noon.utcoffset()


def test_cancelled():
    content = written(entry(is_cancelled=True, sequence=3))
    assert read(content).status == "CANCELLED"
    assert {"SEQUENCE:3", "TRANSP:TRANSPARENT"} <= set(lines(content))


def test_moved():
    before, after = entry(), entry(starts_at=dt.datetime(2027, 3, 10, 10, tzinfo=dt.UTC), sequence=1)
    assert read(written(before)).uid == read(written(after)).uid
    assert "SEQUENCE:0" in lines(written(before))
    assert "SEQUENCE:1" in lines(written(after))


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ("One\r\nEND:VEVENT\r\nBEGIN:VALARM", "One END:VEVENT BEGIN:VALARM"),
        ("One\nATTACH:file:///etc/passwd", "One ATTACH:file:///etc/passwd"),
        ("One\rTwo\x0bThree\x0cFour\x85Five\u2028Six\u2029Seven", "One Two Three Four Five Six Seven"),
        (r"a;b,c\d:e\ne" + '"f"', r"a;b,c\d:e\ne" + '"f"'),
        ("Bell\x07, NUL\x00, delete\x7f and half\ud800", "Bell, NUL, delete and half"),
        ("👩🏽\u200d💻 Ymweliad â’r tîm", "👩🏽\u200d💻 Ymweliad â’r tîm"),
        ("é" * 500, "é" * 500),
        ("", ""),
    ],
)
def test_hostile_titles_stay_in_their_property(title, seen):
    content = written(entry(title=title, place=title, url="https://portal.example/" + title))
    assert read(content).uid == entry().uid
    [event] = icalendar.Calendar.from_ical(content).events  # ics takes an escaped backslash before n for a line's end
    assert event["summary"] == event.get("location", "") == seen
    assert sum(line.startswith(("BEGIN:", "END:")) for line in lines(content)) == 10
    by_the_rules(content)


@settings(max_examples=40, derandomize=True)
@given(st.text(), st.text())
def test_any_text_keeps_the_rules(title, uid):
    content = written(entry(title=title, uid=uid))
    by_the_rules(content)
    [event] = icalendar.Calendar.from_ical(content).events
    assert event["summary"] == " ".join(str(event["summary"]).split())
    assert len(lines(content)) == len(lines(written(entry())))


def by_the_rules(content):
    """RFC 5545: lines of at most 75 octets, ended by CR LF, no control characters, and no others readers split at."""
    assert content.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.decode().splitlines() == content.decode().split("\r\n")[:-1]
    assert not any(ord(mark) < 32 or ord(mark) == 127 for mark in content.decode().replace("\r\n", ""))
