"""The work of each role with JavaScript off: writing, sharing, commenting, dates, an observation, a plan, the PDF."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from pqs_portal.lib.dates import next_working_day

TODAY = dt.datetime.now(ZoneInfo("Europe/London")).date()
STORY = "Worker F asked to end early.\n\nI said yes, and only later asked why.  Two spaces stay."
LOOKS = 60


@pytest.fixture
def plain(person):
    """``person`` in a browser that runs no script."""

    def enter(key):
        return person(key, java_script_enabled=False)

    return enter


@pytest.fixture(scope="module")
def story():
    """What one person's part leaves for the next: addresses."""
    return {}


def test_1_evidence_with_a_file_survives_an_error_and_is_shared(plain, story, tmp_path):
    aisha = plain("aisha")
    aisha.open("/evidence/new/?session=4")
    notes = tmp_path / "notes.txt"
    notes.write_text("What we agreed afterwards.")
    aisha.fill("What happened, and what did you make of it?", STORY)
    aisha.page.get_by_label("Files", exact=True).set_input_files(notes)
    aisha.press("Save")
    aisha.sees("There is a problem")
    expect(aisha.page.get_by_label("What happened, and what did you make of it?")).to_have_value(STORY)
    expect(aisha.page.get_by_label(re.compile("notes.txt"))).to_be_checked()
    aisha.fill("Give it a name", "Ending early")
    aisha.fill("Why it fits area 1", "I weighed what was fair to both.")
    aisha.press("Save")
    aisha.sees_heading("Ending early")
    aisha.sees("notes.txt")
    story["evidence"] = aisha.page.url

    aisha.open("/evidence/new/?session=4")
    aisha.fill("What happened, and what did you make of it?", "Something small, told once.")
    aisha.fill("Give it a name", "Told once")
    aisha.press("Save")
    aisha.sees_heading("Told once")
    aisha.page.go_back()
    aisha.check()
    aisha.sees_heading("Told once")
    aisha.sees("You saved this already")
    aisha.open("/portfolio/")
    expect(aisha.page.get_by_role("link", name="Told once")).to_have_count(1)

    aisha.open(story["evidence"])
    aisha.follow("Check and share with Martin")
    aisha.press("Share")
    aisha.sees("There is a problem")
    aisha.tick(re.compile("Nobody can be recognised"))
    aisha.press("Share")
    aisha.sees("You and Martin Reeve, your mentor")


def test_2_the_mentor_comments_and_observes(plain, story):
    martin = plain("martin")
    martin.open(story["evidence"])
    martin.fill("Your comment", "What was the reason, once you asked?")
    martin.press("Send comment")
    martin.sees("What was the reason, once you asked?")
    martin.page.go_back()
    martin.check()
    martin.fill("Your comment", "What was the reason, once you asked?")
    martin.press("Send comment")
    expect(martin.page.get_by_role("main").get_by_text("What was the reason, once you asked?")).to_have_count(1)

    martin.open("/people/")
    martin.follow("Aisha Rahman", exact=True)
    martin.follow("Plan or record an observation")
    martin.follow("Record it now")
    martin.tick(re.compile("^Formative"))
    martin.fill("With whom?", "Worker F")
    martin.tick(re.compile("I asked the supervisee beforehand"))
    martin.fill_date("When was the supervision?", TODAY)
    martin.fill("Context", "A monthly supervision.")
    martin.fill("What you noticed", "Aisha asked before she answered.")
    martin.fill("Strengths", "Asking.")
    martin.fill("Development points", "Leave the silence alone.")
    martin.tick(re.compile("^6 Relationship"))
    martin.press(re.compile("^Save and check"))
    martin.press("Release to Aisha")
    martin.sees("Aisha asked before she answered.")


def test_3_the_lead_sees_dates_before_using_them(plain):
    helen = plain("helen")
    helen.open("/cohorts/new/")
    first = next_working_day(TODAY + dt.timedelta(days=30))
    helen.fill("Name of the cohort", "Cohort without scripts")
    helen.fill_date("When does the year start?", first)
    helen.press("Create the cohort")
    cohort = re.search(r"/cohorts/[0-9a-f-]{36}/", helen.page.url)[0]
    helen.open(f"{cohort}sessions/lay-out/")
    helen.tick(re.compile("^Every two weeks"))
    helen.fill_date("Date of the first meeting", first)
    helen.fill("Starts at", "10am")
    helen.press("Show the dates")
    expect(helen.page.get_by_role("row").filter(has_text="Influencing and governing")).to_be_visible()
    helen.press("Use these dates")
    expect(helen.page.get_by_role("row").filter(has_text=f"{first.day} {first:%B %Y}, 10:00")).to_be_visible()


def test_4_the_pdf_is_made_and_downloaded(plain, story):
    aisha = plain("aisha")
    aisha.open("/portfolio/export/")
    aisha.press("Make the PDF")
    download = aisha.page.get_by_role("link", name="Download the PDF")
    for _ in range(LOOKS):
        if download.count():
            break
        aisha.page.wait_for_timeout(1000)
        aisha.follow("Look again")
    with aisha.page.expect_download() as waiting:
        download.click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")


def test_5_sessions_are_chosen_a_note_kept_and_the_register_marked(plain):
    helen = plain("helen")
    helen.open("/cohorts/")
    helen.follow("Cohort without scripts", exact=True)
    helen.follow("Sessions and dates")
    helen.follow("Choose the sessions")
    helen.page.get_by_role("checkbox", name=re.compile("^7 ")).uncheck()
    helen.press("Add up again")
    expect(helen.page.get_by_text("11 sessions, 16 hours 30 minutes")).to_be_visible()
    expect(helen.page.get_by_text(re.compile("^Without session 7 nobody comes to area 3,"))).to_be_visible()
    helen.press("Save the choice")
    helen.sees("session 7")
    helen.press("Save the choice and cancel")
    helen.sees("11 sessions, 16 hours 30 minutes")

    aisha = plain("aisha")
    aisha.open("/sessions/9/workspace/")
    note = aisha.page.locator("form").filter(has_text="Think of your own practice.")
    note.get_by_label("Done").check()
    note.locator("summary").click()
    note.get_by_role("textbox").fill("A visit in spring, and what I left out of it.")
    note.get_by_role("button", name=re.compile(r"^Save\s*:")).click()
    aisha.check()
    aisha.sees("A visit in spring, and what I left out of it.")

    helen.open("/cohorts/")
    helen.follow("Northshire 2026 cohort", exact=True)
    helen.follow("Sessions and dates")
    helen.follow(re.compile("register of session 4$"))
    aisha_there = helen.page.get_by_role("group", name="Aisha Rahman").get_by_label("There", exact=True)
    helen.page.get_by_role("group", name="Aisha Rahman").get_by_label("Not there").check()
    helen.press("Save the register")
    helen.sees("Saved: 8 there, 2 not there, 0 not marked")
    aisha_there.check()
    helen.press("Save the register")
    helen.sees("Saved: 9 there, 1 not there, 0 not marked")
    expect(aisha_there).to_be_checked()


def test_6_a_plan_and_a_reflection_are_written_shared_and_talked_about(plain):
    aisha, martin = plain("aisha"), plain("martin")
    aisha.open("/portfolio/plan/objectives/new/")
    aisha.press("Save", exact=True)
    aisha.sees("There is a problem")
    aisha.fill("What do you want to learn", "To end on time without cutting anybody short")
    aisha.press("Save", exact=True)
    aisha.press("I have begun")
    aisha.open("/portfolio/plan/share/")
    open_to_martin(aisha)

    aisha.open("/portfolio/reflection/")
    aisha.follow("What, so what, now what")
    aisha.fill("What happened?", "We ended early, twice.\n\nThe third time I asked.")
    aisha.press("Save, and it is done")
    aisha.follow("Check and share")
    open_to_martin(aisha)

    martin.open("/people/")
    martin.follow("Aisha Rahman", exact=True)
    martin.follow("Development plan", exact=True)
    martin.sees("To end on time without cutting anybody short")
    martin.follow("Critical reflection", exact=True)
    paragraph = martin.page.locator(".pp-paragraph").filter(has_text="The third time I asked.")
    paragraph.get_by_role("link", name="Comment on this paragraph").click()
    martin.fill("Your comment", "What did you ask?")
    martin.press("Save draft")
    expect(martin.page.get_by_label("Your comment")).to_have_value("What did you ask?")
    martin.press("Send comment")
    expect(paragraph).to_contain_text("What did you ask?")
    aisha.open("/portfolio/reflection/")
    aisha.sees("What did you ask?")


def open_to_martin(aisha):
    aisha.tick("Martin Reeve, your mentor")
    aisha.press("Save who can read it", exact=True)
    aisha.sees("There is a problem")
    aisha.tick(re.compile("^Nobody can be recognised"))
    aisha.press("Save who can read it", exact=True)
    aisha.sees("You and Martin Reeve, your mentor")


def test_8_a_focus_is_asked_for_booked_and_taken_back(plain):
    nadia = plain("nadia")
    nadia.open("/observations/")
    nadia.follow("Ask for a focus of the next observation")
    nadia.fill("What would you like watched? (optional)", "How I begin it.")
    nadia.press("Ask Martin")
    nadia.sees("There is a problem")
    nadia.tick(re.compile("^6 Relationship"))
    nadia.press("Ask Martin")
    nadia.sees("You asked for this focus of the next observation")

    martin = plain("martin")
    martin.open("/observations/")
    martin.sees("Nadia asked for this focus of the next observation")
    martin.open("/people/")
    martin.follow("Nadia Haddad", exact=True)
    martin.follow("Plan or record an observation")
    martin.sees("How I begin it.")
    expect(martin.page.get_by_label(re.compile("^6 Relationship"))).to_be_checked()
    martin.tick(re.compile("^Direct"))
    martin.fill_date("Which day?", TODAY + dt.timedelta(days=10))
    martin.fill("At what time?", "10am")
    martin.press("Book it")

    nadia.open("/observations/")
    nadia.follow("Direct observation")
    nadia.sees("Relationship-based practice supervision")
    nadia.follow("Change what you ask for")
    nadia.press("Take it back")
    nadia.sees("None chosen yet")
