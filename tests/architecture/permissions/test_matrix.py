"""Every address × method × persona, held against the oracle: status, canaries, and whether anything was written.

Each call is a transaction of its own that is rolled back. PostgreSQL gives a transaction a number when it first
writes, so "nothing was written" is asked of the database itself.
"""

from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.permissions import oracle
from tests.architecture.permissions.world import build

pytestmark = pytest.mark.xdist_group("permission matrix")

IN_MEMORY = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
UNUSED = ("put", "patch", "delete")


class World:
    """Both organisations with a signed-in client for each persona of each."""

    def __init__(self):
        self.a, self.b, self.catalogue = build()
        self.clients = {"anonymous": Client()}
        for side in (self.a, self.b):
            for persona, user in side.people.items():
                client = Client()
                client.force_login(user)
                client.get("/cookies/")  # writes what the first request of a sign-in writes
                self.clients[f"{persona}_{side.mark.lower()}"] = client
        self.canaries = self._canaries()

    def _canaries(self):
        return sorted(oracle.CANARIES)

    def url(self, name, rule):
        """The address with ids of organisation A."""
        return reverse(name, kwargs={key: self._id(row) for key, row in rule.url.items()}) + rule.query

    def _id(self, name):
        if not isinstance(name, str):
            return name
        row = self.a.rows.get(name) or self.catalogue.get(name)
        return row.pk if row else name

    def data(self, rule):
        ids = {**self.catalogue, **self.a.rows, **{f"user_{key}": user for key, user in self.a.people.items()}}
        return rule.data(ids) if callable(rule.data) else dict(rule.data)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), override_settings(STORAGES=IN_MEMORY, ACCOUNT_RATE_LIMITS=False):
        made = World()
        yield made
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def unblocked(django_db_blocker):
    with django_db_blocker.unblock():
        yield


def addresses():
    """Name → pattern of every address that can be reversed."""
    found = {}

    def walk(patterns, prefix):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
            elif isinstance(pattern, URLPattern) and pattern.name:
                found[prefix + pattern.name] = pattern

    walk(get_resolver().url_patterns, "")
    return found


def ask(client, method, url, data=None):
    """(answer, its whole text, whether it wrote); rolled back."""
    with transaction.atomic():
        answer = getattr(client, method)(url, data if method == "post" else None)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        wrote = _wrote()
        transaction.set_rollback(True)
    headers = "\n".join(f"{key}: {value}" for key, value in answer.headers.items())
    return answer, headers + content.decode("utf-8", "replace"), wrote


def _wrote():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
        return cursor.fetchone()[0]


def leaks(text, persona):
    """Canaries in ``text`` that the persona may not read."""
    return [canary for canary in oracle.found_in(text) if persona not in oracle.readers(canary)]


def test_every_address_has_its_row_in_the_oracle():
    assert set(addresses()) == set(oracle.RULES) | set(oracle.PUBLIC) | set(oracle.ALLAUTH) | set(oracle.DEVELOPMENT)


@pytest.mark.parametrize("name", sorted(oracle.RULES))
def test_who_may_read_and_who_may_write(world, name):
    rule = oracle.RULES[name]
    url = world.url(name, rule)
    wrong = []
    for persona, client in world.clients.items():
        for method in ("get", "post"):
            expected = oracle.status(rule, persona, method)
            answer, text, wrote = ask(client, method, url, world.data(rule))
            said = f"{method} {name} as {persona}"
            if answer.status_code != expected:
                wrong.append(f"{said}: {answer.status_code}, not {expected}")
            may_write = method == "post" and persona in rule.post
            if wrote and not may_write:
                wrong.append(f"{said}: wrote")
            if may_write and not wrote and not rule.writes_nothing:
                wrong.append(f"{said}: wrote nothing")
            wrong += [f"{said}: leaks {canary}" for canary in leaks(text, persona)]
    assert wrong == []


@pytest.mark.parametrize("name", sorted(oracle.RULES))
def test_a_foreign_id_answers_like_one_that_never_existed(world, name):
    rule = oracle.RULES[name]
    foreign = [row for row in rule.url.values() if isinstance(row, str) and row in world.a.rows]
    for row in foreign:
        never = type(world.a.rows[row].pk)
        missing = "00000000-0000-4000-8000-000000000000" if never is not int else 987654321
        kwargs = {key: missing if value == row else world._id(value) for key, value in rule.url.items()}
        for persona in ("admin_b", "ld_lead_b", "mentor_b"):
            client = world.clients[persona]
            there, _, _ = ask(client, "get", world.url(name, rule))
            nowhere, _, _ = ask(client, "get", reverse(name, kwargs=kwargs) + rule.query)
            assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


@pytest.mark.parametrize("name", sorted(oracle.RULES))
def test_unused_methods_and_forged_posts_change_nothing(world, name):
    rule = oracle.RULES[name]
    url = world.url(name, rule)
    persona = next(iter(sorted(rule.get | rule.post)))
    for method in UNUSED:
        answer, text, wrote = ask(world.clients[persona], method, url)
        assert (answer.status_code, wrote, leaks(text, persona)) == (405, False, [])
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = world.clients[persona].cookies
    answer, _, wrote = ask(forged, "post", url, world.data(rule))
    assert (answer.status_code, wrote) == (403, False)


@pytest.mark.parametrize("name", sorted(oracle.PUBLIC))
def test_public_pages_say_nothing_of_anybody(world, name):
    for persona, client in world.clients.items():
        answer, text, wrote = ask(client, "get", reverse(name, kwargs=oracle.PUBLIC[name]))
        assert (persona, wrote, leaks(text, persona)) == (persona, False, [])
        assert answer.status_code == oracle.PUBLIC_STATUS.get(name, 200)


@pytest.mark.parametrize("name", sorted(oracle.ALLAUTH))
def test_allauth_pages_as_decided(world, name):
    kwargs, anonymous, signed_in = oracle.ALLAUTH[name]
    url = reverse(name, kwargs=kwargs)
    for persona in ("anonymous", "outsider_a", "admin_a", "mentor_b"):
        answer, text, _ = ask(world.clients[persona], "get", url)
        expected = anonymous if persona == "anonymous" else signed_in
        assert (persona, answer.status_code) == (persona, expected)
        assert leaks(text, persona) == []


def test_each_canary_exists_and_somebody_reads_it(world):
    """A leak test is worth nothing if what could leak is not there: each canary shows up for one of its readers."""
    seen = Counter()
    for name, rule in oracle.RULES.items():
        for persona in rule.get:
            _, text, _ = ask(world.clients[persona], "get", world.url(name, rule))
            seen.update(oracle.found_in(text))
    unseen = [canary for canary in oracle.CANARIES if oracle.readers(canary) and canary not in seen]
    assert unseen == []
