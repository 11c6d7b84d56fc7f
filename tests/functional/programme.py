"""What the story of the programme asks of days, databases, mails and feeds."""

import csv
import datetime as dt
import email
import email.policy
import io
import itertools
import os
import subprocess
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar

from pqs_portal.lib.days import main_faith_days

ROOT = Path(__file__).resolve().parents[2]
LONDON = ZoneInfo("Europe/London")
NOW = dt.datetime.now(LONDON)
TODAY = NOW.date()
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
PHONE = {"width": 360, "height": 740}


def good_friday():
    """The next one for which a cohort can still begin four weeks before."""
    days = itertools.chain.from_iterable(main_faith_days(TODAY.year + more).items() for more in (0, 1))
    return next(on for on, words in days if "Good Friday" in words and on - 4 * WEEK > TODAY)


def clocks_back():
    """The next last Sunday of October for which weekly Thursdays can still begin before."""
    ends = (dt.date(TODAY.year + more, 10, 31) for more in (0, 1))
    sundays = (end - end.isoweekday() % 7 * DAY for end in ends)
    return next(on for on in sundays if on - 24 * DAY > TODAY)


# Every second Friday at ten, the third on Good Friday itself; and Thursdays at two, of which the fifth is in winter.
GOOD_FRIDAY, WINTER = good_friday(), clocks_back()
IN_LENT, IN_OCTOBER = GOOD_FRIDAY - 4 * WEEK, WINTER - 24 * DAY
LEFT_OUT = (3, 7, 11, 12)

# What only time, or many people, would do.
ACCEPTED = (
    "UPDATE accounts_user SET is_active = true WHERE email = ANY(%s)",
    (
        "UPDATE accounts_membership SET status = 'active', accepted_at = now(), invitation_nonce = ''"
        " WHERE user_id IN (SELECT id FROM accounts_user WHERE email = ANY(%s))"
    ),
)
OVER = (
    "UPDATE sessions_catalogue_scheduledsession"
    " SET starts_at = starts_at - interval '2 hours', ends_at = ends_at - interval '2 hours' WHERE id = %s"
)
SET_TIME = "UPDATE sessions_catalogue_scheduledsession SET starts_at = %s, ends_at = %s WHERE id = %s"
FEED = "INSERT INTO sessions_catalogue_calendarfeed (user_id, token_hash, renewed_at) VALUES (%s, %s, now())"
SEND_NOW = "UPDATE reminders_delivery SET due_at = now() WHERE state = 'queued'"
PEOPLE = (
    "SELECT u.email, u.id FROM pathway_enrolment e JOIN accounts_user u ON u.id = e.supervisor_id"
    " WHERE e.cohort_id = %s"
)
DELIVERIES = (
    "SELECT s.id::text, p.number, s.starts_at, s.cancelled_at IS NULL FROM sessions_catalogue_scheduledsession s"
    " JOIN sessions_catalogue_programmesession p ON p.id = s.session_id WHERE s.cohort_id = %s"
)
SESSION_9 = (
    "SELECT s.id, s.starts_at, s.ends_at FROM sessions_catalogue_scheduledsession s"
    " JOIN sessions_catalogue_programmesession p ON p.id = s.session_id JOIN pathway_cohort c ON c.id = s.cohort_id"
    " WHERE c.name = 'Northshire 2026 cohort' AND p.number = 9"
)
TOLD = (
    "SELECT count(DISTINCT recipient_id) FROM reminders_notification"
    " WHERE title = %s AND recipient_id = ANY(%s::uuid[])"
)
NUDGED = (
    "SELECT n.title FROM reminders_notification n JOIN accounts_user u ON u.id = n.recipient_id"
    " WHERE u.email = 'carys@northshire.example' AND n.kind = 'nudge'"
)


FIRST = ["Ada", "Ben", "Cora", "Dev", "Elin", "Farah", "Gus", "Hope", "Ivan", "June"]
LAST = ["Ashby", "Birch", "Crane", "Dunn"]
NEWCOMERS = [f"{first} {last}" for last in LAST for first in FIRST][:38]
# By the link in their mail, in a browser; and by the database, which is quicker.
JOIN_THEMSELVES, JOIN_TOO = NEWCOMERS[:3], NEWCOMERS[10:19]
IN_OCTOBER_COHORT = 14  # those twelve, and two who were members before
ADA, BEN, CORA = JOIN_THEMSELVES


def words_for(on, at):
    return f"{on:%A} {on.day} {on:%B %Y}, {at}"


def within(seconds, look):
    """Whatever ``look`` returns once it is true; the worker and beat need a moment."""
    for _ in range(seconds * 2):
        found = look()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(f"not within {seconds} seconds")


def ask(database, sql, *values):
    with database.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def remind(portal):
    """What beat does every minute, now."""
    command = [sys.executable, "manage.py", "send_reminders"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **portal["env"]}, check=True, capture_output=True)


def letters_to(somebody, address):
    """Every mail to an address so far, parsed."""
    mails = (email.message_from_bytes(text.encode(), policy=email.policy.default) for text in somebody.mails())
    return [mail for mail in mails if mail["To"] == address]


def plain(mail):
    return mail.get_body(("plain",)).get_content()


def key_of(name):
    return name.lower().replace(" ", ".")


def address_of(name):
    return f"{key_of(name)}@northshire.example"


def list_of_people():
    """As a spreadsheet saves it: a mark in front, semicolons. Forty can be brought in, four cannot."""
    martin = "martin@northshire.example"
    rows = [[name, address_of(name), martin if name in JOIN_THEMSELVES else "", ""] for name in NEWCOMERS]
    rows += [
        ["Femi Adebayo", "femi@northshire.example", "priya@northshire.example", ""],
        ["Yusuf Demir", "yusuf@northshire.example", "", "Mentor"],
        ["Ada Ashby", address_of(ADA).upper(), "", ""],
        ["Nell Noat", "nell.northshire.example", "", ""],
        ["=1+1", "one@northshire.example", "", ""],
        ["Olu Odd", "olu@northshire.example", "", "Visitor"],
    ]
    written = io.StringIO()
    table = csv.writer(written, delimiter=";")
    table.writerows([["Name", "E-mail", "Mentor e-mail", "Taking part as"], *rows])
    return written.getvalue().encode("utf-8-sig")


def read_feed(somebody, address):
    """By the delivery's id: when it begins, and whether it stands."""
    answer = somebody.page.request.get(address)
    assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, "text/calendar")
    return events_in(answer.body())


def events_in(content):
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {str(one["UID"]).split("@")[0]: (one["DTSTART"].dt, str(one["STATUS"]) == "CONFIRMED") for one in events}


class Presses:
    """Counts what somebody presses, from ``begin`` on; typing is not counted."""

    def __init__(self, somebody):
        self.page = somebody.page
        somebody.context.add_init_script(
            "addEventListener('click', () => sessionStorage.presses = Number(sessionStorage.presses || 0) + 1, true)"
        )

    def begin(self):
        self.page.evaluate("sessionStorage.presses = 0")

    @property
    def number(self):
        return self.page.evaluate("Number(sessionStorage.presses)")


def deliveries(database, cohort):
    """What the database knows of a cohort's dates: by id the session's number, the time, and whether it stands."""
    rows = ask(database, DELIVERIES, cohort.split("/")[2])
    return {pk: (number, at, stands) for pk, number, at, stands in rows}


def follow_by_key(somebody, name):
    """A link that begins with words only for screen readers, where nothing can be clicked."""
    before = somebody.page.url
    somebody.page.get_by_role("main").get_by_role("link", name=name).press("Enter")
    somebody.page.wait_for_url(lambda url: url != before)
    somebody.check()
