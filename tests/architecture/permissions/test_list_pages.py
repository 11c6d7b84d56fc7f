"""Lists of more than one page: no page of any of them shows a foreign row, and the later ones show one's own."""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import AuditEvent, Membership, User
from portfolio.models import Evidence
from reminders.models import Notification
from tests.architecture.permissions import oracle
from tests.architecture.permissions.calls import leaks, text_of
from tests.architecture.permissions.texts import canary, found_in

pytestmark = pytest.mark.django_db

MANY = 60
# List → (reader, a text that stands on each full page).
LISTS = {
    "accounts:person_list": ("admin_a", "outsider"),
    "accounts:record_list": ("admin_a", "auditpeople"),
    "reminders:notification_list": ("supervisor_a", "notice"),
    "portfolio:evidence_list": ("supervisor_a", "mentoredlater"),
    "portfolio:evidence_bin": ("supervisor_a", "binnedlater"),
    "portfolio:mentee_evidence": ("mentor_a", "mentored"),
}


def _fill(side):
    """Many rows of each list; each text is one that the oracle knows."""
    here = {"organisation": side.organisation}
    now = timezone.now()
    users = User.objects.bulk_create(
        User(email=f"many{number}@{side.mark}.example.org".lower(), name=side.canary("outsider"))
        for number in range(MANY)
    )
    Membership.objects.bulk_create(
        Membership(
            **here, user=user, status="active", accepted_at=now,
            invited_name=side.canary("typedoutsider"), invited_email=user.email,
        )
        for user in users
    )  # fmt: skip
    AuditEvent.objects.bulk_create(
        AuditEvent(**here, category=category, verb=side.canary(f"audit{category}"), actor=side.people["admin"])
        for category in ("people", "portfolio")
        for _ in range(MANY)
    )
    Notification.objects.bulk_create(
        Notification(
            **here, recipient=side.people["supervisor"], kind="k", key=str(number), local_date=now.date(),
            title=side.canary("notice"), url="/",
        )
        for number in range(MANY)
    )  # fmt: skip
    for name in ("private", "mentored", "binned"):
        _pieces(side, name)


def _pieces(side, name):
    first = side.rows[f"evidence_{name}"]
    first.refresh_from_db()
    kept = {field.attname: getattr(first, field.attname) for field in Evidence._meta.concrete_fields}
    kept.pop("id")
    Evidence.objects.bulk_create(Evidence(**kept) for _ in range(MANY))


@pytest.fixture
def crowded(world):
    with transaction.atomic():
        _fill(world.a)
        _fill(world.b)
        yield world
        transaction.set_rollback(True)


def test_no_page_of_a_list_shows_a_foreign_row(crowded):
    for key, (reader, expected) in LISTS.items():
        rule = oracle.RULES[key]
        for person in rule.get & {reader, "mentor_a", "ld_lead_a", "supervisor_b", "mentor_b", "admin_b"}:
            for number in (1, 2, 3, 99):
                answer = crowded.clients[person].get(crowded.url(key, rule), {"page": number})
                assert (key, person, answer.status_code, leaks(text_of(answer), person)) == (key, person, 200, [])
        second = text_of(crowded.clients[reader].get(crowded.url(key, rule), {"page": 2}))
        assert canary("A", expected) in found_in(second)
