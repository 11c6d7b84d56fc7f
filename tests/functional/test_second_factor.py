"""An organisation that requires a second step at sign-in: invitation, set-up, a lost phone, a lost password.

It has its own organisation, so that the demo stays as it is.
"""

import base64
import email
import email.policy
import hashlib
import hmac
import os
import re
import struct
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
MAIL_SECONDS = 90
PERIOD = 30


def code_of(secret, at):
    """RFC 6238: six figures for the half minute of ``at``."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // PERIOD), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


class Phone:
    """An authenticator app. A code is good for one sign-in, so the next one waits for the next half minute."""

    def __init__(self, secret):
        self.secret, self.used = secret, 0

    def code(self):
        while int(time.time()) // PERIOD == self.used:
            time.sleep(0.5)
        self.used = int(time.time()) // PERIOD
        return code_of(self.secret, time.time())


@pytest.fixture
def organisation(portal):
    """A new organisation's name, its admin being invited."""
    mark = uuid.uuid4().hex[:6]
    command = [sys.executable, "manage.py", "create_organisation", "--name", f"Westmere {mark}"]
    command += [
        "--slug",
        f"westmere-{mark}",
        "--admin-name",
        "Ada Quist",
        "--admin-email",
        f"ada-{mark}@westmere.example",
    ]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **portal["env"]}, check=True, capture_output=True)
    return mark


def newcomer(person, name, mark):
    """Somebody with an address of their own and a password to come."""
    somebody = person(f"{name}-{mark}", signed_in=False)
    somebody.address = f"{name}-{mark}@westmere.example"
    somebody.secret_word = "a quiet harbour at dusk"
    return somebody


def mail_to(somebody, wanted):
    """The text of the newest message to the person whose subject has the words."""
    for _ in range(MAIL_SECONDS * 2):
        for text in reversed(somebody.mails()):
            message = email.message_from_bytes(text.encode(), policy=email.policy.default)
            if message["To"] == somebody.address and re.search(wanted, message["Subject"]):
                return message.get_body(("plain",)).get_content()
        time.sleep(0.5)
    raise AssertionError(f"no mail to {somebody.address} about {wanted}")


def link_in(text, part):
    return re.search(rf"http://\S*{part}\S*", text)[0]


def join(somebody, name):
    """Accept the invitation that came by mail."""
    somebody.open(link_in(mail_to(somebody, "[Ii]nvit|[Jj]oin"), "/invitation/"))
    somebody.fill("Your name", name)
    somebody.fill("Password", somebody.secret_word)
    somebody.press("Join")


def set_up(somebody):
    """Held at the set-up page: read the key from it and turn the second step on."""
    somebody.sees_heading("Set up your authenticator app")
    somebody.page.get_by_text("I cannot scan it").click()
    phone = Phone(somebody.page.locator(".pp-secret").inner_text().strip())
    somebody.fill("Code from the app", "000000")
    somebody.press("Turn it on")
    somebody.sees("There is a problem")
    somebody.fill("Code from the app", phone.code())
    somebody.press("Turn it on")
    somebody.sees_heading("Your recovery codes")
    return phone


def sign_in(somebody, phone=None):
    somebody.open("/accounts/login/")
    somebody.fill("Email address", somebody.address)
    somebody.fill("Password", somebody.secret_word)
    somebody.press("Sign in")
    if phone:
        somebody.sees_heading("Enter the code from your app")
        somebody.page.get_by_role("main").get_by_role("textbox").first.fill(phone.code())
        somebody.press("Sign in")
        somebody.sees_heading(re.compile("Hello"))


def sign_out(somebody):
    somebody.page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    somebody.page.wait_for_load_state()


def test_a_required_second_step_from_invitation_to_recovery(person, organisation):
    ada = newcomer(person, "ada", organisation)
    join(ada, "Ada Quist")
    ada.sees_heading("Hello Ada")
    ada.open("/organisation/")
    ada.tick("Everybody must use a second step at sign-in")
    ada.press("Save")
    ada_phone = set_up(ada)
    assert ada.page.locator(".pp-codes li").count() == 10
    recovery_code = ada.page.locator(".pp-codes li").first.inner_text()

    # Whoever has joined is held until they have set it up.
    ada.open("/organisation/people/invite/")
    bo = newcomer(person, "bo", organisation)
    ada.fill("Name", "Bo Lind")
    ada.fill("E-mail address", bo.address)
    ada.press("Send invitation")
    join(bo, "Bo Lind")
    bo.open("/sessions/")
    bo_phone = set_up(bo)
    bo.open("/sessions/")
    bo.sees_heading("Sessions")
    sign_out(bo)

    # A wrong code is said so, the right one and a recovery code let one in.
    sign_out(ada)
    sign_in(ada)
    ada.sees_heading("Enter the code from your app")
    ada.page.get_by_role("main").get_by_role("textbox").first.fill("123456")
    ada.press("Sign in")
    ada.sees("Enter the code that the app shows now")
    expect(ada.page.locator(".govuk-error-summary")).to_be_focused()
    ada.page.get_by_role("main").get_by_role("textbox").first.fill(ada_phone.code())
    ada.press("Sign in")
    ada.sees_heading("Hello Ada")
    sign_out(ada)
    sign_in(ada)
    ada.page.get_by_role("main").get_by_role("textbox").first.fill(recovery_code)
    ada.press("Sign in")
    ada.sees_heading("Hello Ada")

    # Bo loses the phone; the admin resets it, and Bo is told.
    ada.open("/organisation/people/")
    ada.follow("Bo Lind")
    ada.follow("Reset the second step at sign-in")
    ada.press(re.compile("^Reset"))
    assert "Ada Quist" in mail_to(bo, "second step at sign-in has been reset")
    sign_in(bo)
    new_phone = set_up(bo)
    assert new_phone.secret != bo_phone.secret

    # Bo forgets the password as well.
    sign_out(bo)
    bo.open("/accounts/password/reset/")
    bo.fill("Email address", bo.address)
    bo.press("Send me the link")
    bo.sees_heading("Look in your e-mail")
    bo.open(link_in(mail_to(bo, "[Pp]assword"), "/password/reset/"))
    bo.secret_word = "a loud harbour at dawn"
    bo.fill("New password", bo.secret_word)
    bo.fill("New password again", bo.secret_word)
    bo.press("Save the new password")
    bo.sees_heading("Your new password is saved")
    sign_in(bo, new_phone)

    # One's own sign-ins: ending the others ends them.
    library = newcomer(person, "bo", organisation)
    library.secret_word = bo.secret_word
    sign_in(library, new_phone)
    bo.open("/accounts/sessions/")
    expect(bo.page.get_by_role("row")).to_have_count(3)
    bo.press("Sign out everywhere else")
    expect(bo.page.get_by_role("row")).to_have_count(2)
    library.page.goto(f"{library.portal['site_url']}/sessions/")
    library.sees_heading("Sign in")
