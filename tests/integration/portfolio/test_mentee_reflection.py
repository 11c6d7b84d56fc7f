"""The mentor's side of a critical reflection: the shared version, words about its paragraphs, what changed."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from pathway.models import Mentoring
from portfolio.models import Reflection, ReflectionComment, ReflectionVersion
from portfolio.services.reflection_comments import About, comment_on
from portfolio.services.sharing import NotReady
from portfolio.timeline import reflection as timeline
from tests.factories.reflection import TWO, answered, reflected, reflection_opened, said

OWN = reverse("portfolio:reflection")


def url(enrolment, page="mentee_reflection", *args):
    return reverse(f"portfolio:{page}", args=[enrolment.pk, *args])


def comment_url(enrolment):
    return url(enrolment, "reflection_comment")


def answer_url(comment):
    return reverse("portfolio:reflection_answer", args=[comment.reflection.enrolment_id, comment.pk])


def about(row, paragraph=2, **more):
    sent = {"version": str(row.shared_version.pk), "part": "what", "paragraph": paragraph, "text": "Well seen"}
    return {"id": str(uuid.uuid4()), **sent, **more}


@pytest.fixture
def opened(world):
    return reflection_opened(reflected(world.enrolment, what=TWO))


def version(number):
    return ReflectionVersion.objects.get(number=number)


def changes_url(enrolment, number):
    return url(enrolment, "mentee_reflection_changes", version(number).pk)


def placed(page):
    """(part, paragraph, what was said, whether it has changed since) of every talk on the page."""
    return [
        (row.written.part.key, paragraph.number, thread.comment.text, thread.is_changed)
        for row in page.context["rows"]
        for paragraph in (row.whole, *row.paragraphs)
        for thread in paragraph.threads
    ]


def test_the_mentor_reads_the_shared_version_in_numbered_paragraphs(world, sign_in, opened):
    reflected(world.enrolment, revision=2, what="SAVED AFTER")
    page = sign_in(world.mentor).get(url(world.enrolment))
    first = page.context["rows"][0]
    assert [(one.number, one.text) for one in first.paragraphs] == [(1, "First thought."), (2, "Second thought.")]
    body = page.content.decode()
    assert "SAVED AFTER" not in body
    assert body.count("Comment on this paragraph") == 2


def test_nothing_to_read_before_it_is_opened_or_after_it_is_closed(world, sign_in):
    client = sign_in(world.mentor)

    def read():
        return client.get(url(world.enrolment))

    not_begun = read()
    row = reflected(world.enrolment)
    not_opened = read()
    for page in (not_begun, not_opened):  # nor does it say which of the two
        assert (page.status_code, page.context["version"], "rows" in page.context) == (200, None, False)
        assert "No critical reflection is shared with you. It appears here when" in page.content.decode()
    row = reflection_opened(row)
    assert read().context["version"] == row.shared_version
    reflection_opened(row, to_mentor=False)
    assert read().context["version"] is None
    assert client.get(changes_url(world.enrolment, 1)).status_code == 404
    reflection_opened(Reflection.objects.get())
    Mentoring.objects.update(ends_on=timezone.localdate())
    assert read().status_code == 404


def test_a_comment_stands_beside_its_paragraph_for_both(world, sign_in, opened):
    sent = about(opened)
    mentor = sign_in(world.mentor)
    for _ in range(2):  # a double press makes one
        assert mentor.post(comment_url(world.enrolment), sent).status_code == 302
    mentor.post(comment_url(world.enrolment), about(opened))  # nor do the same words from the page gone back to
    comment = ReflectionComment.objects.get()
    assert (comment.author, comment.part, comment.paragraph, comment.version) == (
        world.mentor, "what", 2, opened.shared_version,
    )  # fmt: skip
    assert placed(mentor.get(url(world.enrolment))) == [("what", 2, "Well seen", False)]
    writer = sign_in(world.supervisor)
    page = writer.get(OWN)
    assert placed(page) == [("what", 2, "Well seen", False)]
    assert "about version 2" in page.content.decode()
    answer = {"id": str(uuid.uuid4()), "text": "So it was"}
    assert writer.post(answer_url(comment), answer).url == f"{OWN}#comment-{answer['id']}"
    assert "So it was" in mentor.get(url(world.enrolment)).content.decode()


def test_it_follows_its_paragraph_and_says_when_that_has_changed(world, sign_in, opened):
    said(opened, "About the second")
    client = sign_in(world.supervisor)
    reflected(world.enrolment, revision=2, what="New.\n\nFirst thought.\n\nSecond thought.")
    assert placed(client.get(OWN)) == [("what", 3, "About the second", False)]
    reflected(world.enrolment, revision=3, what="First thought.\n\nAnother thought.")
    page = client.get(OWN)
    assert placed(page) == [("what", 2, "About the second", True)]
    assert "this paragraph has changed since" in page.content.decode()
    assert "Second thought." in page.content.decode()
    reflected(world.enrolment, revision=4, structure="free", free="Elsewhere", what="")
    page = client.get(OWN)
    assert (placed(page), [thread.comment.text for thread in page.context["elsewhere"]]) == ([], ["About the second"])


def test_feedback_stays_after_sharing_again_and_the_mentor_sees_what_changed(world, sign_in, opened):
    said(opened, "About the second")
    row = reflected(world.enrolment, revision=2, what="First thought.\n\nAnother thought.")
    reflected(world.enrolment, revision=3, what="BETWEEN")
    row = reflection_opened(reflected(world.enrolment, revision=4, what="First thought.\n\nA third thought."))
    client = sign_in(world.mentor)
    page = client.get(url(world.enrolment))
    assert placed(page) == [("what", 2, "About the second", True)]
    assert [version.number for version in page.context["earlier"]] == [2]
    changes = client.get(changes_url(world.enrolment, 2))
    (pair,) = changes.context["differences"]
    assert ("".join(part.text for part in pair.mine)) == "First thought.\n\nA third thought."
    assert "BETWEEN" not in changes.content.decode()
    for number in (1, 3, 4, 5):
        assert client.get(changes_url(world.enrolment, number)).status_code == 404
    assert row.shared_version.number == 6


def test_what_was_taken_back_is_no_readers_again(world, sign_in, opened):
    comment = said(opened, "My own words")
    answered(opened, comment, "The mentor’s sight of CANARY")
    row = reflected(world.enrolment, revision=2, what="First thought.\n\nWithout it.")
    row = reflection_opened(reflection_opened(row, to_mentor=False))
    client = sign_in(world.mentor)
    page = client.get(url(world.enrolment))
    body = page.content.decode()
    assert (placed(page), page.context["elsewhere"], page.context["earlier"]) == ([], [], [])
    assert page.context["own_words"].said == [comment]
    assert ("Without it." in body, "Second thought." in body, "CANARY" in body) == (True, False, False)
    assert client.get(changes_url(world.enrolment, 2)).status_code == 404
    assert client.get(answer_url(comment)).status_code == 404
    assert [event.kind for event in timeline.events(opened.created_at)] == ["reflection_shared", "reflection_comment"]
    writer = sign_in(world.supervisor)
    body = writer.get(OWN).content.decode()
    assert "My own words" in body
    assert "Answer<span" not in body
    assert writer.get(answer_url(comment)).status_code == 404


def test_the_mentor_is_not_told_how_often_it_was_saved(world, sign_in, opened):
    said(opened)
    reflection_opened(reflected(world.enrolment, revision=2, what="Other words"))
    client = sign_in(world.mentor)
    page = client.get(url(world.enrolment))
    changes = changes_url(world.enrolment, 2)
    assert changes in page.content.decode()
    for body in (page.content.decode(), client.get(changes).content.decode()):
        assert not re.search(r"[Vv]ersions? \d", body)
        assert "shared " in body


def test_the_version_that_was_read_is_the_one_it_is_about(world, sign_in, opened):
    seen = about(opened)
    reflection_opened(reflected(world.enrolment, revision=2, what="Another text"))
    sign_in(world.mentor).post(comment_url(world.enrolment), seen)
    assert ReflectionComment.objects.get().version.number == 2


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"text": " "}, 200), ({"paragraph": 3}, 200), ({"part": "feelings", "paragraph": 0}, 200),
        ({"part": "nonsense"}, 404), ({"version": uuid.uuid4()}, 200), ({"version": "x"}, 200),
        ({"paragraph": "x"}, 404), ({"paragraph": "9" * 5000}, 404),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_given_back(world, sign_in, opened, changes, status):
    answer = sign_in(world.mentor).post(comment_url(world.enrolment), about(opened, **changes))
    assert (answer.status_code, ReflectionComment.objects.exists()) == (status, False)
    if status == 200:
        assert answer.context["form"].errors


def test_the_writer_answers_but_does_not_begin(world, sign_in, opened):
    assert sign_in(world.supervisor).post(comment_url(world.enrolment), about(opened)).status_code == 404
    with pytest.raises(NotReady, match="Answer what your mentor has said"):
        comment_on(
            pk=uuid.uuid4(), reflection=opened, about=About(opened.shared_version, "what", 1), text="Mine",
            by=world.supervisor,
        )  # fmt: skip


def test_nobody_answers_who_can_no_longer_be_read(world, sign_in, opened):
    comment = said(opened)
    row = reflection_opened(opened, to_mentor=False)
    client = sign_in(world.supervisor)
    page = client.post(answer_url(comment), {"id": str(uuid.uuid4()), "text": "CANARY"})
    assert (page.status_code, "CANARY" in page.content.decode()) == (409, True)
    with pytest.raises(NotReady):
        answered(row, comment)
    assert "Answer<span" not in client.get(OWN).content.decode()
    assert (row.is_shared, ReflectionComment.objects.count()) == (False, 1)


@pytest.mark.parametrize("person", ["line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"])
def test_for_nobody_else(world, sign_in, opened, person):
    comment, client = said(opened), sign_in(getattr(world, person))
    assert client.get(url(world.enrolment)).status_code == 404
    for address, sent in ((comment_url(world.enrolment), about(opened)), (answer_url(comment), {"text": "Theirs"})):
        assert client.post(address, sent).status_code == 404
    assert ReflectionComment.objects.count() == 1


def test_each_hears_of_the_other_and_reads_no_word_in_the_notice(world):
    row = reflection_opened(reflected(world.enrolment, what=f"CANARY\n\n{TWO}", title="CANARY"))
    answered(row, said(row, "CANARY"), "CANARY")
    found = list(timeline.events(row.created_at))
    assert [(event.kind, event.recipient_id, event.title) for event in found] == [
        ("reflection_shared", world.mentor.pk, f"{world.supervisor.name} shared their critical reflection with you"),
        ("reflection_comment", world.supervisor.pk, f"{world.mentor.name} commented on your critical reflection"),
        ("reflection_comment", world.mentor.pk, f"{world.supervisor.name} answered on their critical reflection"),
    ]
    assert "CANARY" not in str(found)
    reflection_opened(row, to_mentor=False)
    assert [event.recipient_id for event in timeline.events(row.created_at)] == [world.supervisor.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_much(world, sign_in, django_assert_num_queries, count):
    row = reflection_opened(reflected(world.enrolment, what="\n\n".join(f"Words {n}" for n in range(count))))
    for number in range(count):
        answered(row, said(row, f"Said {number}", paragraph=number + 1), f"Answered {number}")
    row = reflection_opened(reflected(world.enrolment, revision=2, what="Other words"))
    client = sign_in(world.mentor)
    client.get("/account/")
    with django_assert_num_queries(13):
        client.get(url(world.enrolment))
    changes = changes_url(world.enrolment, 2)
    with django_assert_num_queries(9):
        client.get(changes)
    with django_assert_num_queries(2):
        assert len(list(timeline.events(row.created_at))) == 2 * count + 1
