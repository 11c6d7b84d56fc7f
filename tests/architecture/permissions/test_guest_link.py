"""What the link of a guest tells whoever holds it: one delivery, who comes, and nothing else of anybody."""

import pytest
from django.urls import reverse

from tests.architecture.permissions import texts
from tests.architecture.permissions.calls import ask, ask_and_count
from tests.architecture.permissions.worlds.attendance import token_of

pytestmark = pytest.mark.django_db

PAGES = ("delivery", "register", "run_sheet")
HOLDERS = ("anonymous", "outsider_a", "mentor_b", "suspended_a")


def address(page, mark="A"):
    return reverse(f"sessions_catalogue:guest_{page}", kwargs={"token": token_of(mark)})


def told(world, person, url):
    """Canaries of the page beyond those of the frame that the person sees around every page."""
    answer, text, wrote = ask(world.clients[person], "get", url)
    frame = ask(world.clients[person], "get", "/cookies/")[1]
    return answer.status_code, wrote, texts.found_in(text) - texts.found_in(frame)


@pytest.mark.parametrize("page", PAGES)
def test_it_tells_names_and_place_only(world, page):
    allowed = {"organisation", "supervisor", "guest"}
    for person in HOLDERS:
        status, wrote, found = told(world, person, address(page))
        assert (status, wrote, found - {texts.canary("A", name) for name in allowed}) == (200, False, set())


def test_a_guest_marks_and_nothing_else_changes(world):
    pk = world.a.rows["enrolment"].pk
    data = {f"state-{pk}": "missed", f"seen-{pk}": "attended"}
    answer, _, changed = ask_and_count(world.clients["anonymous"], "post", address("register"), data)
    marked = {"sessions_catalogue_attendance", "accounts_auditevent"}
    assert (answer.status_code, changed) == (302, marked)


@pytest.mark.parametrize("page", ["delivery", "run_sheet"])
def test_pages_that_only_read_take_no_post(world, page):
    answer, _, wrote = ask(world.clients["anonymous"], "post", address(page), {})
    assert (answer.status_code, wrote) == (405, False)


def test_of_another_organisation_nobody_can_be_marked(world):
    pk = world.b.rows["enrolment"].pk
    data = {f"state-{pk}": "missed", f"seen-{pk}": ""}
    answer, _, changed = ask_and_count(world.clients["anonymous"], "post", address("register"), data)
    assert (answer.status_code, changed) == (302, set())
