"""The programme, as its people: laid out, filled, run, moved; a pause."""

import csv
import datetime as dt
import hashlib
import io
import re

import pytest
from playwright.sync_api import expect

from tests.functional.programme import (
    ACCEPTED,
    ADA,
    BEN,
    CORA,
    DAY,
    FEED,
    GOOD_FRIDAY,
    IN_LENT,
    IN_OCTOBER,
    IN_OCTOBER_COHORT,
    JOIN_THEMSELVES,
    JOIN_TOO,
    LEFT_OUT,
    LONDON,
    NUDGED,
    OVER,
    PEOPLE,
    PHONE,
    SEND_NOW,
    TODAY,
    TOLD,
    WEEK,
    address_of,
    ask,
    deliveries,
    events_in,
    follow_by_key,
    key_of,
    letters_to,
    list_of_people,
    plain,
    read_feed,
    remind,
    within,
    words_for,
)


@pytest.fixture(scope="module")
def story():
    """What one person's part leaves for the next: addresses."""
    return {}


def new_cohort(helen, name):
    helen.open("/cohorts/new/")
    helen.fill("Name of the cohort", name)
    helen.fill_date("When does the year start?", TODAY)
    helen.press("Create the cohort")
    return re.search(r"/cohorts/[0-9a-f-]{36}/", helen.page.url)[0]


def lay_out(helen, cohort, shape, first_on, at):
    helen.open(f"{cohort}sessions/")
    helen.follow("Lay out the dates")
    helen.tick(re.compile(shape))
    helen.fill_date("Date of the first meeting", first_on)
    helen.fill("Starts at", at)
    helen.press("Show the dates")


def line_of(helen, number):
    """The row of one session in a table of dates."""
    return helen.page.get_by_role("row").filter(has=helen.page.get_by_role("rowheader", name=re.compile(f"^{number} ")))


def change_date(helen, cohort, number, on, at, *, collides=""):
    """By the form; what stands in the way is shown before anything is saved."""
    helen.open(f"{cohort}sessions/")
    helen.follow(re.compile(f"^Move or change session {number}$"))
    helen.fill_date("Date", on)
    helen.fill("Starts at", at)
    helen.press("Check the date")
    helen.sees("Not saved yet")
    helen.sees(collides)
    helen.press(f"Move to {words_for(on, at)}")
    expect(line_of(helen, number)).to_contain_text(words_for(on, at))


def test_1_the_lead_builds_two_programmes_and_lays_them_out(person, story):
    helen = person("helen")
    helen.open("/organisation/calendar/add/")
    helen.tick(re.compile("^School holiday"))
    helen.fill("Name", "Holidays around Easter")
    helen.fill_date("First day", GOOD_FRIDAY - 3 * DAY)
    helen.fill_date("Last day", GOOD_FRIDAY + 6 * DAY)
    helen.press("Add")

    story["easter"] = new_cohort(helen, "Easter cohort")
    helen.open(f"{story['easter']}sessions/")
    helen.sees("12 sessions, 18 hours")
    helen.follow("Choose the sessions")
    box = lambda number: helen.page.get_by_role("checkbox", name=re.compile(f"^{number} "))  # noqa: E731
    box(1).uncheck()
    recommended = helen.page.get_by_text(re.compile("^Session 1, .* is recommended for everyone$"))
    expect(recommended).to_be_visible()
    box(1).check()
    expect(recommended).to_be_hidden()
    for number in LEFT_OUT:
        box(number).uncheck()
    for session, area in ((7, 3), (11, 4), (12, 2)):
        expect(helen.page.get_by_text(f"Without session {session} nobody comes to area {area},")).to_be_visible()
    expect(helen.page.locator("[data-sum]")).to_contain_text("8 sessions, 12 hours")
    helen.check()
    helen.press("Save the choice")
    helen.sees("8 sessions, 12 hours")
    helen.follow("Choose the sessions")
    helen.follow(re.compile("Save this cohort’s choice as a template"))
    helen.fill("Name of the template", "Eight for spring")
    helen.press("Save as a template")
    helen.sees("Eight for spring")

    lay_out(helen, story["easter"], "Every two weeks", IN_LENT, "10:00")
    tuesday = GOOD_FRIDAY + 4 * DAY
    third = line_of(helen, 4)
    expect(third).to_contain_text(words_for(tuesday, "10:00"))
    expect(third).to_contain_text("School holiday: Holidays around Easter")
    expect(line_of(helen, 2)).to_contain_text(words_for(IN_LENT + 2 * WEEK, "10:00"))
    expect(line_of(helen, 7)).to_have_count(0)
    helen.press("Use these dates")
    expect(line_of(helen, 4)).to_contain_text(words_for(tuesday, "10:00"))
    change_date(helen, story["easter"], 4, GOOD_FRIDAY + 7 * DAY, "09:30")

    story["october"] = new_cohort(helen, "October cohort")
    lay_out(helen, story["october"], "Every week$", IN_OCTOBER, "14:00")
    helen.press("Use these dates")
    expect(helen.page.get_by_role("rowheader")).to_have_count(12)
    for number in (4, 5, 12):
        expect(line_of(helen, number)).to_contain_text(words_for(IN_OCTOBER + (number - 1) * WEEK, "14:00"))

    helen.follow("Choose who runs session 1")
    helen.choose("Somebody of your organisation", "Martin Reeve")
    helen.press("Add")
    helen.sees("Martin Reeve runs this session")
    helen.follow(re.compile("make a link for a guest"))
    helen.fill("Name of the guest", "Ottilie Brandt")
    helen.press("Make the link")
    story["guest_link"] = helen.page.locator(".pp-secret").inner_text().strip()
    helen.follow("I have copied it")
    helen.sees("Ottilie Brandt")
    story["delivery"] = re.search(r"/deliveries/[0-9a-f-]{36}/", helen.page.url)[0]


def join(somebody, name):
    """Accept the invitation that came by mail."""
    mail = within(60, lambda: letters_to(somebody, somebody.email))[-1]
    somebody.open(re.search(r"http://\S*/invitation/\S*", plain(mail))[0])
    somebody.fill("Password", somebody.password)
    somebody.press("Join")
    somebody.sees_heading(re.compile("Hello"))


def test_2_forty_people_come_by_a_file(person, story, database, tmp_path):
    helen = person("helen")
    helen.open(f"{story['october']}people/")
    helen.follow("Bring in many people")
    helen.press("Check the list")
    helen.sees("There is a problem")
    people = tmp_path / "people.csv"
    people.write_bytes(list_of_people())
    helen.page.get_by_label("Or send a CSV file").set_input_files(people)
    helen.press("Check the list")
    helen.sees("Nothing has changed yet. Of 44 rows:")
    helen.sees("40 people can be brought in")
    helen.sees("4 rows have problems and are left out")
    row = lambda name: helen.page.get_by_role("row").filter(has_text=name)  # noqa: E731
    expect(row("Row 42")).to_contain_text("The same address is in row 2 already")
    expect(row("Nell Noat")).to_contain_text("There is no @ in the address")
    expect(row("=1+1")).to_contain_text("like a formula")
    expect(row("Olu Odd")).to_contain_text("“Visitor” is not known")

    helen.press("Bring in 40 people")
    expect(helen.page.get_by_text(re.compile("^Done "))).to_be_visible(timeout=90_000)
    helen.check()
    with helen.page.expect_download() as waiting:
        helen.page.get_by_role("link", name=re.compile("^Download what became")).click()
    result = list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig"))))
    outcomes = [line["Outcome"] for line in result]
    expected = {"Invited, joins on accepting": 38, "In the cohort": 2, "Left out": 4}
    assert {word: outcomes.count(word) for word in set(outcomes)} == expected

    for sql in ACCEPTED:
        ask(database, sql, [address_of(name) for name in JOIN_TOO])
    for name in JOIN_THEMSELVES:
        join(person(key_of(name), signed_in=False), name)


def test_3_both_cohorts_begin(person, story, database):
    helen = person("helen")
    helen.open(f"{story['easter']}people/bring-in/")
    helen.fill("Paste people", "Margaret Ellis <margaret@northshire.example>")
    helen.press("Check the list")
    helen.press("Bring in 1 person")
    expect(helen.page.get_by_text(re.compile("^Done "))).to_be_visible(timeout=60_000)
    helen.open(f"{story['easter']}publish/")
    helen.press("Publish the cohort")
    within(90, lambda: len(ask(database, PEOPLE, story["october"].split("/")[2])) == IN_OCTOBER_COHORT)
    helen.open(f"{story['october']}people/")
    for name in (*JOIN_THEMSELVES, "Femi Adebayo", "Yusuf Demir"):
        expect(helen.page.get_by_role("row").filter(has_text=name)).to_be_visible()
    helen.follow("Publish the cohort")
    helen.press("Publish the cohort")


def test_4_a_session_is_run_and_its_register_marked(person, story):
    helen = person("helen")
    now = dt.datetime.now(LONDON)
    change_date(helen, story["october"], 1, now.date(), f"{now:%H:%M}")

    ada = person(key_of(ADA))
    ada.follow("Pathway", exact=True)
    ada.follow(re.compile("need to take part"))
    ada.page.get_by_role("main").get_by_role("textbox").first.fill("A seat near the door, and slides beforehand.")
    ada.press("Save")

    martin = person("martin", viewport=PHONE)
    martin.open("/deliveries/")
    martin.open(story["delivery"])
    martin.sees(CORA)
    martin.sees("A seat near the door, and slides beforehand.")
    martin.follow("Open the run-sheet")
    martin.follow("Show it large, block by block")
    expect(martin.page.get_by_role("timer")).to_have_text(re.compile(r"^\d+ minutes left$"))
    martin.page.keyboard.press("ArrowRight")
    martin.page.wait_for_url("**block=2*")
    martin.check()
    expect(martin.page.get_by_role("timer")).to_have_text("Not yet")
    martin.page.keyboard.press("ArrowLeft")
    martin.page.wait_for_url("**block=1*")
    martin.open(story["delivery"])
    martin.follow("Take the register")
    for name in (ADA, BEN):
        martin.page.get_by_role("group", name=name).get_by_label("Not there").check()
    martin.press("Save the register")
    martin.sees(f"Saved: 0 there, 2 not there, {IN_OCTOBER_COHORT - 2} not marked")

    guest = person("guest", signed_in=False, viewport=PHONE)
    guest.open(story["guest_link"])
    guest.sees("A seat near the door, and slides beforehand.")
    guest.follow("Take the register")
    guest.press("Set everybody else to There")
    guest.press("Save the register")
    guest.sees(f"Saved: {IN_OCTOBER_COHORT - 2} there, 2 not there, 0 not marked")


def test_5_who_was_away_catches_up(person, story, database):
    ask(database, OVER, story["delivery"].split("/")[2])
    first_in_lent = words_for(IN_LENT, "10:00")
    ada = person(key_of(ADA))
    ada.follow("Pathway", exact=True)
    ada.follow("Catch up on sessions")
    follow_by_key(ada, re.compile("^Session 1: "))
    ada.press(f"Take this place on {first_in_lent}")
    ada.sees("The place is kept")
    ada.follow("Sessions", exact=True)
    ada.sees(first_in_lent)

    ben = person(key_of(BEN))
    ben.follow("Pathway", exact=True)
    ben.follow("Catch up on sessions")
    follow_by_key(ben, re.compile("^Session 1: "))
    ben.press("I have worked through it")
    ben.sees("Session 1 is behind you")
    ben.sees("Nothing to catch up on")


def make_address(somebody):
    """The private calendar address, made by its owner."""
    somebody.open("/")
    somebody.follow("Dates in your own calendar")
    somebody.press("Make my calendar address")
    return somebody.page.locator(".pp-secret").inner_text().strip()


def news_for(somebody, address, wanted):
    """The text and the attached dates of the mails to an address, once they tell all that is wanted."""
    mails = [mail for mail in letters_to(somebody, address) if any(words in plain(mail) for words in wanted)]
    text = "\n".join(map(plain, mails))
    if not all(words in text for words in wanted):
        return None
    files = [part for mail in mails for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"]
    dates = {}
    for file in files:
        assert file.get_filename().endswith(".ics")
        dates |= events_in(file.get_payload(decode=True))
    return text, dates


def test_6_a_moved_and_a_cancelled_date_reach_everybody_alike(person, story, database, portal):
    helen, october = person("helen"), story["october"]
    people = dict(ask(database, PEOPLE, october.split("/")[2]))
    assert len(people) == IN_OCTOBER_COHORT
    cora, femi = person(key_of(CORA)), person("femi")
    feeds = {somebody.email: make_address(somebody) for somebody in (cora, femi)}
    for number, (address, user) in enumerate(people.items()):
        if address not in feeds:
            secret = f"the-feed-of-person-{number}"
            ask(database, FEED, user, hashlib.sha256(secret.encode()).hexdigest())
            feeds[address] = f"{helen.portal['site_url']}/calendar/{secret}.ics"

    # From a Thursday in summer time to the Thursday after, in winter time, when session 5 is as well.
    before, after = IN_OCTOBER + 3 * WEEK, IN_OCTOBER + 4 * WEEK
    change_date(helen, october, 4, after, "09:30", collides="Session 5 of this cohort is on the same day")
    helen.follow("Move or change session 6")
    helen.follow("Cancel this session")
    helen.press("Cancel the session")
    helen.sees("Session 6 is cancelled")

    moved = f"Session 4 moved from {words_for(before, '14:00')} to {words_for(after, '09:30')}"
    cancelled = f"Session 6 on {words_for(IN_OCTOBER + 5 * WEEK, '14:00')} is cancelled"
    remind(portal)
    everybody = [str(pk) for pk in people.values()]
    for title in (moved, cancelled):
        within(120, lambda title=title: ask(database, TOLD, title, everybody) == [(IN_OCTOBER_COHORT,)])
    ask(database, SEND_NOW)

    remind(portal)

    as_saved = deliveries(database, october)
    assert {number: at for number, at, _ in as_saved.values()}[4] == dt.datetime.combine(after, dt.time(9, 30), LONDON)
    assert [number for number, _, stands in as_saved.values() if not stands] == [6]
    changed = {pk: (at, stands) for pk, (number, at, stands) in as_saved.items() if number in (4, 6)}
    nobody = person("nobody", signed_in=False)
    for address, feed in feeds.items():
        text, dates = within(150, lambda address=address: news_for(helen, address, (moved, cancelled)))
        assert {pk: dates[pk] for pk in changed} == changed, address
        assert text.count(moved) == text.count(cancelled) == 1
        found = read_feed(nobody, feed)
        assert {pk: found[pk] for pk in as_saved} == {pk: (at, stands) for pk, (_, at, stands) in as_saved.items()}

    for somebody in (cora, femi):
        somebody.follow("Pathway", exact=True)
        steps = somebody.page.get_by_role("table", name="Steps and sessions in date order").get_by_role("row")
        expect(steps.filter(has_text="Session 4: ")).to_contain_text(f"{after.day} {after:%B %Y}")
        expect(steps.filter(has_text="Session 6: ")).to_have_count(0)
        somebody.open(f"{october}sessions/")
        for number, at, stands in as_saved.values():
            local = at.astimezone(LONDON)
            if stands:
                expect(line_of(somebody, number)).to_contain_text(words_for(local.date(), f"{local:%H:%M}"))
        somebody.does_not_see("Session 6")


def test_7_a_paused_year_is_left_alone_and_another_nudged(person, database, portal):
    helen = person("helen")
    helen.follow("Northshire 2026 cohort", exact=True)
    row = lambda name: helen.page.get_by_role("row").filter(has_text=name)  # noqa: E731
    expect(row("Owen Fletcher")).to_contain_text("Sessions 2, 4")
    board = helen.page.url
    back_on = TODAY + 60 * DAY
    helen.follow("Owen Fletcher", exact=True)
    helen.follow("Move, pause, extend or end this year")
    helen.follow("Pause the year")
    helen.fill_date("First day of the pause", TODAY)
    helen.fill_date("First day back", back_on)
    helen.tick(re.compile("^Leave"))
    helen.press("Continue")
    helen.sees("nothing is marked as overdue")
    helen.press("Pause the year")
    helen.sees("Owen Fletcher: paused")
    helen.open(board)
    paused = f"Paused until {back_on.day} {back_on:%B %Y}"
    expect(row("Owen Fletcher")).to_contain_text(paused)
    expect(row("Owen Fletcher").locator(".pp-status--overdue")).to_have_count(0)
    expect(row("Owen Fletcher").get_by_role("button")).to_have_count(0)

    helen.press("Send a friendly nudge to Carys Bevan")
    helen.sees("Carys Bevan gets a friendly word")
    expect(row("Carys Bevan")).to_contain_text("Nudged today")
    expect(row("Carys Bevan").get_by_role("button")).to_have_count(0)

    owen = person("owen")
    owen.follow("Pathway", exact=True)
    owen.sees(paused)
    expect(owen.page.get_by_role("main").locator(".pp-status--overdue")).to_have_count(0)

    remind(portal)
    title = within(120, lambda: ask(database, NUDGED))[0][0]
    carys = person("carys")
    carys.follow(re.compile("Notices"))
    carys.sees(title)
