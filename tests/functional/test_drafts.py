"""What is typed is kept while it is typed, whatever becomes of the page, the sign-in or the network."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from benchmarks.lost_characters import Writers, measure

STORY = "What happened, and what did you make of it?"
SAVED = re.compile(r"^Saved \d\d:\d\d$")


@pytest.fixture
def words():
    """A sentence that no other piece has."""
    return f"She told me what she had not written down, {uuid.uuid4().hex[:8]}."


def line(page):
    return page.locator("[data-draft-status]")


def story(page):
    return page.get_by_label(STORY)


def write(somebody, words):
    somebody.open("/evidence/new/")
    story(somebody.page).press_sequentially(words)
    expect(line(somebody.page)).to_have_text(SAVED)
    expect_kept(somebody)


def expect_kept(somebody):
    """Leaving the field keeps what the last two seconds have not."""
    with somebody.page.expect_response(re.compile("/drafts/")) as answer:
        story(somebody.page).press("End")
        story(somebody.page).press(" ")
        story(somebody.page).blur()
    assert answer.value.status == 200


def sign_in(page, somebody):
    page.get_by_label("Email address").fill(somebody.email)
    page.get_by_label("Password", exact=True).fill(somebody.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Hello"))


def test_the_page_is_gone_and_the_text_is_there_on_another_device(person, words):
    carys = person("carys")
    write(carys, words)
    carys.page.close()
    elsewhere = person("carys")
    elsewhere.open("/portfolio/")
    elsewhere.follow(words)
    expect(story(elsewhere.page)).to_have_value(f"{words} ")
    elsewhere.sees("You have unsaved changes from")
    elsewhere.follow("Throw this draft away")
    elsewhere.press("Throw it away")
    elsewhere.sees("Your draft is gone")


def test_the_sign_in_has_ended_and_typing_goes_on(person, database, words):
    carys = person("carys")
    write(carys, words)
    with database.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
    story(carys.page).press_sequentially("Typed afterwards.")
    expect(line(carys.page)).to_contain_text("you are signed out. Your text stays on this page.", timeout=10_000)
    with carys.context.expect_page() as opened:
        carys.page.get_by_role("main").get_by_role("link", name="Sign in (opens in new tab)").click()
    sign_in(opened.value, carys)
    expect(line(carys.page)).to_have_text(SAVED, timeout=10_000)
    carys.fill("Give it a name", words)
    carys.press("Save", exact=True)
    carys.sees_heading(words)
    carys.sees(f"{words} Typed afterwards.")
    carys.open("/portfolio/")
    expect(carys.page.locator(".govuk-inset-text", has_text=words)).to_have_count(0)


def test_the_network_goes_and_comes_back(person, words):
    carys = person("carys")
    write(carys, words)
    carys.context.set_offline(True)
    story(carys.page).press_sequentially("Typed in the tunnel.")
    carys.fill("Give it a name", words)
    expect(line(carys.page)).to_have_text(
        re.compile(r"^Not saved since \d\d:\d\d: the network is away\. Your text stays on this page\.$")
    )
    carys.page.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
    expect(story(carys.page)).to_have_value(f"{words} Typed in the tunnel.")
    carys.context.set_offline(False)
    expect(line(carys.page)).to_have_text(SAVED, timeout=10_000)
    carys.page.reload()
    expect(story(carys.page)).to_have_value(f"{words} Typed in the tunnel.")
    carys.check()


def test_two_windows_and_the_later_one_sees_both(person, words):
    carys = person("carys")
    carys.open("/evidence/new/")
    second = carys.context.new_page()
    second.goto(carys.page.url)
    story(carys.page).fill(f"The first window. {words}")
    expect(line(carys.page)).to_have_text(SAVED)
    story(second).fill(f"The second window. {words}")
    expect(line(second)).to_contain_text("another window has kept other words", timeout=10_000)
    heading = second.get_by_role("heading", name="Another window has kept other words")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    marked = second.locator("mark")
    expect(marked).to_have_text(["first", "second"])
    second.get_by_role("button", name="Keep the text on this page").click()
    expect(line(second)).to_have_text(SAVED)
    expect(story(second)).to_be_focused()
    story(carys.page).press_sequentially("More. ")
    expect(line(carys.page)).to_contain_text("another window has kept other words", timeout=10_000)
    carys.check()
    carys.page.get_by_role("link", name="Use the other window’s text instead").click()
    expect(story(carys.page)).to_have_value(f"The second window. {words}")


def test_a_letter_typed_and_deleted_leaves_nothing_unsaved(person, words):
    carys = person("carys")
    write(carys, words)
    carys.fill("Give it a name", words)
    carys.press("Save", exact=True)
    piece = carys.page.url
    carys.open(f"{piece}edit/")
    story(carys.page).press("End")
    for key, kept in (("x", True), ("Backspace", False)):
        with carys.page.expect_response(re.compile("/drafts/")) as answer:
            story(carys.page).press(key)
        assert answer.value.status == 200
        expect(line(carys.page)).to_have_text(SAVED)
        elsewhere = carys.context.new_page()
        elsewhere.goto(piece)
        expect(elsewhere.get_by_text("You have unsaved changes")).to_have_count(int(kept))
        elsewhere.close()


def test_what_was_thrown_away_meanwhile_leaves_the_text_on_the_page(person, database, words):
    carys = person("carys")
    write(carys, words)
    carys.fill("Give it a name", words)
    carys.press("Save", exact=True)
    carys.sees_heading(words)
    carys.page.goto(f"{carys.page.url}edit/")
    with database.cursor() as cursor:
        cursor.execute("UPDATE portfolio_evidence SET discarded_at = now() WHERE title = %s", [words])
    story(carys.page).press("End")
    story(carys.page).press_sequentially("Typed for nothing?")
    expect(line(carys.page)).to_contain_text("it cannot be saved here any more", timeout=10_000)
    carys.page.get_by_role("main").get_by_role("button", name="Save", exact=True).click()
    expect(story(carys.page)).to_have_value(f"{words} Typed for nothing?")


def test_each_note_of_a_session_is_kept_by_itself(person, words):
    carys = person("carys")
    carys.open("/sessions/9/workspace/")
    cards = carys.page.locator("section.pp-card", has=carys.page.locator("textarea"))
    for card, said in ((cards.nth(2), words), (cards.nth(3), f"Not this: {words}")):
        if not card.locator("textarea").is_visible():
            card.locator("summary").click()
        card.locator("textarea").fill(said)
        expect(card.locator("[data-draft-status]")).to_have_text(SAVED, timeout=10_000)
    carys.page.reload()
    expect(cards.nth(2).locator("textarea")).to_have_value(words)
    expect(cards.nth(3).locator("textarea")).to_have_value(f"Not this: {words}")
    carys.check()


def test_without_javascript_there_is_a_button(person, words):
    carys = person("carys", java_script_enabled=False)
    carys.open("/evidence/new/")
    carys.fill(STORY, words)
    carys.press("Save draft")
    carys.sees("Draft saved at")
    carys.sees("You have unsaved changes from")
    expect(story(carys.page)).to_have_value(words)


def test_nobody_else_learns_of_it(person, words):
    write(person("carys"), words)
    for key, path in (("priya", "/people/"), ("priya", "/"), ("helen", "/organisation/records/")):
        reader = person(key)
        reader.page.goto(reader.portal["site_url"] + path)
        assert words not in reader.page.content()


def test_no_character_is_lost_that_was_said_to_be_kept(portal, chromium, database):
    lost = measure(Writers(portal, chromium, database), runs=5, seed=4)
    assert lost.acknowledged == 0
    assert lost.seconds_of_typing <= 3
