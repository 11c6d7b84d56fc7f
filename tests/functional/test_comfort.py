"""As large and as wide as it gets, on the narrowest screen: nothing scrolls sideways, and all can be read."""

import pytest

NARROW = {"viewport": {"width": 320, "height": 800}}
OWN = ("/", "/pathway/", "/portfolio/", "/evidence/new/", "/portfolio/cpd/", "/portfolio/cpd/new/", "/sessions/")
GROUPS = ("Letters", "Size", "Space between letters, words and lines", "Colour of the page")


def choose(somebody, *labels):
    somebody.open("/account/reading/")
    for group, label in zip(GROUPS, labels, strict=True):
        somebody.page.get_by_role("group", name=group, exact=True).get_by_label(label, exact=True).check()
    somebody.press("Save")
    somebody.sees("Every page reads like this")


def attributes(somebody):
    return somebody.page.evaluate("({...document.documentElement.dataset})")


def letters_of(somebody):
    return somebody.page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily.split(',')[0]")


@pytest.mark.parametrize(
    ("letters", "tint"),
    [("Letters that are heavier at the foot", "Cream"), ("Letters that are easy to tell apart", "Pale grey")],
)
def test_the_largest_and_widest_fits_the_narrowest_screen(person, letters, tint):
    nadia, helen = person("nadia", **NARROW), person("helen", **NARROW)
    try:
        for somebody in (nadia, helen):
            choose(somebody, letters, "Largest", "Widest", tint)
        for path in OWN:
            nadia.open(path)
        helen.open("/")
        helen.follow("Northshire 2026 cohort")
        assert letters_of(nadia) in ("OpenDyslexic", '"Atkinson Hyperlegible"')
    finally:
        for somebody in (nadia, helen):
            choose(somebody, "Standard", "Standard", "Standard", "White")
            assert attributes(somebody) == {}


def test_the_page_shows_at_once_what_is_chosen_and_keeps_nothing_unsaved(person):
    nadia = person("nadia")
    nadia.open("/account/reading/")
    nadia.page.get_by_label("Letters with serifs").check()
    nadia.page.get_by_label("Pale pink").check()
    assert (attributes(nadia), letters_of(nadia)) == ({"font": "serif", "tint": "pink"}, '"Source Serif 4"')
    nadia.check()
    nadia.open("/account/reading/")
    assert attributes(nadia) == {}


def test_without_javascript_a_button_shows_it_first(person):
    nadia = person("nadia", java_script_enabled=False)
    nadia.open("/account/reading/")
    nadia.page.get_by_label("Pale blue").check()
    nadia.press("Show me first")
    nadia.sees("It is not saved yet")
    assert nadia.page.locator("html").get_attribute("data-tint") == "blue"
