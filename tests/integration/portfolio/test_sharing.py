"""Opening a piece, taking it back, throwing it away: who may, and what it changes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import Mentoring
from portfolio.models import Evidence, EvidenceVersion
from portfolio.services.comments import add_comment
from portfolio.services.sharing import NotReady, ask_feedback, share_evidence
from pqs_portal.demo.shown import shown_mentor
from tests.factories.pathway import MentoringFactory
from tests.factories.portfolio import EvidenceFactory, area_of, shared

DENIED = ("outsider", "line_manager", "ld_lead", "admin", "senior_leader", "panel_member")


def url(name, evidence):
    return reverse(f"portfolio:{name}", args=[evidence.pk])


def ticked(evidence, audience="mentor", **changes):
    said = {"version": evidence.version, "audience": audience, "nobody_recognisable": "on"}
    return said | {"shown": shown_mentor(evidence.enrolment) or ""} | changes


def new_mentor(enrolment):
    """Instead of whoever it was, from today."""
    today = timezone.localdate()
    enrolment.mentorings.update(ends_on=today)
    return MentoringFactory(enrolment=enrolment, starts_on=today).mentor


def test_sharing_by_name(world, sign_in):
    evidence = EvidenceFactory(enrolment=world.enrolment)
    client = sign_in(world.supervisor)
    assert client.get(url("evidence_share", evidence) + "?with=mentor").context["form"]["audience"].value() == "mentor"
    assert client.post(url("evidence_share", evidence), ticked(evidence)).status_code == 302
    evidence.refresh_from_db()
    assert (evidence.audience, evidence.shared_with, evidence.version) == ("mentor", world.mentor, 2)
    assert evidence.nobody_recognisable_at is not None
    version = evidence.shared_version
    assert (version.number, version.audience, version.shared_with) == (2, "mentor", world.mentor)
    row = AuditEvent.objects.get(verb="shared evidence")
    assert (row.from_status, row.to_status, row.target_id) == ("only_me", "mentor", evidence.pk)


def test_the_tick_is_needed(world, sign_in):
    evidence = EvidenceFactory(enrolment=world.enrolment)
    data = ticked(evidence)
    del data["nobody_recognisable"]
    response = sign_in(world.supervisor).post(url("evidence_share", evidence), data)
    assert response.context["form"].errors == {
        "nobody_recognisable": ["Check that nobody can be recognised, then tick the box"]
    }
    assert "<title>Error:" in response.content.decode()
    evidence.refresh_from_db()
    assert (evidence.audience, evidence.version) == ("only_me", 1)


def test_the_portfolio_wants_a_reason_for_each_area(world, sign_in):
    first, second = area_of(world.enrolment, 1), area_of(world.enrolment, 2)
    evidence = EvidenceFactory(enrolment=world.enrolment, areas={first: "It fits", second: ""})
    client = sign_in(world.supervisor)
    data = ticked(evidence, "portfolio", why_1="It fits well", why_2=" ")
    response = client.post(url("evidence_share", evidence), data)
    assert response.context["form"].errors == {"why_2": ["Say in one line why it fits area 2"]}
    assert 'value="It fits well"' in response.content.decode()
    client.post(url("evidence_share", evidence), data | {"why_2": "So does it"})
    evidence.refresh_from_db()
    assert (evidence.audience, evidence.shared_with) == ("portfolio", world.mentor)
    assert [row["rationale"] for row in evidence.shared_version.mappings] == ["It fits well", "So does it"]
    assert list(evidence.mappings.values_list("rationale", flat=True)) == ["It fits well", "So does it"]


def test_the_portfolio_wants_an_area(world, sign_in):
    evidence = EvidenceFactory(enrolment=world.enrolment)
    response = sign_in(world.supervisor).post(url("evidence_share", evidence), ticked(evidence, "portfolio"))
    assert list(response.context["form"].errors) == ["audience"]
    with pytest.raises(NotReady):
        share_evidence(
            evidence=evidence, audience="portfolio", version=1, nobody_recognisable=True, rationales={},
            by=world.supervisor, shown=world.mentor.pk,
        )  # fmt: skip
    evidence.refresh_from_db()
    assert (evidence.audience, evidence.version) == ("only_me", 1)


def test_without_a_mentor_only_the_portfolio_is_offered(world, sign_in):
    Mentoring.objects.update(ends_on=timezone.localdate())
    evidence = EvidenceFactory(enrolment=world.enrolment, areas={area_of(world.enrolment): "It fits"})
    client = sign_in(world.supervisor)
    response = client.post(url("evidence_share", evidence), ticked(evidence, why_1="It fits"))
    assert response.context["form"].errors == {"audience": ["Choose who can read it"]}
    client.post(url("evidence_share", evidence), ticked(evidence, "portfolio", why_1="It fits"))
    evidence.refresh_from_db()
    assert (evidence.audience, evidence.shared_with) == ("portfolio", None)


def test_sharing_an_older_text_than_is_saved_shares_nothing(world, sign_in):
    evidence = EvidenceFactory(enrolment=world.enrolment, body="The newer words")
    Evidence.objects.update(version=5)
    response = sign_in(world.supervisor).post(url("evidence_share", evidence), ticked(evidence))
    assert response.status_code == 409
    assert "The newer words" in response.content.decode()
    assert response.context["form"]["version"].value() == "5"
    evidence.refresh_from_db()
    assert (evidence.audience, evidence.version) == ("only_me", 5)


@pytest.mark.parametrize("audience", ["mentor", "portfolio"])
@pytest.mark.parametrize("named", [True, False])
def test_it_opens_to_the_mentor_that_the_page_named(world, sign_in, audience, named):
    evidence = EvidenceFactory(enrolment=world.enrolment, areas={area_of(world.enrolment): ""})
    client, address = sign_in(world.supervisor), url("evidence_share", evidence)
    shown = client.get(address).context["form"]["shown"].value()
    assert shown == str(world.mentor.pk)
    data = ticked(evidence, audience, why_1="Typed here", shown=shown if named else "")
    new = new_mentor(world.enrolment)
    response = client.post(address, data)
    body = response.content.decode()
    assert "Your mentor has changed. Look again who will read it" in body
    assert f"{new.name}, your mentor" in body
    assert "Typed here" in body
    evidence.refresh_from_db()
    assert (evidence.audience, evidence.version) == ("only_me", 1)
    assert response.context["form"]["shown"].value() == str(new.pk)
    client.post(address, data | {"shown": new.pk})
    evidence.refresh_from_db()
    assert (evidence.audience, evidence.shared_with) == (audience, new)


def test_taking_back(world, sign_in):
    evidence = shared(world.enrolment)
    client = sign_in(world.supervisor)
    assert client.get(url("evidence_withdraw", evidence)).status_code == 200
    evidence.refresh_from_db()
    assert evidence.audience == "mentor"
    client.post(url("evidence_withdraw", evidence))
    evidence.refresh_from_db()
    assert (evidence.audience, evidence.shared_with, evidence.shared_version) == ("only_me", None, None)
    assert EvidenceVersion.objects.count() == 2


def test_throwing_away_and_bringing_back(world, sign_in):
    evidence = shared(world.enrolment)
    client = sign_in(world.supervisor)
    assert client.get(url("evidence_discard", evidence)).status_code == 200
    response = client.post(url("evidence_discard", evidence))
    assert response.url == reverse("portfolio:evidence_list")
    evidence.refresh_from_db()
    assert (evidence.discarded_by, evidence.audience) == (world.supervisor, "only_me")
    assert evidence.title in client.get(reverse("portfolio:evidence_bin")).content.decode()
    assert evidence.title not in client.get(reverse("portfolio:evidence_list"), {"show": "only_me"}).content.decode()
    assert client.post(url("evidence_edit", evidence), {}).status_code == 404
    assert client.post(url("evidence_share", evidence), ticked(evidence)).status_code == 404
    client.post(url("evidence_restore", evidence))
    evidence.refresh_from_db()
    assert (evidence.discarded_at, evidence.discarded_by, evidence.audience) == (None, None, "only_me")


def test_asking_for_feedback(world, sign_in):
    evidence = shared(world.enrolment)
    client = sign_in(world.supervisor)
    client.post(url("feedback_ask", evidence))
    evidence.refresh_from_db()
    first = evidence.feedback_asked_at
    assert first is not None
    client.post(url("feedback_ask", evidence))
    evidence.refresh_from_db()
    assert evidence.feedback_asked_at == first
    assert "asked for your feedback today" in sign_in(world.mentor).get(evidence.get_absolute_url()).content.decode()
    add_comment(pk=evidence.pk, evidence=evidence, text="My word", by=world.mentor)
    evidence.refresh_from_db()
    assert evidence.feedback_asked_at is None


def test_feedback_cannot_be_asked_of_nobody(world, sign_in):
    evidence = EvidenceFactory(enrolment=world.enrolment)
    sign_in(world.supervisor).post(url("feedback_ask", evidence))
    with pytest.raises(NotReady):
        ask_feedback(evidence=evidence, by=world.supervisor)
    evidence.refresh_from_db()
    assert evidence.feedback_asked_at is None


def test_opening_the_portfolio_to_a_new_mentor(world, sign_in):
    private, with_mentor = EvidenceFactory(enrolment=world.enrolment), shared(world.enrolment)
    piece = shared(world.enrolment, audience="portfolio", body="As in the portfolio")
    Evidence.objects.filter(pk=piece.pk).update(body="CANARY unshared")
    new = new_mentor(world.enrolment)
    client, open_all = sign_in(world.supervisor), reverse("portfolio:evidence_open_all")
    assert "Open your portfolio to" in client.get(reverse("portfolio:evidence_list")).content.decode()
    body = client.get(open_all).content.decode()
    assert f'name="shown" value="{new.pk}"' in body
    assert not Evidence.objects.visible_to(new).exists()
    for stranger in ({}, {"shown": world.mentor.pk}, {"shown": "nobody"}):
        answer = client.post(open_all, stranger, follow=True)
        assert "Your mentor has changed" in answer.content.decode()
        assert f"Open your portfolio to {new}?" in answer.content.decode()
    assert not Evidence.objects.visible_to(new).exists()
    client.post(open_all, {"shown": new.pk})
    assert list(Evidence.objects.visible_to(new)) == [piece]
    body = sign_in(new).get(piece.get_absolute_url()).content.decode()
    assert "As in the portfolio" in body
    assert "CANARY" not in body
    piece.refresh_from_db()
    assert (piece.version, piece.shared_version.number, piece.body) == (3, 3, "CANARY unshared")
    client.post(open_all, {"shown": new.pk})
    piece.refresh_from_db()
    assert piece.version == 3
    assert {row.audience for row in (private, with_mentor)} == {"only_me", "mentor"}


ACTIONS = ("evidence_share", "evidence_withdraw", "evidence_discard", "feedback_ask")


@pytest.mark.parametrize("name", ACTIONS)
def test_nobody_else_may(world, sign_in, name):
    evidence = shared(world.enrolment, audience="portfolio")
    before = Evidence.objects.values().get()
    for person in DENIED:
        assert sign_in(getattr(world, person)).post(url(name, evidence), ticked(evidence)).status_code == 404
    assert sign_in(world.mentor).post(url(name, evidence), ticked(evidence)).status_code == 403
    assert Evidence.objects.values().get() == before


def test_nobody_else_restores(world, sign_in):
    evidence = EvidenceFactory(enrolment=world.enrolment, discarded_at=timezone.now())
    for person in (*DENIED, "mentor"):
        assert sign_in(getattr(world, person)).post(url("evidence_restore", evidence)).status_code == 404
    evidence.refresh_from_db()
    assert evidence.discarded_at is not None


@pytest.mark.parametrize("person", [*DENIED, "mentor"])
def test_own_pages_are_for_people_on_the_pathway(world, sign_in, person):
    client = sign_in(getattr(world, person))
    for name in ("evidence_list", "evidence_bin", "evidence_open_all"):
        assert client.get(reverse(f"portfolio:{name}")).status_code == 404
