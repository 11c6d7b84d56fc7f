"""How much of what somebody types is lost when the tab, the browser or the sign-in ends at a random moment.

    python devtools/portal.py with -- python -m benchmarks.lost_characters --runs 100 --seed 1

Starts a portal of its own with the demo (or uses the one whose ready file PORTAL_READY names) and a Chromium. In each
run Carys types a new piece of evidence letter by letter; after 1 to 9 seconds the tab is closed, the browser's process
is ended with SIGKILL, or the sign-in is deleted in the database, types on and signs in again in another tab. Then the
piece is opened on another device and compared with what was typed. Ends with 1 if a letter was lost that the portal
had said to be kept, or more than three seconds of typing.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "devtools"))

from system import BROWSER_ARGUMENTS, find_browser  # noqa: E402 -- after the path

FIELD = "textarea[name=body]"
KINDS = ("tab", "browser", "sign-in")
ALPHABET = "aaaeeeiiooouutnsrhldcmfpgwybv     ,.'é’\n"


@dataclass
class Lost:
    """The worst of all runs in seconds, and letters in all."""

    acknowledged: int = 0
    seconds_of_typing: float = 0
    letters: int = 0
    typed: int = 0
    runs: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))


@dataclass
class Typing:
    """One text while it is typed: each letter with its moment, and the most that the portal said it has."""

    page: Page
    text: str = ""
    moments: list[float] = field(default_factory=list)
    acknowledged: str = ""

    def hear(self, response: Response) -> None:
        if "/drafts/" in response.url and response.request.method == "POST" and response.status == 200:
            sent: Any = response.request.post_data_json
            said = sent["payload"]["body"][0]
            if len(said) > len(self.acknowledged):
                self.acknowledged = said

    def go_on(self, seconds: float, chance: random.Random) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            letter = chance.choice(ALPHABET)
            self.text += letter
            self.moments.append(time.monotonic())
            self.page.keyboard.press("Enter") if letter == "\n" else self.page.keyboard.insert_text(letter)
            self.page.wait_for_timeout(chance.uniform(15, 120))


class Writers:
    """Carys at as many devices as are needed."""

    def __init__(self, portal: dict[str, Any], browser: Browser, database: Any) -> None:
        self.site, self.browser, self.database = portal["site_url"], browser, database
        self.password = portal["sign_ins"][0].split()[-1]
        self.state: Any = None

    def sign_in(self, page: Page) -> None:
        page.goto(f"{self.site}/accounts/login/")
        page.fill("input[name=login]", "carys@northshire.example")
        page.fill("input[name=password]", self.password)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{self.site}/")
        self.state = page.context.storage_state()

    def device(self, browser: Browser) -> BrowserContext:
        if self.state is None:
            context = browser.new_context()
            self.sign_in(context.new_page())
            return context
        return browser.new_context(storage_state=self.state)

    def begin(self, context: BrowserContext, target: str) -> Typing:
        page = context.new_page()
        page.goto(f"{self.site}/evidence/new/?id={target}")
        page.focus(FIELD)
        typing = Typing(page)
        page.on("response", typing.hear)
        return typing

    def read(self, target: str) -> str:
        """What another device shows of it."""
        context = self.device(self.browser)
        page = context.new_page()
        page.goto(f"{self.site}/evidence/new/?id={target}")
        found = page.input_value(FIELD)
        context.close()
        return found

    def end_sign_in(self, context: BrowserContext) -> None:
        [key] = [cookie["value"] for cookie in context.cookies() if cookie["name"] == "session"]
        with self.database.cursor() as cursor:
            cursor.execute("DELETE FROM django_session WHERE session_key = %s", [key])


def measure(writers: Writers, *, runs: int, seed: int) -> Lost:
    chance, lost = random.Random(seed), Lost()
    writers.device(writers.browser).close()
    for number in range(runs):
        kind, target = KINDS[number % len(KINDS)], str(uuid.uuid4())
        typing, ended = one_run(writers, kind, target, chance)
        kept = writers.read(target)
        lost.runs[kind] += 1
        lost.typed += len(typing.text)
        lost.acknowledged += len(typing.acknowledged) - common(typing.acknowledged, kept)
        whole = common(typing.text, kept)
        lost.letters += len(typing.text) - whole
        seconds = ended - typing.moments[whole] if whole < len(typing.text) else 0
        lost.seconds_of_typing = max(lost.seconds_of_typing, seconds)
        if common(typing.acknowledged, kept) < len(typing.acknowledged):
            print(f"     acknowledged {typing.acknowledged!r}, kept {kept!r}, typed {typing.text!r}")
        print(f"{number + 1:4} {kind:8} typed {len(typing.text):4}, lost {len(typing.text) - whole:3}, {seconds:.1f} s")
    return lost


def one_run(writers: Writers, kind: str, target: str, chance: random.Random) -> tuple[Typing, float]:
    """What was typed until it ended, and when that was."""
    mortal = writers.browser.browser_type.launch(executable_path=find_browser(), args=BROWSER_ARGUMENTS)
    context = writers.device(mortal)
    typing = writers.begin(context, target)
    typing.go_on(chance.uniform(1, 9), chance)
    if kind == "sign-in":
        writers.end_sign_in(context)
        typing.go_on(chance.uniform(1, 5), chance)
        writers.sign_in(context.new_page())
        # Coming back to a tab tells it so; without a screen no tab ever leaves the front.
        typing.page.evaluate("window.dispatchEvent(new Event('focus'))")
        typing.go_on(chance.uniform(1, 5), chance)
    ended = time.monotonic()
    if kind == "browser":
        processes = mortal.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        ended = time.monotonic()
        os.kill(next(int(process["id"]) for process in processes if process["type"] == "browser"), signal.SIGKILL)
        time.sleep(0.2)
    else:
        typing.page.close()
    with contextlib.suppress(Exception):
        mortal.close()
    return typing, ended


def common(one: str, other: str) -> int:
    """Letters at the beginning that both have."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@contextlib.contextmanager
def running_portal() -> Iterator[dict[str, Any]]:
    if "PORTAL_READY" in os.environ:
        yield json.loads(Path(os.environ["PORTAL_READY"]).read_text())
        return
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.json"
        command = [sys.executable, "devtools/portal.py", "start", "--data", f"{folder}/data"]
        process = subprocess.Popen([*command, "--ready-file", str(ready)], cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            while not (ready.exists() and ready.read_text().strip().endswith("}")):
                if process.poll() is not None:
                    raise SystemExit("the portal did not start")
                time.sleep(0.5)
            yield json.loads(ready.read_text())
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with running_portal() as portal, sync_playwright() as playwright:
        database = psycopg2.connect(portal["database_url"])
        database.autocommit = True
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_ARGUMENTS)
        lost = measure(Writers(portal, browser, database), runs=arguments.runs, seed=arguments.seed)
        browser.close()
        database.close()
    print(
        f"{sum(lost.runs.values())} runs ({', '.join(f'{count} {kind}' for kind, count in lost.runs.items())}),"
        f" {lost.typed} letters typed; lost of those acknowledged: {lost.acknowledged}; of the rest: {lost.letters},"
        f" at most {lost.seconds_of_typing:.1f} seconds of typing"
    )
    return int(lost.acknowledged > 0 or lost.seconds_of_typing > 3)


if __name__ == "__main__":
    sys.exit(main())
