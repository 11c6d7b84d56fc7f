"""Ids of another organisation, or of somebody else's rows, in what is posted rather than in the address."""

import uuid

import pytest
from django.db import transaction
from django.urls import reverse

from portfolio.models import Attachment
from tests.architecture.permissions import oracle
from tests.architecture.permissions.calls import ask, ask_and_count, leaks, name_of
from tests.architecture.permissions.posted import new

pytestmark = pytest.mark.django_db

# Row of the oracle, who posts it, the field, and whose id stands there: people and rows of organisation B.
CHOICES = [
    ("pathway:enrolment_new", "ld_lead_a", "supervisor", "user_outsider"),
    ("pathway:enrolment_new", "ld_lead_a", "mentor", "user_mentor"),
    ("pathway:enrolment_edit", "ld_lead_a", "mentor", "user_mentor"),
    ("pathway:enrolment_edit", "ld_lead_a", "line_manager", "user_line_manager"),
    ("pathway:cohort_people", "ld_lead_a", "member", "user_panel_member"),
    ("pathway:year_move", "ld_lead_a", "cohort", "cohort"),
    ("pathway:mentor_new", "ld_lead_a", "mentor", "user_mentor"),
    ("pathway:readiness_new", "ld_lead_a", "owner", "user_mentor"),
    ("pathway:cohort_for_one", "ld_lead_a", "person", "user_outsider"),
    ("pathway:cohort_new", "ld_lead_a", "programme", "programme"),
    ("pathway:cohort_edit draft", "ld_lead_a", "programme", "programme"),
    ("portfolio:evidence_new", "supervisor_a", "areas", "own_area"),
    ("portfolio:action_new", "supervisor_a", "area", "own_area"),
    ("portfolio:note_edit", "supervisor_a", "area", "own_area"),
    ("portfolio:evidence_edit", "supervisor_a", "areas", "own_area"),
    ("portfolio:self_assessment_edit", "supervisor_a", "evidence_1", "evidence_private"),
    ("portfolio:reflection_edit", "supervisor_a", "areas", "own_area"),
    ("portfolio:note_new", "supervisor_a", "area", "own_area"),
    ("observations:observation_record", "mentor_a", "areas", "own_area"),
    ("observations:observation_edit", "mentor_a", "areas", "own_area"),
    ("observations:observation_new", "mentor_a", "areas", "own_area"),
    ("observations:observation_plan", "mentor_a", "areas", "own_area"),
    ("observations:focus", "supervisor_a", "areas", "own_area"),
    ("sessions_catalogue:own_session_new", "ld_lead_a", "area", "own_area"),
    ("sessions_catalogue:own_item_new", "ld_lead_a", "resource", "own_resource"),
    ("sessions_catalogue:own_item", "ld_lead_a", "tool", "own_tool"),
]
# Forms for something new, and a row that has the id already: of B, and of somebody else in A.
TAKEN = [
    ("accounts:person_invite", "admin_a", "membership_invited"),
    ("pathway:cohort_new", "ld_lead_a", "cohort"),
    ("pathway:enrolment_new", "ld_lead_a", "enrolment"),
    ("pathway:mentor_new", "ld_lead_a", "mentor_record"),
    ("pathway:readiness_new", "ld_lead_a", "ready_item"),
    ("pathway:cohort_for_one", "ld_lead_a", "cohort"),
    ("pathway:programme_copy", "admin_a", "programme"),
    ("pathway:milestone_new", "admin_a", "own_milestone"),
    ("observations:observation_new", "mentor_a", "observation_formerdraft"),
    ("observations:observation_record", "mentor_a", "observation_formerdraft"),
    ("portfolio:evidence_new", "other_supervisor_a", "evidence_private"),
    ("portfolio:action_new", "other_supervisor_a", "action"),
    ("portfolio:notebook", "other_supervisor_a", "note"),
    ("portfolio:comment_new", "mentor_a", "comment"),
    ("portfolio:own_export", "other_supervisor_a", "own_export"),
    ("portfolio:export_new", "admin_a", "own_export"),
    ("portfolio:export_again", "supervisor_a", "admin_export"),
    ("sessions_catalogue:worksheet_new", "other_supervisor_a", "worksheet_private"),
    ("sessions_catalogue:own_session_new", "admin_a", "adaptedsession"),
    ("sessions_catalogue:own_item_new", "admin_a", "own_item"),
    ("sessions_catalogue:resource_new", "admin_a", "own_resource"),
    ("sessions_catalogue:tool_new", "admin_a", "own_tool"),
]
# The form for one of these is fetched from an address that has the id; those that the person may see are led to.
FETCHED = [row for row in TAKEN if row[0] not in ("portfolio:comment_new", "portfolio:export_again")]
SEEN = {
    "accounts:person_invite", "pathway:cohort_new", "pathway:enrolment_new", "pathway:programme_copy",
    "pathway:milestone_new", "pathway:mentor_new", "pathway:readiness_new", "pathway:cohort_for_one",
    "sessions_catalogue:own_session_new", "sessions_catalogue:own_item_new", "sessions_catalogue:resource_new",
    "sessions_catalogue:tool_new",
}  # fmt: skip
# Of these the saved words are shown beside what was sent, to whoever keeps them together.
COMPARED = {
    "sessions_catalogue:own_session_new", "sessions_catalogue:own_item_new", "sessions_catalogue:resource_new",
    "sessions_catalogue:tool_new",
}  # fmt: skip


def _row(side, name):
    return side.people[name.removeprefix("user_")] if name.startswith("user_") else side.rows[name]


@pytest.mark.parametrize(("key", "person", "field", "name"), CHOICES)
def test_a_form_offers_only_ones_own(world, key, person, field, name):
    rule = oracle.RULES[key]
    foreign = {**world.data(rule), field: _row(world.b, name).pk}
    foreign.pop("attachments", None)  # files are kept also when a form is refused
    answer, text, changed = ask_and_count(world.clients[person], "post", world.url(key, rule), foreign)
    assert (answer.status_code, changed, leaks(text, person)) == (200, set(), [])


@pytest.mark.parametrize("mark", "ab")
@pytest.mark.parametrize(("key", "person", "name"), TAKEN)
def test_an_id_that_is_taken_opens_nothing_and_changes_nothing(world, key, person, name, mark):
    """The form is saved under another id, or refused; the row that has the id stays as it is. Who may change it sees
    it beside what they sent."""
    rule = oracle.RULES[key]
    side = {"a": world.a, "b": world.b}[mark]
    row = _row(side, name)
    client, url, data = world.clients[person], world.url(key, rule), {**world.data(rule), "id": str(row.pk)}
    with transaction.atomic():
        before = type(row).objects.filter(pk=row.pk).values().get()
        answer = client.post(url, data)
        after = type(row).objects.filter(pk=row.pk).values().get()
        landed = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
        transaction.set_rollback(True)
    assert after == before
    refused = (302, 404) if key not in COMPARED or mark == "b" else (409,)
    assert (answer.status_code in refused, landed.status_code in (200, *refused)) == (True, True)
    assert leaks(landed.content.decode(), person) == []


@pytest.mark.parametrize("mark", "ab")
@pytest.mark.parametrize(("key", "person", "name"), FETCHED)
def test_an_address_with_an_id_that_is_taken_leads_to_the_row_or_to_a_fresh_form(world, key, person, name, mark):
    rule = oracle.RULES[key]
    row, client = _row({"a": world.a, "b": world.b}[mark], name), world.clients[person]
    address = reverse(name_of(key), kwargs={part: world.id_of(value) for part, value in rule.url.items()})
    # The session, which is not counted, has the message.
    answer, text, changed = ask_and_count(client, "get", f"{address}?kept=1&id={row.pk}", None)
    path, _, query = answer.headers["Location"].partition("?")
    assert (answer.status_code, changed, leaks(text, person)) == (302, set(), [])
    if mark == "a" and key in SEEN:
        assert (path != address, query) == (True, "")
    else:
        fresh = query.removeprefix("kept=1&id=")
        assert (path, str(uuid.UUID(fresh)), fresh != str(row.pk)) == (address, fresh, True)
    landed, text, wrote = ask(client, "get", answer.headers["Location"])
    assert (landed.status_code, wrote, leaks(text, person)) == (200, False, [])


def test_a_file_that_waits_for_somebody_else_is_not_taken(world):
    rule = oracle.RULES["portfolio:evidence_new"]
    foreign = world.b.rows["file_waitingfile"]
    for person in ("supervisor_a", "other_supervisor_a"):
        for row in (foreign, world.a.rows["file_waitingfile"]):
            with transaction.atomic():
                data = {**world.data(rule), "kept": [str(row.pk)]}
                answer = world.clients[person].post(world.url("portfolio:evidence_new", rule), data)
                claimed = Attachment.objects.get(pk=row.pk).evidence_id is not None
                transaction.set_rollback(True)
            own = person == "supervisor_a" and row != foreign
            assert (answer.status_code, claimed) == (302, own)


def test_nobody_is_told_that_an_address_has_an_account_elsewhere(world):
    """The page after inviting says the same of a known and an unknown address."""
    seen = set()
    for email in ("stranger@example.org", "nobody@example.org"):
        with transaction.atomic():
            data = {**new(), "name": "New Person", "email": email}
            answer = world.clients["admin_a"].post("/organisation/people/invite/", data, follow=True)
            address = answer.redirect_chain[-1][0]
            seen.add((answer.status_code, _plain(answer.content.decode(), email, address)))
            transaction.set_rollback(True)
    assert len(seen) == 1


def _plain(text, email, address):
    """Without what differs for every invitation: address, id and the token of the form."""
    text = text.replace(email, "").replace(address.rstrip("/").rpartition("/")[2], "")
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)
