"""Every address × method × person, held against the oracle: status, texts, and whether anything was written."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.invitations import invitation_url
from tests.architecture.permissions import oracle, texts
from tests.architecture.permissions.calls import (
    MISSING,
    NEVER,
    WORDS,
    addresses,
    ask,
    leaks,
    name_of,
    verdict,
)
from tests.architecture.permissions.personas import asked_about

pytestmark = pytest.mark.django_db

UNUSED = ("put", "patch", "delete")
# A mentor anywhere may begin an observation, and L&D what is its own, under an id that is free; where it is not they
# are answered 404.
BEGUN = ("observation", "observation former", "observation released", "session", "session item", "resource", "tool")
MAY_BEGIN = {f"accounts:draft {name}" for name in BEGUN}
A_FEW = ("anonymous", "outsider_a", "admin_a", "mentor_b")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
EACH_RULE = pytest.mark.parametrize("key", sorted(oracle.RULES))


def test_every_address_has_its_row_in_the_oracle():
    rows = {name_of(key) for key in oracle.RULES} | set(oracle.PUBLIC) | set(oracle.ALLAUTH) | oracle.DEVELOPMENT
    assert addresses() == rows


@EACH_RULE
def test_who_may_read_and_who_may_write(world, key):
    calls = [(person, method) for person in asked_about(key) for method in ("get", "post")]
    assert [words for person, method in calls for words in verdict(world, key, person, method)] == []


@EACH_RULE
def test_a_foreign_id_answers_like_one_that_never_existed(world, key):
    rule = oracle.RULES[key]
    for name, row in rule.url.items():
        if name in WORDS or row not in world.a.rows or key in MAY_BEGIN:
            continue
        nowhere = world.url(key, rule, **{name: NEVER.get(type(world.a.rows[row].pk), MISSING)})
        for person in ("admin_b", "mentor_b"):
            answers = [ask(world.clients[person], "get", url)[0] for url in (world.url(key, rule), nowhere)]
            there, never = [(answer.status_code, TOKEN.sub(b"", answer.content)) for answer in answers]
            assert there == never


@EACH_RULE
def test_unused_methods_and_forged_posts_change_nothing(world, key):
    rule = oracle.RULES[key]
    url = world.url(key, rule)
    person = min(rule.get | rule.post or rule.sees or {"supervisor_a"})
    for method in UNUSED:
        answer, text, wrote = ask(world.clients[person], method, url)
        assert (answer.status_code, wrote, leaks(text, person)) == (_unused(rule, person), False, [])
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = world.clients[person].cookies
    answer, text, wrote = ask(forged, "post", url, world.data(rule))
    assert (answer.status_code, wrote, leaks(text, person)) == (403, False, [])


def _unused(rule, person):
    """Who may do nothing here is not told which methods there are."""
    may = person in rule.get | rule.post and ("get", person) not in rule.special
    return 405 if may else oracle.status(rule, person, "get")


@pytest.mark.parametrize("name", sorted(oracle.PUBLIC))
def test_public_pages_say_nothing_of_anybody(world, name):
    for person, client in world.clients.items():
        answer, text, wrote = ask(client, "get", reverse(name, kwargs=oracle.PUBLIC[name]))
        assert (person, wrote, leaks(text, person)) == (person, False, [])
        assert answer.status_code == oracle.PUBLIC_STATUS.get(name, 200)


@pytest.mark.parametrize("name", sorted(oracle.ALLAUTH))
def test_allauth_pages_as_decided(world, name):
    kwargs, anonymous, signed_in = oracle.ALLAUTH[name]
    url = reverse(name, kwargs=kwargs)
    wrong = []
    for person in A_FEW:
        answer, text, _ = ask(world.clients[person], "get", url)
        expected = anonymous if person == "anonymous" else signed_in
        if answer.status_code != expected:
            wrong.append(f"{person}: {answer.status_code}, not {expected}")
        wrong += leaks(text, person)
    assert wrong == []


def test_somebody_without_their_second_step_reaches_its_set_up_and_the_way_out_only(world):
    client = world.clients["pending_a"]
    open_to_them = {
        name
        for name, (kwargs, _, _) in oracle.ALLAUTH.items()
        if ask(client, "get", reverse(name, kwargs=kwargs))[0].status_code == 200
    }
    public = {"account_inactive"} | {name for name in oracle.ALLAUTH if name.startswith("account_reset_password")}
    assert open_to_them == {"mfa_activate_totp", "account_reauthenticate", "account_logout"} | public


def test_the_link_of_an_invitation_tells_the_organisation_and_the_typed_name(world):
    """Also to others who get hold of it; never the name that the person has in an account elsewhere."""
    path = invitation_url(world.a.rows["membership_invited"]).partition("/invitation/")[2]
    for person in ("anonymous", "invited_a", "outsider_a", "mentor_b"):
        answer, text, wrote = ask(world.clients[person], "get", f"/invitation/{path}")
        found = texts.found_in(text) - texts.found_in(ask(world.clients[person], "get", "/cookies/")[1])
        allowed = {texts.canary("A", name) for name in ("organisation", "typedinvited", "mail:invited")}
        assert (answer.status_code, wrote, found - allowed) == (200, False, set())


def test_a_download_asks_for_the_password_again(world):
    rule = oracle.RULES["portfolio:export_download own"]
    client = Client()
    client.force_login(world.a.people["supervisor"])
    client.get("/cookies/")
    answer, text, _ = ask(client, "get", world.url("portfolio:export_download own", rule))
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/accounts/reauthenticate/")
    assert leaks(text, "anonymous") == []


def test_each_text_exists_and_somebody_reads_it(world):
    """A leak test is worth nothing if what could leak is not there: each text shows up for one of its readers."""
    unseen = {text for text in texts.OF_A if texts.readers(text)}
    for key, rule in reversed(oracle.RULES.items()):
        for person in sorted(person for person in rule.get if unseen and person.endswith("_a")):
            unseen -= texts.found_in(ask(world.clients[person], "get", world.url(key, rule))[1])
    assert sorted(unseen) == []
