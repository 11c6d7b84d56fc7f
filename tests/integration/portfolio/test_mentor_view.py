"""Two views of one practice: neither is read before both are there, unless the mentor says so."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from pathway.timeline import all_events
from portfolio.drafts.self_assessment import target_of
from portfolio.models import MentorView, SelfAssessment, SelfAssessmentVersion
from tests.factories.portfolio import assessed, opened, shared, viewed
from tests.integration.portfolio.test_comments import keep

LIST = reverse("portfolio:self_assessment_list")


def url(enrolment, page, point="start"):
    return reverse(f"portfolio:{page}", args=[enrolment.pk, *([point] if page != "mentee_self_assessments" else [])])


def read_by_mentor(client, enrolment):
    return client.get(url(enrolment, "mentee_self_assessment"))


def read_by_writer(client, enrolment):
    return client.get(reverse("portfolio:self_assessment", args=[enrolment.pk, "start"])).content.decode()


def test_given_first_it_opens_when_the_writer_shares(world, sign_in, areas):
    mentor, writer = sign_in(world.mentor), sign_in(world.supervisor)
    address = url(world.enrolment, "mentor_view")
    draft = {"revision": 0, "level_1": "3", "why_1": "MENTORS WORDS"}
    assert mentor.post(address, draft).url == url(world.enrolment, "mentee_self_assessments")
    row = MentorView.objects.get()
    assert (row.given_at, row.revision) == (None, 1)
    mentor.post(address, {**draft, "revision": 1, "done": ""})
    row.refresh_from_db()
    assert row.given_at is not None
    mine = assessed(world.enrolment, {areas[0]: 2}, why="WRITERS WORDS")
    assert "MENTORS WORDS" not in read_by_writer(writer, world.enrolment)
    assert read_by_mentor(mentor, world.enrolment).status_code == 404
    assert "WRITERS WORDS" not in mentor.get(address).content.decode()
    opened(mine)
    assert "MENTORS WORDS" in read_by_writer(writer, world.enrolment)
    both = read_by_mentor(mentor, world.enrolment).content.decode()
    assert "WRITERS WORDS" in both
    assert "MENTORS WORDS" in both
    assert "before writing theirs" not in read_by_writer(writer, world.enrolment)


def test_shared_first_it_opens_when_the_mentor_gives_theirs(world, sign_in, areas):
    mentor, writer = sign_in(world.mentor), sign_in(world.supervisor)
    opened(assessed(world.enrolment, {areas[0]: 2}, why="WRITERS WORDS"))
    address = url(world.enrolment, "mentor_view")
    waiting = mentor.get(address)
    assert waiting.context["is_waiting"]
    assert "WRITERS WORDS" not in waiting.content.decode()
    assert read_by_mentor(mentor, world.enrolment).status_code == 404
    mentor.post(address, {"revision": 0, "level_1": "4", "why_1": "A DRAFT"})
    assert read_by_mentor(mentor, world.enrolment).status_code == 404
    assert "A DRAFT" not in read_by_writer(writer, world.enrolment)
    given = mentor.post(address, {"revision": 1, "level_1": "4", "why_1": "GIVEN", "done": ""})
    assert given.url == url(world.enrolment, "mentee_self_assessment")
    assert "WRITERS WORDS" in read_by_mentor(mentor, world.enrolment).content.decode()
    assert "GIVEN" in read_by_writer(writer, world.enrolment)


def test_looking_first_is_said(world, sign_in, areas):
    mentor, writer = sign_in(world.mentor), sign_in(world.supervisor)
    look = url(world.enrolment, "mentor_view_look")
    assert mentor.post(look).status_code == 404  # nothing is shared
    assert not MentorView.objects.exists()
    opened(assessed(world.enrolment, {areas[0]: 2}, why="WRITERS WORDS"))
    for _ in range(2):
        assert mentor.post(look).url == url(world.enrolment, "mentee_self_assessment")
    assert "WRITERS WORDS" in read_by_mentor(mentor, world.enrolment).content.decode()
    assert "view stands" not in writer.get(LIST).content.decode()
    viewed(world.enrolment, world.mentor, {areas[0]: 4}, why="GIVEN")
    assert "before writing theirs" in read_by_writer(writer, world.enrolment)


def test_once_both_are_open_both_stay(world, sign_in, areas):
    viewed(world.enrolment, world.mentor, {areas[0]: 4})
    mine = opened(assessed(world.enrolment, {areas[0]: 2}))
    writer, mentor = sign_in(world.supervisor), sign_in(world.mentor)
    answer = writer.post(reverse("portfolio:self_assessment_reopen", args=[world.enrolment.pk, "start"]), follow=True)
    assert "stays as it was" in answer.content.decode()
    address = url(world.enrolment, "mentor_view")
    assert mentor.get(address).url == url(world.enrolment, "mentee_self_assessment")
    refused = mentor.post(address, {"revision": 1, "level_1": "5"})
    assert refused.context["form"].errors == {"__all__": ["Both views are open, so yours stays as it was"]}
    mine.refresh_from_db()
    assert (mine.status, MentorView.objects.get().ratings[0]["level"]) == ("done", 4)


def test_what_the_mentor_types_on_after_both_are_open_is_kept_for_them_alone(world, sign_in, areas):
    view = viewed(world.enrolment, world.mentor, {areas[0]: 4})
    mentor, target = sign_in(world.mentor), target_of("mentor_view", world.enrolment.pk, "start")
    revision = keep(mentor, world.mentor, "mentor_view", target, level_1="5", why_1="Half").json()["revision"]
    opened(assessed(world.enrolment, {areas[0]: 2}))
    late = keep(mentor, world.mentor, "mentor_view", target, revision, level_1="5", why_1="Half of it")
    assert (late.status_code, MentorView.objects.get().ratings) == (200, view.ratings)
    page = read_by_mentor(mentor, world.enrolment)
    kept = [one.text for one in page.context["own_words"].kept]
    assert kept == [f"Area 1: {view.words[4]}. Half of it"]
    address = reverse("accounts:draft_discard", args=["mentor_view", target])
    assert f'href="{address}"' in page.content.decode()
    assert "Half of it" not in read_by_writer(sign_in(world.supervisor), world.enrolment)
    for person in (world.supervisor, world.admin, world.other.mentor):
        assert sign_in(person).get(address).status_code == 404
    gone = mentor.post(address, {"draft_revision": late.json()["revision"]})
    assert gone.url == f"{url(world.enrolment, 'mentee_self_assessment')}#own-words"
    assert read_by_mentor(mentor, world.enrolment).context["own_words"].kept == []


def test_save_draft_of_a_view_that_is_open_by_now_keeps_it(world, sign_in, areas):
    viewed(world.enrolment, world.mentor, {areas[0]: 4})
    opened(assessed(world.enrolment, {areas[0]: 2}))
    mentor, target = sign_in(world.mentor), target_of("mentor_view", world.enrolment.pk, "start")
    answer = mentor.post(reverse("accounts:draft", args=["mentor_view", target]), {"why_1": "Late words"}, follow=True)
    assert answer.redirect_chain[0][0] == f"{url(world.enrolment, 'mentee_self_assessment')}#own-words"
    assert "Area 1: Late words" in answer.content.decode()


def test_taken_back_the_mentor_reads_it_no_more_nor_what_is_written_after(world, sign_in, areas):
    mine = opened(assessed(world.enrolment, {areas[0]: 2}, why="WRITERS WORDS"))
    mentor = sign_in(world.mentor)
    mentor.post(url(world.enrolment, "mentor_view_look"))
    assert "WRITERS WORDS" in read_by_mentor(mentor, world.enrolment).content.decode()
    client = sign_in(world.supervisor)
    edit = reverse("portfolio:self_assessment_edit", args=[world.enrolment.pk, "start"])
    client.post(reverse("portfolio:self_assessment_reopen", args=[world.enrolment.pk, "start"]))
    client.post(edit, {"revision": mine.revision, "level_1": "1", "why_1": "TYPED LATER"})
    body = read_by_mentor(mentor, world.enrolment).content.decode()
    assert "TYPED LATER" not in body
    assert "WRITERS WORDS" in body
    opened(SelfAssessment.objects.get(), to_mentor=False)
    assert read_by_mentor(mentor, world.enrolment).status_code == 404


def test_taken_back_the_mentor_still_reads_their_own_view_and_nothing_beside(world, sign_in, areas):
    viewed(world.enrolment, world.mentor, {areas[0]: 4}, why="MENTORS WORDS")
    row = opened(assessed(world.enrolment, {areas[0]: 2}, why="WRITERS WORDS"))
    opened(row, to_mentor=False)
    mentor = sign_in(world.mentor)
    page = mentor.get(url(world.enrolment, "mentor_view"), follow=True)
    body = page.content.decode()
    assert (page.status_code, "MENTORS WORDS" in body, "WRITERS WORDS" in body) == (200, True, False)
    assert ("is closed to you now" in body, page.context["rows"][0].beside) == (True, None)
    assert "Read your view" in mentor.get(url(world.enrolment, "mentee_self_assessments")).content.decode()
    opened(SelfAssessment.objects.get())
    body = read_by_mentor(mentor, world.enrolment).content.decode()
    assert ("MENTORS WORDS" in body, "WRITERS WORDS" in body, "closed to you" in body) == (True, True, False)


def test_a_version_taken_back_stays_closed_to_its_reader(world, sign_in, areas):
    row = opened(assessed(world.enrolment, {areas[0]: 2}))
    viewed(world.enrolment, world.mentor, {areas[0]: 3})
    first = row.shared_version
    row = opened(opened(row, to_mentor=False))
    assert list(SelfAssessmentVersion.objects.visible_to(world.mentor)) == [row.shared_version]
    SelfAssessment.objects.update(shared_version=first)  # whatever the row says
    assert not SelfAssessmentVersion.objects.visible_to(world.mentor).exists()
    body = read_by_mentor(sign_in(world.mentor), world.enrolment).content.decode()
    assert not re.search(r"[Vv]ersion \d", body)


def test_linked_evidence_shows_to_whoever_can_read_the_piece(world, sign_in, areas):
    open_piece = shared(world.enrolment, title="OPEN PIECE")
    mine = assessed(world.enrolment, {areas[0]: 2}, evidence=[open_piece.pk])
    private = shared(world.enrolment, title="PRIVATE PIECE")
    type(private).objects.filter(pk=private.pk).update(audience="only_me", shared_with=None, shared_version=None)
    rating = mine.ratings.get()
    rating.evidence.add(private)
    opened(mine)
    viewed(world.enrolment, world.mentor, {areas[0]: 2})
    body = read_by_mentor(sign_in(world.mentor), world.enrolment).content.decode()
    assert "OPEN PIECE" in body
    assert "PRIVATE PIECE" not in body
    assert "PRIVATE PIECE" in read_by_writer(sign_in(world.supervisor), world.enrolment)


def test_a_former_mentor_keeps_nothing_and_the_writer_keeps_their_view(world, sign_in, areas):
    viewed(world.enrolment, world.mentor, {areas[0]: 4}, why="GIVEN")
    opened(assessed(world.enrolment, {areas[0]: 2}))
    type(world.mentoring).objects.filter(pk=world.mentoring.pk).update(ends_on=timezone.localdate())
    mentor = sign_in(world.mentor)
    pages = ("mentee_self_assessments", "mentor_view", "mentee_self_assessment")
    assert [mentor.get(url(world.enrolment, page)).status_code for page in pages] == [404] * 3
    assert "GIVEN" in read_by_writer(sign_in(world.supervisor), world.enrolment)


def test_each_hears_of_the_other_without_a_word_of_it(world, areas):
    began = timezone.now()
    viewed(world.enrolment, world.mentor, {areas[0]: 4}, why="GIVEN")
    mine = assessed(world.enrolment, {areas[0]: 2}, why="MINE")
    assert [event.kind for event in all_events(began) if "self" in event.kind or "view" in event.kind] == []
    opened(mine)
    heard = {event.kind: (event.recipient_id, event.title) for event in all_events(began)}
    assert heard["self_assessment_shared"] == (
        world.mentor.pk,
        f"{world.supervisor.name} shared a self-assessment with you",
    )
    assert heard["mentor_view_opened"][0] == world.supervisor.pk


@pytest.mark.parametrize(
    "person", ["supervisor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"]
)
def test_nobody_else_is_beside(world, sign_in, areas, person):
    viewed(world.enrolment, world.mentor, {areas[0]: 4})
    opened(assessed(world.enrolment, {areas[0]: 2}))
    client = sign_in(getattr(world, person))
    pages = ("mentee_self_assessments", "mentor_view", "mentee_self_assessment")
    assert [client.get(url(world.enrolment, page)).status_code for page in pages] == [404] * 3
    assert client.post(url(world.enrolment, "mentor_view"), {"revision": 0, "level_1": "1"}).status_code == 404
    assert client.post(url(world.enrolment, "mentor_view_look")).status_code == 404
    assert MentorView.objects.get().ratings[0]["level"] == 4


def test_an_empty_view_is_not_given(world, sign_in, areas):
    answer = sign_in(world.mentor).post(url(world.enrolment, "mentor_view"), {"revision": 0, "done": ""})
    assert "before you give your view" in str(answer.context["form"].errors)
    assert not MentorView.objects.filter(given_at__isnull=False).exists()


def test_two_windows_of_the_mentor(world, sign_in, areas):
    client, address = sign_in(world.mentor), url(world.enrolment, "mentor_view")
    for _ in range(2):
        assert client.post(address, {"revision": 0, "level_1": "1"}).status_code == 302
    answer = client.post(address, {"revision": 0, "level_1": "2"})
    assert (answer.status_code, MentorView.objects.get().ratings[0]["level"]) == (409, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_much(world, sign_in, areas, django_assert_num_queries, count):
    for point in ("start", "middle", "end")[:count]:
        piece = shared(world.enrolment, title=point)
        viewed(world.enrolment, world.mentor, dict.fromkeys(areas[:count], 2), point=point)
        opened(assessed(world.enrolment, dict.fromkeys(areas[:count], 2), point=point, evidence=[piece.pk]))
    client = sign_in(world.mentor)
    client.get("/account/")
    with django_assert_num_queries(14):
        client.get(url(world.enrolment, "mentee_self_assessments"))
    with django_assert_num_queries(13):
        client.get(url(world.enrolment, "mentee_self_assessment"))


def test_a_view_is_looked_through_before_it_is_given(world, sign_in, areas):
    world.supervisor.name = "Adaeze Okonjo"
    world.supervisor.save()
    client, edit = sign_in(world.mentor), url(world.enrolment, "mentor_view")
    typed = {"level_1": "3", "why_1": "Adaeze Okonjo spoke well of Margaret Okonkwo.", "why_2": "A plan."}
    # For oneself anything may be saved.
    assert client.post(edit, typed | {"revision": 0}).status_code == 302
    page = client.post(edit, typed | {"revision": 1, "done": ""})
    (row,) = page.context["words"].open_items
    form = page.context["form"]
    assert (page.status_code, row.item.words, form["why_1"].value()) == (200, ["Margaret Okonkwo"], typed["why_1"])
    assert MentorView.objects.get().given_at is None
    page = client.post(edit, typed | {"revision": 1, "words_do": f"use:{row.token}:Worker B"})
    html, typed["why_1"] = page.content.decode(), page.context["form"]["why_1"].value()
    assert (typed["why_1"], page.context["words"].count) == ("Adaeze Okonjo spoke well of Worker B.", 0)
    assert (html.count('id="words-found"'), html.count('id="check-and-share"')) == (1, 1)
    # The button stands by the check too, which is far above the end of the form.
    assert ("Your view is not given yet." in html, html.count("Save, and give my view")) == (True, 2)
    assert client.post(edit, typed | {"revision": 1, "done": ""}).status_code == 302
    assert MentorView.objects.get().ratings[0]["why"] == typed["why_1"]


def test_words_are_looked_at_when_it_is_given_not_when_it_is_saved_for_oneself(world, sign_in, areas):
    client, address = sign_in(world.mentor), url(world.enrolment, "mentor_view")
    wrong = {"revision": 0, "level_1": "99", "why_1": "I know Margaret Okonkwo"}
    saved = client.post(address, wrong)
    assert (saved.status_code, saved.context["words"], "level_1" in saved.context["form"].errors) == (200, None, True)
    pressed = client.post(address, {**wrong, "words_do": "look"})
    given = client.post(address, {**wrong, "done": ""})
    assert [page.context["words"].count for page in (pressed, given)] == [1, 1]
    assert client.post(address, {**wrong, "level_1": "3"}).status_code == 302
    assert (MentorView.objects.get().given_at, MentorView.objects.get().revision) == (None, 1)
