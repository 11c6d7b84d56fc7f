"""Dates for people's own calendars: iCalendar feeds to subscribe to, and one date to attach to an e-mail."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.encoding import iri_to_uri
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

CONTENT_TYPE = "text/calendar; method=PUBLISH; charset=utf-8"
PRODUCT = "-//PQS portal//Calendar//EN"
LONDON = ZoneInfo("Europe/London")
ASK_AGAIN = dt.timedelta(hours=6)


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """A date as a calendar shows it. The ``uid`` stays when the date moves; ``sequence`` grows with each move."""

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    changed_at: dt.datetime
    place: str = ""
    url: str = ""
    sequence: int = 0
    is_cancelled: bool = False


def feed(entries: Iterable[CalendarEntry], *, name: str, now: dt.datetime) -> bytes:
    """A calendar to subscribe to."""
    calendar = _calendar(entries, now)
    calendar.add("x-wr-calname", vText(_one_line(name)))  # the library escapes texts of names it knows only
    calendar.add("x-wr-timezone", LONDON.key)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")  # what Outlook reads instead
    return _bytes(calendar)


def invitation(entry: CalendarEntry, now: dt.datetime) -> bytes:
    """One date to attach to an e-mail. Published rather than requested: nobody is asked to answer."""
    return _bytes(_calendar([entry], now))


def _calendar(entries: Iterable[CalendarEntry], now: dt.datetime) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_london())
    for entry in entries:
        calendar.add_component(_event(entry, now))
    return calendar


def _bytes(calendar: Calendar) -> bytes:
    content: bytes = calendar.to_ical()
    return content


def _event(entry: CalendarEntry, now: dt.datetime) -> Event:
    event = Event()
    event.add("uid", _one_line(entry.uid))
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("last-modified", entry.changed_at.astimezone(dt.UTC))
    event.add("dtstart", entry.starts_at.astimezone(LONDON))
    event.add("dtend", entry.ends_at.astimezone(LONDON))
    event.add("summary", _one_line(entry.title))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.is_cancelled:
        event.add("transp", "TRANSPARENT")  # the time is free again, also where the status is not understood
    if place := _one_line(entry.place):
        event.add("location", place)
    if url := _one_line(entry.url):
        event.add("url", iri_to_uri(url))
    return event


def _london() -> Timezone:
    """The United Kingdom's rule since 1996. As a rule, since Outlook reads no lists of single clock changes."""
    zone = Timezone()
    zone.add("tzid", LONDON.key)
    for part, name, first, before, after in (
        (TimezoneDaylight(), "BST", dt.datetime(1996, 3, 31, 1), 0, 1),  # noqa: DTZ001 -- local by definition
        (TimezoneStandard(), "GMT", dt.datetime(1996, 10, 27, 2), 1, 0),  # noqa: DTZ001 -- the same
    ):
        part.add("tzname", name)
        part.add("dtstart", first)
        part.add("rrule", {"freq": "yearly", "bymonth": first.month, "byday": "-1su"})
        part.add("tzoffsetfrom", dt.timedelta(hours=before))
        part.add("tzoffsetto", dt.timedelta(hours=after))
        zone.add_component(part)
    return zone


def _one_line(text: str) -> str:
    """Without what could be taken for the end of a line (some readers split at U+2028 or form feeds too), without
    other control characters and halves of characters."""
    shown = "".join(mark for mark in " ".join(text.split()) if unicodedata.category(mark) not in {"Cc", "Cs"})
    return " ".join(shown.split())
