"""With the keyboard alone, from an error to the field that is wrong, and with text twice as large."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

MOST_TABS = 80
FOCUS_IS_SEEN = """() => {
  const seen = element => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
  };
  const focused = document.activeElement;
  // Ticks and dots are drawn beside their inputs; a skip link is its own mark.
  const beside = focused.labels && focused.labels[0] && getComputedStyle(focused.labels[0], '::before').boxShadow;
  return seen(focused) || Boolean(beside) && beside !== 'none';
}"""
IN_ERROR = """element => element.matches('input, textarea, select')
  && (element.matches('[class*="--error"]') || element.closest('.govuk-form-group--error') !== null)"""
CLIPPED = """() => [...document.querySelectorAll('body *')].filter(element => {
  const style = getComputedStyle(element);
  if (element.closest('svg, input, select, .govuk-visually-hidden, .govuk-skip-link, .pp-scroll')) return false;
  if (!['hidden', 'clip'].includes(style.overflowX) || style.position === 'absolute') return false;
  return element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
}).map(element => element.outerHTML.slice(0, 120))"""


def tab_to(somebody, target):
    """Press Tab until ``target`` has the focus; every stop on the way must show that it has it."""
    for _ in range(MOST_TABS):
        somebody.page.keyboard.press("Tab")
        assert somebody.page.evaluate(FOCUS_IS_SEEN), somebody.page.evaluate("document.activeElement.outerHTML")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached with {MOST_TABS} tabs")


def type_into(somebody, label, words, **options):
    tab_to(somebody, somebody.page.get_by_label(label, **options).first)
    somebody.page.keyboard.type(words)


def press_key(somebody, key="Enter"):
    somebody.page.keyboard.press(key)
    somebody.page.wait_for_load_state()


def test_signing_in_and_logging_evidence_without_a_mouse(person):
    nadia = person("nadia", signed_in=False)
    page = nadia.page
    nadia.open("/accounts/login/")
    tab_to(nadia, page.get_by_role("link", name="Skip to main content"))
    press_key(nadia)
    assert page.evaluate("location.hash") == "#main"
    type_into(nadia, "Email address", nadia.email)
    type_into(nadia, "Password", nadia.password, exact=True)
    press_key(nadia)
    nadia.sees_heading("Hello Nadia")

    tab_to(nadia, page.get_by_role("button", name="Add evidence"))
    press_key(nadia)
    nadia.sees_heading("Add evidence")
    tab_to(nadia, page.get_by_role("button", name="Save", exact=True))
    press_key(nadia)
    nadia.sees("There is a problem")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    press_key(nadia)
    expect(page.get_by_label("What happened, and what did you make of it?")).to_be_focused()
    page.keyboard.type("Worker G and I looked at the plan again.")
    type_into(nadia, "Give it a name", "Typed without a mouse")
    tab_to(nadia, page.get_by_role("checkbox", name=re.compile("^1 Values")))
    page.keyboard.press("Space")
    type_into(nadia, "Why it fits area 1", "Whose plan it is.")
    tab_to(nadia, page.get_by_role("button", name="Save", exact=True))
    press_key(nadia)
    nadia.sees_heading("Typed without a mouse")
    nadia.sees("Whose plan it is.")


def links_lead_to_what_is_wrong(somebody, button):
    """The form refused: the summary has the focus, and each of its links gives it to an input that is in error."""
    page = somebody.page
    somebody.press(button)
    expect(page).to_have_title(re.compile("^Error: "))
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    follow_each_error(page, summary)


def follow_each_error(page, summary):
    links = summary.get_by_role("link").all()
    assert links, f"{page.url}: a summary without links"
    for link in links:
        link.click()
        focused = page.evaluate_handle("document.activeElement")
        said = f"{page.url}: {link.inner_text()}"
        assert focused.evaluate("element => element.id") == link.get_attribute("href")[1:], said
        assert focused.evaluate(IN_ERROR), said
        assert page.evaluate(FOCUS_IS_SEEN), said


def empty(somebody, *labels):
    for label in labels:
        somebody.fill(label, "")


def test_errors_at_sign_in(person):
    nobody = person("nobody", signed_in=False)
    nobody.open("/accounts/login/")
    links_lead_to_what_is_wrong(nobody, "Sign in")
    nobody.open("/accounts/password/reset/")
    links_lead_to_what_is_wrong(nobody, re.compile("."))
    nobody.page.goto(f"{nobody.portal['site_url']}/gallery/?form=errors")
    follow_each_error(nobody.page, nobody.page.locator(".govuk-error-summary").first)


def test_errors_of_a_supervisor(person):
    nadia = person("nadia")
    nadia.open("/evidence/new/")
    for part in ("Day", "Month", "Year"):
        nadia.page.get_by_role("group", name="When did it happen?").get_by_label(part).fill("x")
    links_lead_to_what_is_wrong(nadia, "Save")
    nadia.fill("What happened, and what did you make of it?", "Something small.")
    nadia.fill("Give it a name", "To be shared with errors")
    nadia.fill_date("When did it happen?", dt.date(2026, 2, 3))
    nadia.tick(re.compile("^1 Values"))
    nadia.press("Save")
    nadia.follow("Put it in my portfolio")
    links_lead_to_what_is_wrong(nadia, "Share")
    nadia.open("/account/")
    empty(nadia, "Your name")
    nadia.fill("Registration number", "not a number")
    links_lead_to_what_is_wrong(nadia, "Save")
    nadia.open("/accounts/password/change/")
    links_lead_to_what_is_wrong(nadia, re.compile("password", re.IGNORECASE))


def test_errors_of_a_mentor(person):
    martin = person("martin")
    martin.open("/people/")
    martin.follow("Nadia Haddad", exact=True)
    martin.follow("Plan or record an observation")
    links_lead_to_what_is_wrong(martin, re.compile("^(Book|Save|Plan)"))
    martin.follow("Record it now")
    martin.fill_date("When was the supervision?", dt.date(2099, 1, 1))
    links_lead_to_what_is_wrong(martin, re.compile("^Save and check"))


def test_errors_of_a_lead(person):
    helen = person("helen")
    helen.open("/cohorts/new/")
    links_lead_to_what_is_wrong(helen, "Create the cohort")
    helen.open("/cohorts/")
    helen.follow("Northshire 2026 cohort")
    cohort = re.search(r"/cohorts/[0-9a-f-]{36}/", helen.page.url)[0]
    helen.open(f"{cohort}people/add/")
    links_lead_to_what_is_wrong(helen, "Add to the cohort")
    helen.open(f"{cohort}sessions/lay-out/")
    links_lead_to_what_is_wrong(helen, "Show the dates")


def test_errors_of_an_admin(person):
    grace = person("grace")
    grace.open("/organisation/people/invite/")
    links_lead_to_what_is_wrong(grace, "Send invitation")
    grace.open("/organisation/")
    empty(grace, "Name of the organisation")
    grace.fill("E-mail address", "not an address")
    links_lead_to_what_is_wrong(grace, "Save")
    grace.open("/exports/")
    grace.follow(re.compile("Export the portfolio of Nadia"))
    links_lead_to_what_is_wrong(grace, "Make the PDF")


@pytest.mark.parametrize(
    ("key", "paths"),
    [
        ("nadia", ["/", "/pathway/", "/portfolio/", "/evidence/new/", "/sessions/4/", "/notices/", "/account/"]),
        ("martin", ["/", "/people/", "/observations/"]),
        ("helen", ["/", "/cohorts/", "/cohorts/new/", "/programmes/"]),
        ("grace", ["/organisation/people/", "/organisation/", "/organisation/records/", "/exports/"]),
    ],
    ids=["supervisor", "mentor", "lead", "admin"],
)
def test_text_twice_as_large(person, key, paths):
    somebody = person(key)
    for path in paths:
        somebody.page.goto(f"{somebody.portal['site_url']}{path}")
        somebody.page.evaluate("document.documentElement.style.fontSize = '200%'")
        somebody.check()
        assert somebody.page.evaluate(CLIPPED) == [], path
