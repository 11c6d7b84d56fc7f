"""What a load balancer and a person on call are told."""

import datetime as dt

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from accounts.models import AccountMail

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_healthz_asks_nobody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_readyz(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "broker": "ok", "late_mail": 0}


def test_an_absent_broker_is_degraded_since_pages_work(client, settings):
    settings.REDIS_URL = "redis+socket:///nowhere/valkey.sock"
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["broker"]) == ("degraded", "down")


def test_late_mail_is_degraded(client):
    AccountMail.objects.create(to="a@example.org", subject="x", text="x", due_at=timezone.now() - dt.timedelta(hours=1))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["late_mail"]) == ("degraded", 1)


def test_without_the_database_nothing_is_ready(client):
    def down(*args):
        raise OperationalError("connection refused by db.internal")

    with connection.execute_wrapper(down):
        assert client.get("/healthz").status_code == 200
        answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "database": "down"}
