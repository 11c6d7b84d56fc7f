"""Nothing typed is lost: not by an ended sign-in, an old page, a second tab, the back button or a double press."""

import re
import uuid

import pytest
from playwright.sync_api import expect

LONG = "\n\n".join(f"Paragraph {n}: what I saw, what I asked, and what I would do another time." for n in range(1, 61))


@pytest.fixture
def pieces(database):
    """How many pieces of evidence carry a title."""

    def count(title):
        with database.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM portfolio_evidence WHERE title = %s", [title])
            return cursor.fetchone()[0]

    return count


@pytest.fixture
def title(request):
    """A name no other piece has."""
    return f"{request.node.name} {uuid.uuid4().hex[:6]}"


def begin(somebody, title):
    somebody.open("/evidence/new/")
    somebody.fill("What happened, and what did you make of it?", LONG)
    somebody.fill("Give it a name", title)


def has_it_whole(somebody, title):
    somebody.sees_heading(title)
    assert "\n\n".join(somebody.page.locator(".pp-text p").all_inner_texts()) == LONG


def sign_out_in_another_tab(somebody):
    tab = somebody.context.new_page()
    tab.goto(somebody.portal["site_url"])
    tab.get_by_role("button", name="Sign out").click()
    tab.wait_for_load_state()
    tab.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_sign_in_that_ended_meanwhile(person, pieces, title, script):
    carys = person("carys", java_script_enabled=script)
    begin(carys, title)
    sign_out_in_another_tab(carys)
    carys.press("Save")
    carys.sees_heading("Nothing is lost: here is what you sent")
    expect(carys.page.locator(".pp-typed").filter(has_text="Paragraph 60")).to_have_text(LONG)
    with carys.context.expect_page() as opened:
        carys.page.get_by_role("link", name="Sign in").or_(
            carys.page.get_by_role("button", name=re.compile("^Sign in"))
        ).first.click()
    tab = opened.value
    tab.get_by_label("Email address").fill(carys.email)
    tab.get_by_label("Password", exact=True).fill(carys.password)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Hello Carys")
    carys.press("Save again")
    has_it_whole(carys, title)
    assert pieces(title) == 1


@pytest.mark.parametrize("script", [True, False])
def test_a_page_whose_token_is_too_old(person, pieces, title, script):
    carys = person("carys", java_script_enabled=script)
    begin(carys, title)
    carys.context.clear_cookies(name="csrf")
    carys.press("Save")
    if not script:  # with it, the page has asked for a new token before
        carys.sees_heading("Nothing is lost: here is what you sent")
        carys.press("Save again")
    has_it_whole(carys, title)
    assert pieces(title) == 1


def test_two_tabs_change_one_piece(person, title):
    carys = person("carys")
    begin(carys, title)
    carys.press("Save")
    carys.follow("Edit", exact=True)
    edit = carys.page.url
    first = carys.page
    second = carys.context.new_page()
    second.goto(edit)
    second.get_by_label("What happened, and what did you make of it?").fill("The words of the second tab.")
    second.get_by_role("button", name="Save", exact=True).click()
    second.locator("form[aria-busy]").wait_for(state="detached")
    second.wait_for_load_state()

    carys.fill("What happened, and what did you make of it?", "The words of the first tab.")
    carys.press("Save")
    carys.sees_heading("This was saved somewhere else meanwhile")
    carys.sees("The words of the second tab.")
    expect(first.get_by_label("What happened, and what did you make of it?")).to_have_value(
        "The words of the first tab."
    )
    carys.press("Save", exact=False)
    carys.sees("The words of the first tab.")
    carys.does_not_see("The words of the second tab.")
    carys.follow("Version 2")
    carys.sees("The words of the second tab.")


@pytest.mark.parametrize("script", [True, False])
def test_back_after_saving_leads_to_what_was_saved(person, pieces, title, script):
    carys = person("carys", java_script_enabled=script)
    begin(carys, title)
    carys.press("Save")
    has_it_whole(carys, title)
    piece = carys.page.url
    carys.page.go_back()
    carys.check()
    carys.sees("You saved this already")
    has_it_whole(carys, title)
    assert (carys.page.url, pieces(title)) == (piece, 1)


@pytest.mark.parametrize("script", [True, False])
def test_the_form_as_it_was_before_saving_makes_no_second(person, pieces, title, script):
    """A browser that keeps the page itself shows it with all that was typed; so does a second window."""
    carys = person("carys", java_script_enabled=script)
    begin(carys, title)
    window = carys.context.new_page()
    window.goto(carys.page.url)
    for label, words in (("What happened, and what did you make of it?", LONG), ("Give it a name", title)):
        window.get_by_label(label).fill(words)
    carys.press("Save")
    window.get_by_role("button", name="Save", exact=True).click()
    expect(window.get_by_role("heading", level=1)).to_have_text(title)
    assert pieces(title) == 1


def test_a_double_press_makes_one_piece(person, pieces, title):
    carys = person("carys", java_script_enabled=False)
    begin(carys, title)
    carys.page.get_by_role("button", name="Save", exact=True).dblclick()
    carys.sees_heading(title)
    assert pieces(title) == 1
