"""Every page that each role can reach by links, at a desk and at 400 % zoom: checked as any visited page is."""

import re
import uuid
from collections import deque
from urllib.parse import parse_qsl, urlsplit

import pytest

# Who has a whole year stands before those who have a part of one: see SAME_SIDE.
ROLES = {
    "at the end of the year": "anwen",
    "practice supervisor": "sam",
    "mentor of a whole year": "gareth",
    "mentor": "priya",
    "L&D lead": "helen",
    "organisation admin": "grace",
    "line manager": "david",
    "senior leader": "margaret",
    "panel member": "yusuf",
    "facilitator": "martin",
    "nominated": "femi",
}
PUBLIC = ["/accessibility/", "/privacy/", "/cookies/", "/help/", "/accounts/login/", "/accounts/password/reset/"]
# The same for everybody, so these are looked at as one person.
SAME_FOR_ALL = re.compile(
    r"^/(standards|tools|resources|accessibility|privacy|cookies|help)/$|^/(account|accounts)/|^/sessions/\d"
)
LOOKS_AT_THOSE = "sam"
# Who has a whole year behind them is looked at for what they wrote; the rest is as it is for anybody who supervises.
WROTE_A_YEAR = "anwen"
WRITING = re.compile(r"^/$|^/(portfolio|evidence|comments)/|^/people/[^/]+/self-assessment/")
# People on the same side of the pages about one year and its texts. Of these pages each kind is checked as the first
# who comes to it; for the others it is opened, and its links are followed. The first page of each part is checked as
# everybody: it says what is not there yet.
SAME_SIDE = {"anwen": "writes", "sam": "writes", "gareth": "mentors", "priya": "mentors", "martin": "mentors"}
OF_A_YEAR = re.compile(
    r"^/(evidence|comments|enrolments|steps)/|^/portfolio/(.+/)?(new|take-out|[0-9a-f-]{36})/|^/people/[^/]+/[^/]+/."
)
DESK, ZOOMED = {"width": 1280, "height": 900}, {"width": 320, "height": 256}
SHOT_WIDTHS = (1280, 768, 360)
MOST_PAGES = 200
# Downloads, and pages that belong to no role: the gallery and the mails are for people who build the portal.
NOT_FOLLOWED = re.compile(
    r"^/(files/|exports/[^/]+/download/|accounts/logout/|gallery/|mail/)"
    r"|/(certificate|file)/$|\.csv$|^/people-imports/(example|[^/]+/result)/$"
)
ONE_OF_MANY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/|$)")


def kind_of(link):
    """The address without ids and values: pages of one kind are looked at once."""
    return ONE_OF_MANY.sub("*", link.path), tuple(sorted(name for name, _ in parse_qsl(link.query)))


def links_on(page, site):
    """Same-site addresses, in the order of the page."""
    hrefs = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    found = [urlsplit(href)._replace(fragment="") for href in hrefs if href.startswith(f"{site}/")]
    return [link for link in found if not NOT_FOLLOWED.search(link.path)]


def is_looked_at(key, path):
    if key == WROTE_A_YEAR:
        return bool(WRITING.match(path))
    return key == LOOKS_AT_THOSE or not SAME_FOR_ALL.match(path)


def is_checked_already(key, link, checked_kinds):
    """Whether somebody on the same side was shown this kind of page; if not, this one is."""
    if key not in SAME_SIDE or not OF_A_YEAR.match(link.path):
        return False
    kind = SAME_SIDE[key], kind_of(link)
    was_checked = kind in checked_kinds
    checked_kinds.add(kind)
    return was_checked


def check_at_both_sizes(somebody):
    """As it opens at a desk; at 400 % with all that is folded away open, as a search in the page opens it."""
    somebody.check()
    somebody.page.set_viewport_size(ZOOMED)
    somebody.page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    somebody.check()
    somebody.page.set_viewport_size(DESK)


def keep_picture(somebody, shots):
    path = re.sub(r"\W+", "-", urlsplit(somebody.page.url).path).strip("-") or "home"
    for width in SHOT_WIDTHS:
        somebody.page.set_viewport_size({"width": width, "height": 900})
        folder = shots / str(width)
        folder.mkdir(parents=True, exist_ok=True)
        somebody.page.screenshot(path=folder / f"{somebody.key}-{path[:80]}.png", full_page=True)
    somebody.page.set_viewport_size(DESK)


def crawl(somebody, shots, problems, checked_kinds):
    """How many pages were opened, and the addresses checked; what is wrong is collected, so that one run tells all of
    it."""
    site = somebody.portal["site_url"]
    waiting, seen, opened, checked = deque([urlsplit(f"{site}/")]), set(), 0, []
    while waiting and len(seen) < MOST_PAGES:
        link = waiting.popleft()
        if kind_of(link) in seen:
            continue
        seen.add(kind_of(link))
        answer = somebody.page.goto(link.geturl())
        opened += 1
        seen.add(kind_of(urlsplit(somebody.page.url)))  # a page for something new leads to its own address with an id
        if answer.status != 200:
            problems.append(f"{somebody.key}: {link.geturl()} answers {answer.status}")
            continue
        if not is_checked_already(somebody.key, link, checked_kinds):
            checked.append(somebody.page.url)
            if shots:
                keep_picture(somebody, shots)
            try:
                check_at_both_sizes(somebody)
            except AssertionError as problem:
                problems.append(f"{somebody.key}: {problem}")
                somebody.page.set_viewport_size(DESK)
        links = links_on(somebody.page, site)
        waiting += [link for link in links if is_looked_at(somebody.key, link.path)]
    assert len(seen) < MOST_PAGES, "bounded by kind of page; something makes ever new ones"
    return opened, checked


@pytest.fixture(scope="module")
def checked_kinds():
    return set()


@pytest.mark.parametrize("key", ROLES.values(), ids=ROLES)
def test_every_page_a_role_can_reach(person, key, shots, checked_kinds, record_property, capsys):
    problems = []
    opened, checked = crawl(person(key), shots, problems, checked_kinds)
    record_property("pages", len(checked))
    with capsys.disabled():
        print(f"\n{key}: {opened} pages, {len(checked)} of them at 1280 and at 320 x 256 pixels")
    assert problems == []


def test_pages_for_everybody(person, shots):
    """Signed out, and the pages that say no."""
    anybody = person("nobody", signed_in=False)
    for path in PUBLIC:
        anybody.page.goto(f"{anybody.portal['site_url']}{path}")
        check_at_both_sizes(anybody)
        if shots:
            keep_picture(anybody, shots)
    for path in ("/no-such-page/", "/invitation/no-such-token/", "/accounts/password/reset/key/1-no-such-key/"):
        anybody.page.goto(f"{anybody.portal['site_url']}{path}")
        check_at_both_sizes(anybody)
    anybody.open("/accounts/login/")
    anybody.fill("Email address", "nobody@northshire.example")
    anybody.fill("Password", "not the password")
    anybody.press("Sign in")
    anybody.sees("There is a problem")
    check_at_both_sizes(anybody)


def test_pages_that_refuse(person):
    """A wrong address, and a page of somebody else's role."""
    margaret = person("margaret")
    for path, status in (("/no-such-page/", 404), (f"/people/{uuid.uuid4()}/", 404), ("/organisation/records/", 403)):
        answer = margaret.page.goto(f"{margaret.portal['site_url']}{path}")
        assert answer.status == status
        check_at_both_sizes(margaret)


def test_components_in_all_their_states(person):
    somebody = person("nobody", signed_in=False)
    for path in ("/gallery/", "/gallery/?form=errors"):
        somebody.page.goto(f"{somebody.portal['site_url']}{path}")
        check_at_both_sizes(somebody)
