"""Session 9 of the programme, from preparation to follow-up, as somebody who supervises."""

import datetime as dt
import re

from playwright.sync_api import expect

from tests.functional.programme import (
    LONDON,
    SESSION_9,
    SET_TIME,
    Presses,
    ask,
    follow_by_key,
)

ANSWER = "I ask them to think aloud, and I wait. Then I ask which part they would bet on."
PRIVATE = "In my own practice: the day I asked Worker C what else it could mean."
CELLS = {
    "What is firm?": "The bills were paid until March.",
    "What can be read in more than one way?": "The door is not opened in the mornings.",
    "What are we taking for granted?": "That quiet means fine.",
    "What is not known?": "What the person wants.",
}
WENT = "We tried the matrix on one situation. The fourth cell stayed empty longest, and then it filled."


def note_form(somebody, about):
    return somebody.page.get_by_role("main").locator("form").filter(has_text=about)


def save_note(somebody, about, text, *, done=None):
    """The note beside one item of the workspace."""
    form = note_form(somebody, about)
    if done:
        form.get_by_label(done, exact=True).check()
    form.locator("summary").click()
    form.get_by_role("textbox").fill(text)
    form.get_by_role("button", name=re.compile("^Save")).click()
    # The last words are sent first.
    somebody.page.locator("form[aria-busy]").wait_for(state="detached")
    somebody.page.wait_for_load_state()
    somebody.check()
    somebody.sees(text)


def test_session_9_from_preparation_to_follow_up(person, database, record_property):
    sam = person("sam")
    sam.follow("Sessions", exact=True)
    follow_by_key(sam, re.compile("^Session 9: "))
    sam.follow(re.compile("^Your workspace"))
    save_note(sam, "Think of your own practice.", PRIVATE, done="Done")
    save_note(sam, "How do you get supervisees to show you their working out?", ANSWER)

    sam.follow("Fill in Discrepancy matrix: what do we really know?")
    sam.fill("The situation in one sentence", "Somebody wants to go home.")
    for label, text in CELLS.items():
        sam.fill(label, text)
    sam.press("Save")
    for text in CELLS.values():
        sam.sees(text)
    worksheet = sam.page.url

    sam.open("/sessions/9/workspace/")
    sam.follow(re.compile("^Who can read it ?: How do you get"))
    sam.tick("Open it to Priya Shah, my mentor")
    sam.press("Save")
    sam.sees("There is a problem")
    sam.tick(re.compile("^Nobody can be recognised"))
    sam.press("Save")
    sam.sees("Priya can read it.")

    delivery, *was = ask(database, SESSION_9)[0]
    now = dt.datetime.now(LONDON)
    ask(database, SET_TIME, now - dt.timedelta(minutes=91), now - dt.timedelta(minutes=1), delivery)
    presses = Presses(sam)
    sam.open("/")
    presses.begin()
    sam.follow(re.compile("^Session 9: .*: your last fifteen minutes$"))
    sam.follow("Note an action (Tool 29)")
    sam.fill("What will you do?", "Use the matrix with each person I supervise, once.")
    sam.press("Save")
    sam.sees("Kept. It stands among your actions. Only you can read it.")
    record_property("presses_to_action", presses.number)
    assert presses.number == 3

    sam.open("/")
    presses.begin()
    sam.follow(re.compile("^Session 9: .*: your last fifteen minutes$"))
    sam.follow("Write evidence")
    sam.fill("What happened, and what did you make of it?", "We sorted one situation into four cells.")
    sam.fill("Give it a name", "Four cells")
    sam.press("Save")
    sam.sees_heading("Four cells")
    record_property("presses_to_evidence", presses.number)
    assert presses.number == 3

    sam.open("/sessions/9/")
    sam.follow("Follow-up", exact=True)
    sam.sees("Discrepancy matrix")
    sam.fill("How did it go?", WENT)
    sam.press("Save and make it evidence")
    sam.sees(WENT)
    sam.sees("Only you")
    sam.open("/portfolio/")
    sam.sees("Four cells")
    ask(database, SET_TIME, *was, delivery)

    priya = person("priya")
    priya.follow("My people", exact=True)
    priya.follow("Sam Okafor", exact=True)
    priya.follow("Notes and worksheets", exact=True)
    priya.sees(ANSWER)
    of_nine = priya.page.get_by_role("article").filter(has_text="How do you get supervisees")
    expect(of_nine).to_have_count(1)
    for hidden in (PRIVATE, WENT, "Discrepancy matrix", *CELLS.values()):
        priya.does_not_see(hidden)
    assert priya.page.goto(worksheet).status == 404
