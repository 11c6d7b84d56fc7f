"""Asking the portal as somebody, and what is to be known of the answer.

Each call is a transaction of its own that is rolled back. PostgreSQL gives a transaction a number when it first
writes, so "nothing was written" is asked of the database itself, and so is which tables have changed.
"""

import time

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.permissions import oracle
from tests.architecture.permissions.personas import PEOPLE
from tests.architecture.permissions.texts import found_in, readers
from tests.architecture.permissions.world import build

NEVER = {int: 987654321}
MISSING = "00000000-0000-4000-8000-000000000000"


# Parts of addresses that are words and never the name of a row.
WORDS = {"form_name"}


class World:
    """Both organisations with a signed-in client for each person of each."""

    def __init__(self):
        self.a, self.b, self.catalogue = build()
        self.clients = {"anonymous": Client(raise_request_exception=False)}
        for person in sorted(PEOPLE):
            persona, _, mark = person.rpartition("_")
            self.clients[person] = signed_in({"a": self.a, "b": self.b}[mark].people[persona])

    def url(self, key, rule, **other):
        """The address with ids of organisation A, except for ``other``."""
        kwargs = {part: value if part in WORDS else self.id_of(value) for part, value in rule.url.items()}
        return reverse(name_of(key), kwargs=kwargs | other) + rule.query

    def id_of(self, name):
        if not isinstance(name, str):
            return name
        row = self.a.rows.get(name) or self.catalogue.get(name)
        return row.pk if row else name

    def data(self, rule):
        if not callable(rule.data):
            return dict(rule.data)
        people = {f"user_{persona}": user for persona, user in self.a.people.items()}
        return rule.data({**self.catalogue, **self.a.rows, **people})


def signed_in(user):
    """Somebody who typed their password a moment ago, which allauth notes in the session."""
    client = Client(raise_request_exception=False)  # what breaks is a 500, and is told with the rest
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    client.get("/cookies/")  # writes what the first request of a sign-in writes
    return client


def name_of(key):
    """The URL name of a row of the oracle; what follows says which variation it is."""
    return key.partition(" ")[0]


def addresses():
    """The name of every address that has one; none may be without."""
    found = set()

    def walk(patterns, prefix):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
            elif isinstance(pattern, URLPattern):
                found.add(f"{prefix}{pattern.name}")

    walk(get_resolver().url_patterns, "")
    return found


def ask(client, method, url, data=None):
    """(answer, its headers and body, whether it wrote); rolled back."""
    with transaction.atomic():
        answer = getattr(client, method)(url, data if method == "post" else None)
        text = text_of(answer)
        wrote = has_written()
        transaction.set_rollback(True)
    return answer, text, wrote


def ask_and_count(client, method, url, data):
    """The same, with the tables whose rows it changed, the session's apart."""
    with transaction.atomic():
        before = changed_rows()
        answer = getattr(client, method)(url, data)
        text = text_of(answer)
        after = changed_rows()
        transaction.set_rollback(True)
    return answer, text, {name for name, count in after.items() if count > before.get(name, 0)} - {"django_session"}


def text_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{key}: {value}" for key, value in answer.headers.items())
    return f"{headers}\n{content.decode('utf-8', 'replace')}"


def has_written():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
        return cursor.fetchone()[0]


def changed_rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables")
        return dict(cursor.fetchall())


def leaks(text, person):
    """Texts of the world in ``text`` that the person may not read."""
    return sorted(found for found in found_in(text) if person not in readers(found))


def verdict(world, key, person, method):
    """What is wrong with one answer, in words; nothing if all is well."""
    rule, client = oracle.RULES[key], world.clients[person]
    url, data = world.url(key, rule), world.data(rule)
    said = f"{method} {key} as {person}"
    wrong = []
    if method == "post" and person in rule.post:
        answer, text, changed = ask_and_count(client, method, url, data)
        if bool(changed) == (person in rule.writes_nothing):
            wrong.append(f"{said}: changed {sorted(changed) or 'nothing'}")
    else:
        answer, text, wrote = ask(client, method, url, data)
        if wrote:
            wrong.append(f"{said}: wrote")
    expected = oracle.status(rule, person, method)
    if answer.status_code != expected:
        wrong.append(f"{said}: {answer.status_code}, not {expected}")
    return wrong + [f"{said}: leaks {found}" for found in leaks(text, person)]
