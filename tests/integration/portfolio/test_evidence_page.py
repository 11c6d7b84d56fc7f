"""One piece: who may read which version of it, and who may not."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from pathway.models import Mentoring
from portfolio.models import Comment, Evidence
from portfolio.services.comments import add_comment
from portfolio.services.evidence import Content, save_evidence
from portfolio.services.sharing import share_evidence, withdraw_evidence
from tests.factories.pathway import MentoringFactory
from tests.factories.portfolio import AttachmentFactory, EvidenceFactory, area_of, shared

EVERYBODY_ELSE = ("outsider", "line_manager", "ld_lead", "admin", "senior_leader", "panel_member")


def change(evidence, **words):
    """The writer saves again and shares nothing."""
    content = Content(**{"title": "CANARYTITLE", "body": "CANARYBODY", "happened_on": evidence.happened_on} | words)
    return save_evidence(evidence=evidence, version=evidence.version, content=content, by=evidence.enrolment.supervisor)


def replace_mentor(world):
    today = timezone.localdate()
    Mentoring.objects.filter(pk=world.mentoring.pk).update(ends_on=today)
    return MentoringFactory(enrolment=world.enrolment, starts_on=today).mentor


def page(client, evidence):
    return client.get(evidence.get_absolute_url())


def test_the_writer_reads_their_own(world, sign_in):
    evidence = EvidenceFactory(
        enrolment=world.enrolment, body="**Bold** words", areas={area_of(world.enrolment): "It fits"}
    )
    response = page(sign_in(world.supervisor), evidence)
    body = response.content.decode()
    assert response.status_code == 200
    assert "<strong>Bold</strong> words" in body
    assert "It fits" in body
    assert f"Check and share with {world.mentor.get_short_name()}" in body
    assert response.context["privacy"] == {"audience": "only_me", "mentor": world.mentor.name}
    assert response.context["form"] is None


def test_a_piece_without_an_area_leads_its_writer_to_choose_one(world, sign_in):
    evidence = shared(world.enrolment)
    evidence.mappings.all().delete()
    link = f'<a class="govuk-link" href="{reverse("portfolio:evidence_edit", args=[evidence.pk])}">Choose an area</a>'
    found = [link in page(sign_in(person), evidence).content.decode() for person in (world.supervisor, world.mentor)]
    assert found == [True, False]


def test_the_tags_lead_to_the_pieces_with_them_and_are_the_writers_alone(world, sign_in):
    evidence = shared(world.enrolment, tags=["Team day", "R&D/ünion"])
    links = re.compile(r'href="([^"]+[?]tag=[^"]+)">([^<]+)<')
    client = sign_in(world.supervisor)
    found = links.findall(page(client, evidence).content.decode())
    assert found == [
        ("/portfolio/?tag=Team%20day", "Team day"),
        ("/portfolio/?tag=R%26D%2F%C3%BCnion", "R&amp;D/ünion"),
    ]
    assert [evidence.title in client.get(url).content.decode() for url, _ in found] == [True, True]
    assert "Team day" not in page(sign_in(world.mentor), evidence).content.decode()


@pytest.mark.parametrize("person", [*EVERYBODY_ELSE, "mentor"])
def test_only_me_is_only_me(world, sign_in, person):
    evidence = EvidenceFactory(enrolment=world.enrolment)
    assert page(sign_in(getattr(world, person)), evidence).status_code == 404


@pytest.mark.parametrize("audience", ["mentor", "portfolio"])
@pytest.mark.parametrize("person", EVERYBODY_ELSE)
def test_what_is_shared_is_still_closed_to_everybody_else(world, sign_in, person, audience):
    evidence = shared(world.enrolment, audience=audience)
    assert page(sign_in(getattr(world, person)), evidence).status_code == 404
    for mirror in (world.other.supervisor, world.other.mentor, world.other.admin):
        assert page(sign_in(mirror), evidence).status_code == 404


@pytest.mark.parametrize("audience", ["mentor", "portfolio"])
def test_the_mentor_reads_what_was_opened_to_them(world, sign_in, audience):
    evidence = shared(world.enrolment, audience=audience, title="Opened", body="Opened words")
    response = page(sign_in(world.mentor), evidence)
    body = response.content.decode()
    assert "Opened words" in body
    assert response.context["privacy"] == {"audience": audience, "owner": world.supervisor.name}
    assert "Take it back" not in body
    assert "Versions" not in body


def test_a_reader_sees_nothing_written_before_or_after_sharing(world, sign_in):
    evidence = EvidenceFactory(enrolment=world.enrolment, title="CANARYOLD", body="CANARYOLD")
    evidence = change(evidence, title="Shown", body="Shown words")
    share_evidence(
        evidence=evidence,
        audience="mentor",
        version=2,
        nobody_recognisable=True,
        rationales={},
        by=world.supervisor,
        shown=world.mentor.pk,
    )
    evidence = change(evidence, areas={area_of(world.enrolment, 3).pk: "CANARYREASON"})
    AttachmentFactory(evidence=evidence, name="CANARY.txt")
    response = page(sign_in(world.mentor), evidence)
    body = response.content.decode()
    assert "Shown words" in body
    assert "CANARY" not in body
    assert [version.number for version in evidence.versions.all()] == [1, 2, 3, 4]
    own = page(sign_in(world.supervisor), evidence).content.decode()
    assert "You have changed it since you shared it" in own
    listed = sign_in(world.mentor).get(reverse("portfolio:mentee_evidence", args=[world.enrolment.pk]))
    assert "Shown" in listed.content.decode()
    assert "CANARY" not in listed.content.decode()


def test_nothing_is_readable_after_it_was_taken_back(world, sign_in):
    evidence = shared(world.enrolment, title="CANARYTITLE")
    first = add_comment(pk=evidence.pk, evidence=evidence, text="My own", passage="CANARYTITLE", by=world.mentor)
    add_comment(pk=uuid.uuid4(), evidence=evidence, text="CANARYANSWER", parent=first, by=world.supervisor)
    client = sign_in(world.mentor)
    assert page(client, evidence).status_code == 200
    withdraw_evidence(evidence=evidence, by=world.supervisor)
    assert page(client, evidence).status_code == 404
    assert list(Comment.objects.visible_to(world.mentor)) == [first]
    listed = client.get(reverse("portfolio:mentee_evidence", args=[world.enrolment.pk])).content.decode()
    assert "CANARY" not in listed


def test_a_former_mentor_keeps_nothing_and_a_new_one_gets_nothing(world, sign_in):
    evidence = shared(world.enrolment)
    new = replace_mentor(world)
    assert page(sign_in(world.mentor), evidence).status_code == 404
    assert page(sign_in(new), evidence).status_code == 404
    response = page(sign_in(world.supervisor), evidence)
    assert response.context["privacy"]["text"] == f"Only you: {world.mentor.name} is no longer your mentor"


def test_a_new_mentor_does_not_read_the_talk_with_the_old_one(world, sign_in):
    evidence = shared(world.enrolment, audience="portfolio")
    add_comment(pk=evidence.pk, evidence=evidence, text="CANARYCOMMENT", by=world.mentor)
    new = replace_mentor(world)
    sign_in(world.supervisor).post(reverse("portfolio:evidence_open_all"), {"shown": new.pk})
    body = page(sign_in(new), evidence)
    assert body.status_code == 200
    assert "CANARY" not in body.content.decode()
    assert "CANARYCOMMENT" in page(sign_in(world.supervisor), evidence).content.decode()


def test_a_mentor_whose_membership_ended_reads_nothing(world, sign_in):
    evidence = shared(world.enrolment)
    world.mentor.memberships.update(ends_on=timezone.localdate())
    assert page(sign_in(world.mentor), evidence).status_code in (403, 404)
    assert not Evidence.objects.visible_to(world.mentor).exists()


def test_a_thrown_away_piece_is_closed_to_the_mentor(world, sign_in):
    evidence = shared(world.enrolment)
    Evidence.objects.filter(pk=evidence.pk).update(discarded_at=timezone.now())
    assert page(sign_in(world.mentor), evidence).status_code == 404
    assert page(sign_in(world.supervisor), evidence).status_code == 200


def test_old_versions_are_for_the_writer(world, sign_in):
    evidence = change(shared(world.enrolment, body="The first words"))
    url = reverse("portfolio:evidence_version", args=[evidence.pk, 1])
    response = sign_in(world.supervisor).get(url)
    assert (response.status_code, response.context["piece"].body) == (200, "The first words")
    for person in ("mentor", *EVERYBODY_ELSE):
        for number in (1, 2, 3):
            url = reverse("portfolio:evidence_version", args=[evidence.pk, number])
            assert sign_in(getattr(world, person)).get(url).status_code == 404
    other = EvidenceFactory(enrolment=world.enrolment)
    assert sign_in(world.supervisor).get(reverse("portfolio:evidence_version", args=[other.pk, 2])).status_code == 404


def test_more_than_three_areas_get_a_quiet_word(world, sign_in):
    areas = {area_of(world.enrolment, number): "" for number in range(1, 5)}
    client = sign_in(world.supervisor)
    many = EvidenceFactory(enrolment=world.enrolment, areas=areas)
    few = EvidenceFactory(enrolment=world.enrolment, areas=dict(list(areas.items())[:3]))
    assert page(client, many).context["too_many_areas"] is True
    assert page(client, few).context["too_many_areas"] is False


def test_both_talk_about_the_piece(world, sign_in):
    evidence = shared(world.enrolment)
    url = reverse("portfolio:comment_new", args=[evidence.pk])
    mentor, writer = sign_in(world.mentor), sign_in(world.supervisor)
    form = mentor.get(evidence.get_absolute_url()).context["form"]
    data = {"id": str(form.initial["id"]), "text": "What did you notice?\r\nAnd then?"}
    assert mentor.post(url, data).status_code == 302
    assert mentor.post(url, data).status_code == 302
    comment = Comment.objects.get()
    assert (comment.text, comment.author, comment.version) == (
        "What did you notice?\nAnd then?", world.mentor, evidence.shared_version,
    )  # fmt: skip
    writer.post(url, {"text": "A pause"})
    for client in (mentor, writer):
        threads = page(client, evidence).context["threads"]
        assert [thread.comment.text for thread in threads] == [comment.text, "A pause"]


def test_the_same_words_from_a_form_fetched_anew_are_one_comment(world, sign_in):
    evidence = shared(world.enrolment)
    url = reverse("portfolio:comment_new", args=[evidence.pk])
    mentor, writer = sign_in(world.mentor), sign_in(world.supervisor)

    def send(client, text, **more):
        assert client.post(url, {"id": str(uuid.uuid4()), "text": text} | more).status_code == 302
        return Comment.objects.count()

    assert [send(mentor, "Well done"), send(mentor, "Well done")] == [1, 1]
    assert [send(writer, "Well done"), send(mentor, "Well done indeed")] == [2, 3]  # another person, other words
    Comment.objects.update(created_at=timezone.now() - dt.timedelta(minutes=11))
    assert [send(mentor, "Well done"), send(mentor, "Well done")] == [4, 4]
    Evidence.objects.filter(pk=evidence.pk).update(shared_version=change(evidence).versions.order_by("number").last())
    assert send(mentor, "Well done") == 5  # about another text


def test_other_words_from_the_same_form_are_not_lost(world, sign_in):
    evidence = shared(world.enrolment)
    url = reverse("portfolio:comment_new", args=[evidence.pk])
    client, ident = sign_in(world.mentor), str(uuid.uuid4())
    for text in ("First", "Second", "First"):
        client.post(url, {"id": ident, "text": text})
    assert [comment.text for comment in Comment.objects.order_by("created_at")] == ["First", "Second"]


def test_an_empty_comment_is_answered_in_words(world, sign_in):
    evidence = shared(world.enrolment)
    url = reverse("portfolio:comment_new", args=[evidence.pk])
    response = sign_in(world.mentor).post(url, {"text": " \n "})
    assert response.context["form"].errors == {"text": ["Write your comment"]}
    assert "<title>Error:" in response.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("person", EVERYBODY_ELSE)
def test_nobody_else_comments(world, sign_in, person):
    evidence = shared(world.enrolment, audience="portfolio")
    url = reverse("portfolio:comment_new", args=[evidence.pk])
    assert sign_in(getattr(world, person)).post(url, {"text": "Hello"}).status_code == 404
    assert not Comment.objects.exists()


def test_there_is_nobody_to_talk_to_about_a_private_piece(world, sign_in):
    evidence = EvidenceFactory(enrolment=world.enrolment)
    response = sign_in(world.supervisor).post(
        reverse("portfolio:comment_new", args=[evidence.pk]), {"text": "To nobody"}
    )
    assert response.status_code == 200
    assert not Comment.objects.exists()


def test_the_id_of_another_comment_is_not_found(world, sign_in):
    here, there = shared(world.enrolment), shared(world.other.enrolment)
    add_comment(pk=there.pk, evidence=there, text="Theirs", by=world.other.mentor)
    url = reverse("portfolio:comment_new", args=[here.pk])
    assert sign_in(world.mentor).post(url, {"id": str(there.pk), "text": "Mine"}).status_code == 404
    assert [comment.text for comment in Comment.objects.all()] == ["Theirs"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_is_in_it(world, sign_in, django_assert_num_queries, count):
    areas = {area_of(world.enrolment, number): "why" for number in range(1, count + 1)}
    evidence = shared(world.enrolment, areas=areas)
    for number in range(count):
        ident = AttachmentFactory(evidence=evidence).pk
        AttachmentFactory(evidence=evidence)
        add_comment(pk=ident, evidence=evidence, text=f"Words {number}", by=world.mentor)
    writer, mentor = sign_in(world.supervisor), sign_in(world.mentor)
    for client in (writer, mentor):
        client.get("/account/")
    with django_assert_num_queries(13):
        page(writer, evidence)
    with django_assert_num_queries(11):
        page(mentor, evidence)
