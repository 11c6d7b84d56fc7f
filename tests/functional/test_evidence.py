"""Writing evidence: two presses from home; questions by kind, areas suggested, files one by one; no scripts too."""

import re

import pytest
from playwright.sync_api import expect

from tests.functional.test_drafts import SAVED, STORY, line, story

KIND = "What kind of piece is it?"


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


@pytest.fixture
def notes(tmp_path):
    """``notes(name, text)``: a file to choose."""

    def make(name, text):
        path = tmp_path / name
        path.write_text(text)
        return path

    return make


def suggested(page):
    return page.locator("[data-areas-suggested] button")


def files(page):
    return page.get_by_role("list", name="Files that will be saved with the piece").get_by_role("listitem")


@pytest.mark.parametrize("width", [1280, 360])
def test_two_presses_from_home_to_a_saved_piece(person, record_property, width):
    sam = person("sam", viewport={"width": width, "height": 740})
    presses = Presses(sam)
    sam.open("/")
    presses.begin()
    sam.follow("Add evidence", exact=True)
    sam.fill(STORY, "Worker C said no, and I asked what the no was for.")
    sam.fill("Give it a name", f"What the no was for, {width}")
    sam.press("Save", exact=True)
    sam.sees_heading(f"What the no was for, {width}")
    sam.sees("Only you")
    record_property("presses_besides_typing", presses.number)
    assert presses.number == 2


def test_enter_in_a_line_saves(person):
    sam = person("sam")
    sam.open("/evidence/new/")
    sam.fill(STORY, "A line, and Enter.")
    sam.fill("Give it a name", "By Enter")
    sam.page.get_by_label("Give it a name").press("Enter")
    sam.sees_heading("By Enter")


def test_questions_areas_tags_and_files(person, notes):
    sam = person("sam")
    sam.open("/evidence/new/")
    page = sam.page
    page.get_by_label(KIND).select_option("Something that went well")
    expect(page.get_by_text("What worked, and how did you notice?")).to_be_visible()
    page.get_by_label(KIND).select_option("A supervision agreement")
    expect(page.get_by_text("What worked, and how did you notice?")).to_be_hidden()
    expect(suggested(page)).to_have_text(["Add area 6"], timeout=10_000)
    story(page).fill("We spoke of values and ethics before we agreed on time, and of trust.")
    expect(suggested(page)).to_have_text(["Add area 1", "Add area 6"], timeout=10_000)
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    sam.check()
    page.get_by_role("button", name="Add area 6").click()
    expect(page.get_by_label(re.compile("^6 "))).to_be_checked()
    expect(page.get_by_label("Why it fits area 6")).to_be_focused()
    expect(suggested(page)).to_have_text(["Add area 1"])

    good, bad = notes("agreement.txt", "What we agreed."), notes("page.html", "<html><script>1</script></html>")
    other = notes("other.txt", "Not this one.")
    page.get_by_label("Files", exact=True).set_input_files([good, bad, other])
    expect(files(page).filter(has_text="agreement.txt")).to_contain_text("15 bytes")
    expect(files(page).filter(has_text="page.html")).to_contain_text("holds web page or program code")
    expect(files(page)).to_have_count(3)
    sam.check()
    page.get_by_role("button", name="Remove page.html").click()
    page.get_by_role("button", name="Remove other.txt").click()
    expect(files(page)).to_have_count(1)
    with page.expect_response(lambda answer: "agreed together, panel" in (answer.request.post_data or "")):
        sam.fill("Tags (optional)", "agreed together, panel")
        page.get_by_label("Tags (optional)").blur()
    expect(line(page)).to_have_text(SAVED)
    page.reload()
    expect(page.get_by_label(KIND)).to_have_value("agreement")
    expect(files(page)).to_have_count(1)
    expect(files(page)).to_contain_text("agreement.txt")
    sam.fill("Give it a name", "Agreed together")
    sam.press("Save", exact=True)
    sam.sees_heading("Agreed together")
    sam.sees("agreement.txt")
    sam.does_not_see("other.txt")
    sam.follow("panel", exact=True)
    sam.sees("1 piece")


def test_saving_waits_for_a_file_that_is_on_its_way(person, notes):
    sam = person("sam")
    sam.open("/evidence/new/")
    sam.fill(STORY, "A slow file.")
    sam.fill("Give it a name", "Slow file")
    sam.page.route("**/files/new/", lambda route: (sam.page.wait_for_timeout(1500), route.continue_()))
    sam.page.get_by_label("Files", exact=True).set_input_files(notes("slow.txt", "Slow."))
    sam.page.get_by_role("button", name="Save", exact=True).click()
    sam.sees_heading("Slow file")
    sam.sees("slow.txt")


def test_a_file_that_could_not_be_sent_is_said_and_tried_again(person, notes):
    sam = person("sam")
    sam.open("/evidence/new/")
    sam.fill(STORY, "The network goes.")
    sam.fill("Give it a name", "Network away")
    sam.page.route("**/files/new/", lambda route: route.abort())
    sam.page.get_by_label("Files", exact=True).set_input_files(notes("later.txt", "Later."))
    expect(files(sam.page)).to_contain_text("“later.txt” could not be sent: the network is away.")
    sam.page.get_by_role("button", name="Save", exact=True).click()
    expect(sam.page.get_by_role("button", name="Try again later.txt")).to_be_focused()
    sam.page.unroute("**/files/new/")
    sam.page.get_by_role("button", name="Try again later.txt").click()
    expect(files(sam.page)).to_contain_text("6 bytes")
    sam.page.wait_for_timeout(1000)  # a second press within a second counts as a slip
    sam.press("Save", exact=True)
    sam.sees_heading("Network away")
    sam.sees("later.txt")


def test_without_scripts_buttons_do_the_same_and_keep_what_is_typed(person, notes):
    sam = person("sam", java_script_enabled=False)
    page = sam.page
    sam.open("/evidence/new/")
    page.get_by_label(KIND).select_option("A supervision audit")
    story(page).fill("Ethics, and whose they were.")
    page.get_by_label("Files", exact=True).set_input_files(notes("audit.txt", "Ten records."))
    sam.press("Show its questions")
    expect(page.get_by_text("What is strong: agreements")).to_be_visible()
    expect(story(page)).to_have_value("Ethics, and whose they were.")
    expect(page.get_by_label(re.compile("audit.txt"))).to_be_checked()
    sam.does_not_see("There is a problem")
    sam.press("Suggest areas")
    expect(suggested(page)).to_have_text(["Add area 1", "Add area 4"])
    sam.press("Add area 4")
    expect(page.get_by_label(re.compile("^4 "))).to_be_checked()
    expect(suggested(page)).to_have_text(["Add area 1"])
    sam.fill("Give it a name", "Ten records")
    page.get_by_label("Give it a name").press("Enter")
    sam.sees_heading("Ten records")
    sam.sees("audit.txt")
