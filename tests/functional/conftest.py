"""A portal of its own for the browser tests: the same process tree as `make run`, on free ports and its own data."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest
from playwright.sync_api import sync_playwright

from tests.functional.person import CHROMIUM_ARGUMENTS, Person, chromium_path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 180


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    """What is running: addresses, folders and the demo's sign-ins; ended when the tests are.

    While writing a test, PORTAL_READY names the ready file of a portal that is already up, and that one is used.
    """
    if "PORTAL_READY" in os.environ:
        yield json.loads(Path(os.environ["PORTAL_READY"]).read_text())
        return
    folder = tmp_path_factory.mktemp("portal")
    ready = folder / "ready.json"
    command = [
        sys.executable,
        "devtools/portal.py",
        "start",
        "--data",
        str(folder / "data"),
        "--ready-file",
        str(ready),
    ]
    with (folder / "output.txt").open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        for _ in range(START_SECONDS * 5):
            if ready.exists() and ready.read_text().strip().endswith("}"):
                break
            assert process.poll() is None, (folder / "output.txt").read_text()
            time.sleep(0.2)
        yield json.loads(ready.read_text())
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def person(portal, chromium):
    """``person("sam")`` is Sam in a browser of their own, signed in; options go to the browser context."""
    made = []

    def enter(key, *, signed_in=True, **options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        somebody = Person(context, portal, key)
        somebody.has_javascript = options.get("java_script_enabled", True)
        made.append(somebody)
        if signed_in:
            somebody.sign_in()
        return somebody

    yield enter
    complaints = [line for somebody in made for line in somebody.complaints]
    for somebody in made:
        somebody.context.close()
    assert complaints == []


@pytest.fixture
def database(portal):
    """A connection to the portal's own database, for what only time would do."""
    connection = psycopg2.connect(portal["database_url"])
    connection.autocommit = True
    yield connection
    connection.close()


@pytest.fixture
def shots():
    """A folder for pictures when SHOTS names one, else None."""
    folder = os.environ.get("SHOTS")
    return Path(folder) if folder else None
