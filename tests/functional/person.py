"""Somebody using the portal in Chromium. Every page they open is checked before they go on."""

import re
import shutil
from collections import Counter
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
axe = Axe()


def chromium_path():
    """The machine's own Chromium, or None for Playwright's."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Person:
    def __init__(self, context, portal, key):
        self.context, self.portal, self.key = context, portal, key
        self.has_javascript = True
        self.pages_checked = 0
        self.complaints = []
        self.page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message):
        # Chromium reports a page that is refused on purpose (404, 409, …) as a failed load.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(f"{self.key} on {self.page.url}: {message.text}")

    @property
    def email(self):
        return f"{self.key}@northshire.example"

    @property
    def password(self):
        return self.portal["sign_ins"][0].split()[-1]  # the demo has one for all

    def sign_in(self):
        self.open("/accounts/login/")
        self.fill("Email address", self.email)
        self.fill("Password", self.password)
        self.press("Sign in")
        self.sees_heading(re.compile("Hello"))

    def open(self, path):
        self.page.goto(path if path.startswith("http") else self.portal["site_url"] + path)
        self.check()

    def follow(self, name, **options):
        """Press what leads to another page: a link, or a link that looks like a button."""
        link = self.page.get_by_role("link", name=name, **options)
        link.or_(self.page.locator("a").and_(self.page.get_by_role("button", name=name, **options))).first.click()
        self.check()

    def press(self, name, **options):
        self.page.get_by_role("main").get_by_role("button", name=name, **options).first.click()
        # A form that keeps what is typed sends the last words first.
        self.page.locator("form[aria-busy]").wait_for(state="detached")
        self.page.wait_for_load_state()
        self.check()

    def fill(self, label, value):
        self.page.get_by_role("main").get_by_label(label, exact=False).first.fill(value)

    def fill_date(self, legend, on):
        group = self.page.get_by_role("group", name=legend)
        for part, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
            group.get_by_label(part).fill(str(value))

    def tick(self, label):
        self.page.get_by_role("main").get_by_label(label).first.check()

    def choose(self, label, name):
        """The option that names somebody; its whole label has the address too."""
        select = self.page.get_by_role("main").get_by_label(label, exact=True)
        labels = select.locator("option").all_inner_texts()
        select.select_option(label=next(text for text in labels if name in text))

    def sees(self, text):
        expect(self.page.get_by_role("main")).to_contain_text(text)

    def does_not_see(self, text):
        expect(self.page.get_by_role("main")).not_to_contain_text(text)

    def sees_heading(self, name):
        expect(self.page.get_by_role("heading", level=1, name=name)).to_be_visible()

    def check(self):
        """The design system is running, axe finds nothing, nothing scrolls sideways, and each id names one thing."""
        self.page.wait_for_load_state()
        assert self.page.locator("h1").count() == 1, self.page.url
        ids = self.page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
        twice = [name for name, times in Counter(ids).items() if times > 1]
        assert twice == [] or "/gallery/" in self.page.url, f"{self.page.url} has twice: {twice}"
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not self.page.evaluate(wide), f"{self.page.url} scrolls sideways"
        if not self.has_javascript:
            return
        expect(self.page.locator("body")).to_have_class(re.compile("govuk-frontend-supported"))
        found = axe.run(self.page, options=WCAG)
        assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
        self.pages_checked += 1

    def mails(self):
        """Everything sent so far, as text."""
        return [path.read_text("utf-8", "replace") for path in sorted(Path(self.portal["mail_dir"]).glob("*.eml"))]
