import datetime as dt

import pytest

from accounts.models import Organisation, User
from pqs_portal.lib.calendar import CalendarEntry
from reminders.emails import day_message, one_line
from reminders.models import Delivery, Notification


def delivery(**organisation):
    return Delivery(
        organisation=Organisation(name="Northshire Council", **organisation),
        recipient=User(name="Sam Ade", email="sam@example.org"),
        message_id="<1@localhost>",
    )


def thing(title="Session 5 on Tuesday 9 March: prepare", due_on=dt.date(2027, 3, 9), url="/sessions/5/"):
    return Notification(title=title, due_on=due_on, url=url)


def test_the_whole_text_of_a_mail():
    things = [thing(), thing("Observation of Ruth: record it", dt.date(2027, 3, 4), "/observations/1/")]
    things.append(thing("Mo commented on your evidence", None, "/evidence/2/"))
    message = day_message(delivery=delivery(help_name="Jo Help", help_email="help@northshire.example"), things=things)
    assert message.subject == "Session 5 on Tuesday 9 March: prepare (and 2 more)"
    assert message.body == (
        "Session 5 on Tuesday 9 March: prepare\n"
        "http://localhost:8000/sessions/5/\n\n"
        "Observation of Ruth: record it\n"
        "By Thursday 4 March 2027\n"
        "http://localhost:8000/observations/1/\n\n"
        "Mo commented on your evidence\n"
        "http://localhost:8000/evidence/2/\n\n"
        "All your notices: http://localhost:8000/notices/\n\n"
        "You get this because you take part in the Supervisors’ Pathway at Northshire Council, "
        "which runs it for its people.\n"
        "To stop these e-mails or have fewer, reply to this one or write to Jo Help, help@northshire.example.\n"
    )
    assert (message.to, message.reply_to) == (["sam@example.org"], ["help@northshire.example"])
    assert message.extra_headers == {"Message-ID": "<1@localhost>", "Auto-Submitted": "auto-generated"}


def test_the_subject_names_the_date_once():
    assert day_message(delivery=delivery(), things=[thing()]).subject == "Session 5 on Tuesday 9 March: prepare"
    undated = thing("Observation of Ruth: record it", dt.date(2027, 3, 4))
    subject = "Observation of Ruth: record it, by Thursday 4 March 2027"
    assert day_message(delivery=delivery(), things=[undated]).subject == subject


def test_without_a_help_contact_the_lead_is_named():
    message = day_message(delivery=delivery(), things=[thing()])
    assert message.body.endswith("To stop these e-mails or have fewer, tell your L&D lead.\n")
    assert message.reply_to == []


def test_the_html_says_the_same_and_escapes():
    message = day_message(delivery=delivery(), things=[thing("<b>Ruth</b> & co: read")])
    html = message.alternatives[0].content
    assert "&lt;b&gt;Ruth&lt;/b&gt; &amp; co: read" in html
    assert 'href="http://localhost:8000/sessions/5/"' in html
    assert "<b>Ruth</b> & co: read" in message.body


@pytest.mark.parametrize("hostile", ["Ruth\r\nBcc: everybody@example.org", "Ruth\nBcc: everybody@example.org\x00"])
def test_a_name_cannot_add_a_header(hostile):
    message = day_message(delivery=delivery(), things=[thing(hostile, None)])
    assert message.subject == "Ruth Bcc: everybody@example.org"
    sent = message.message()
    assert sent["Bcc"] is None
    assert sent["Message-ID"] == "<1@localhost>"


def test_one_line():
    assert one_line("  a\u2028b\x07 c\t\n d ") == "a b c d"


@pytest.mark.parametrize(("dates", "words"), [(1, "the date, to open there"), (2, "the dates, to open there")])
def test_dates_are_attached_and_said_to_be(monkeypatch, dates, words):
    at = dt.datetime(2027, 3, 9, 10, tzinfo=dt.UTC)
    entry = CalendarEntry(uid="4@localhost", starts_at=at, ends_at=at, title="Session 4: Ethics", changed_at=at)
    monkeypatch.setattr("reminders.emails.entries_for_keys", lambda keys, user: [entry] * dates)
    message = day_message(delivery=delivery(), things=[thing()])
    assert [file.get_filename() for file in message.attachments] == ["session-4-ethics-2027-03-09.ics"] * dates
    html = message.alternatives[0].content
    assert (words in message.body, words in html) == (True, True)
    assert 'href="http://localhost:8000/calendar/"' in html
