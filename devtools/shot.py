"""Pictures of the portal with its demo data, for the README and for a look at several widths.

usage: shot.py [--out FOLDER] [--role TEXT] [--width N] [PATH ...]
Without arguments: each role's home page. With --role only those whose name contains the text, on the given paths.
Starts a portal of its own, so it neither needs nor disturbs a running one.
"""

import argparse
import json
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from home import ROOT
from system import BROWSER_ARGUMENTS, find_browser

START_SECONDS = 180
SIGN_IN = re.compile(r"^\s*(?P<role>\S.*?)\s{2,}(?P<email>\S+@\S+)\s+(?P<password>\S+)\s*$")


def started(folder: Path) -> tuple[subprocess.Popen[bytes], dict[str, Any]]:
    ready = folder / "ready.json"
    command = [sys.executable, "devtools/portal.py", "start", "--data", str(folder / "data")]
    process = subprocess.Popen([*command, "--ready-file", str(ready)], cwd=ROOT, stdout=subprocess.DEVNULL)
    limit = time.monotonic() + START_SECONDS
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > limit:
            process.terminate()
            sys.exit("The portal did not start; `make run` shows why.")
        time.sleep(0.2)
    return process, json.loads(ready.read_text())


def shoot(browser: Browser, site: str, person: dict[str, str], arguments: argparse.Namespace) -> None:
    page = browser.new_page(viewport={"width": arguments.width, "height": 900}, device_scale_factor=1.5)
    page.goto(f"{site}/accounts/login/")
    page.fill("input[name=login]", person["email"])
    page.fill("input[name=password]", person["password"])
    page.click("main button[type=submit]")
    page.wait_for_load_state()
    role = re.sub(r"\W+", "-", person["role"].lower())
    for path in arguments.paths or ["/"]:
        page.goto(site + path)
        name = "-".join(filter(None, [role, re.sub(r"\W+", "-", path).strip("-")]))
        target = arguments.out / f"{name}-{arguments.width}.png"
        page.screenshot(path=target, full_page=True)
        print(target)
    page.context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", metavar="PATH")
    parser.add_argument("--out", type=Path, default=ROOT / "test-results" / "shots")
    parser.add_argument("--role", default="")
    parser.add_argument("--width", type=int, default=1280)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        process, facts = started(Path(folder))
        try:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_ARGUMENTS)
            for line in facts["sign_ins"]:
                person = SIGN_IN.match(line)
                if person and arguments.role.lower() in person["role"].lower():
                    shoot(browser, facts["site_url"], person.groupdict(), arguments)
            browser.close()
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


if __name__ == "__main__":
    main()
