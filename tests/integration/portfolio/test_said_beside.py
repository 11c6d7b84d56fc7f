"""What has just happened is said at the thing that it happened to, and at the top where the page does not show that."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from pathway.models import Statement
from portfolio.models import ReflectionComment
from portfolio.services.best import mark_best
from tests.factories.pathway import AreaFactory
from tests.factories.portfolio import EvidenceFactory, NoteFactory, shared
from tests.factories.reflection import TWO, reflected, reflection_opened

BANNER = re.compile(r'govuk-notification-banner__heading">([^<]*)<')


def said(client, answer):
    """What the page says at its top, and at the thing that the address names."""
    anchor = answer.url.partition("#")[2]
    page = client.get(answer.url).content.decode()
    thing = re.split(r' id="(?:comment|piece|note|area)-', page.partition(f' id="{anchor}"')[2])[0]
    return BANNER.findall(page.partition("<h1")[0]), BANNER.findall(thing)


def in_order(world):
    today = timezone.localdate()
    return [
        EvidenceFactory(enrolment=world.enrolment, title=title, happened_on=today - dt.timedelta(days=days))
        for title, days in (("A", 2), ("B", 1))
    ]


@pytest.fixture
def area(world):
    return AreaFactory(standard=world.cohort.programme.standard, number=1, title="Ethics")


def test_the_fourth_best_is_refused_beside_its_button(world, sign_in, area):
    made = EvidenceFactory.create_batch(4, enrolment=world.enrolment, areas={area: ""})
    for piece in made[:3]:
        mark_best(mapping=piece.mappings.get(), by=world.supervisor)
    client = sign_in(world.supervisor)
    answers = [
        client.post(reverse("portfolio:best_mark", args=[piece.pk, area.pk]), {"mark": how, "page": "2"})
        for piece, how in ((made[3], "yes"), (made[0], "no"))
    ]
    url = reverse("portfolio:coverage_area", args=[area.pk])
    assert [answer.url for answer in answers] == [f"{url}?page=2#piece-{made[3].pk}", f"{url}#piece-{made[0].pk}"]
    client = sign_in(world.supervisor)
    mark_best(mapping=made[0].mappings.get(), by=world.supervisor)
    refused = client.post(reverse("portfolio:best_mark", args=[made[3].pk, area.pk]), {"mark": "yes"})
    assert said(client, refused) == ([], ["3 pieces are marked for area 1 already. Take one mark off first."])


def test_a_moved_piece_says_where_it_stands(world, sign_in):
    first, second = in_order(world)
    client = sign_in(world.supervisor)
    moved = client.post(reverse("portfolio:evidence_move", args=[second.pk]), {"where": "up", "list": "sort=own"})
    other = client.post(reverse("portfolio:evidence_move", args=[first.pk]), {"where": "up", "list": "sort=own"})
    assert said(client, other) == ([], ["It stands first now."])
    assert said(client, moved) == ([], [])  # the page has shown both


def test_a_comment_and_an_answer(world, sign_in):
    evidence = shared(world.enrolment)
    mentor, writer = sign_in(world.mentor), sign_in(world.supervisor)
    words = ([], ["Your comment is there for both of you."])
    sent = {"id": str(uuid.uuid4()), "text": "What did you notice?"}
    assert said(mentor, mentor.post(reverse("portfolio:comment_new", args=[evidence.pk]), sent)) == words
    answer = writer.post(reverse("portfolio:comment_answer", args=[sent["id"]]), {"text": "A pause"})
    assert said(writer, answer) == words


def test_the_same_words_on_a_critical_reflection(world, sign_in):
    row = reflection_opened(reflected(world.enrolment, what=TWO))
    mentor, writer = sign_in(world.mentor), sign_in(world.supervisor)
    words = ([], ["Your comment is there for both of you."])
    spot = {"version": str(row.shared_version.pk), "part": "what", "paragraph": 2}
    sent = {"id": str(uuid.uuid4()), "text": "Well", **spot}
    new = mentor.post(reverse("portfolio:reflection_comment", args=[world.enrolment.pk]), sent)
    assert said(mentor, new) == words
    begun = ReflectionComment.objects.get()
    url = reverse("portfolio:reflection_answer", args=[world.enrolment.pk, begun.pk])
    assert said(writer, writer.post(url, {"id": str(uuid.uuid4()), "text": "So it was"})) == words


def test_a_note_and_an_area_that_is_marked(world, sign_in, area):
    note = NoteFactory(enrolment=world.enrolment)
    client = sign_in(world.supervisor)
    changed = client.post(reverse("portfolio:note_edit", args=[note.pk]), {"revision": note.revision, "text": "Other"})
    assert said(client, changed) == ([], ["Saved. Only you can read it."])
    Statement.objects.create(area=area, position=1, code="1.1", text="Asks")
    lead = sign_in(world.ld_lead)
    assert said(lead, lead.post(reverse("pathway:statement_set", args=[area.pk]))) == (
        [],
        ["Area 1 is marked as complete."],
    )


def test_where_the_thing_is_not_shown_the_words_stand_at_the_top(world, sign_in):
    first, second = in_order(world)
    client = sign_in(world.supervisor)
    client.post(reverse("portfolio:evidence_move", args=[second.pk]), {"where": "up", "list": "sort=own"})
    page = client.get(reverse("portfolio:evidence_list"), {"sort": "newest"}).content.decode()
    assert BANNER.findall(page.partition("<h1")[0]) == ["It stands first now."]
    assert first.title in page
