"""What one's pieces cover: the picture, the table, one's own word, the best pieces, what the mentor thinks."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import AreaWord, Evidence, EvidenceMapping
from portfolio.services.area_words import give_word, say_level
from portfolio.services.evidence import advance
from portfolio.timeline.coverage import events
from pqs_portal.templatetags.portal import short_date
from tests.factories.observations import FocusWishFactory, ObservationFactory, released
from tests.factories.pathway import AreaFactory, MilestoneFactory, StandardFactory
from tests.factories.portfolio import AttachmentFactory, EvidenceFactory, area_of, shared
from tests.factories.sessions_catalogue import (
    AttendanceFactory,
    ProgrammeSessionFactory,
    ScheduledSessionFactory,
    held,
)

COVERAGE = reverse("portfolio:coverage")
ENOUGH, MORE = AreaWord.Level.ENOUGH, AreaWord.Level.MORE


@pytest.fixture
def areas(world):
    return [area_of(world.enrolment, number) for number in (1, 2, 3, 4)]


def area_url(area):
    return reverse("portfolio:coverage_area", args=[area.pk])


def mentee_url(enrolment, area=None):
    if area:
        return reverse("portfolio:mentee_area", args=[enrolment.pk, area.pk])
    return reverse("portfolio:mentee_coverage", args=[enrolment.pk])


def facts(response):
    return [(row["area"].number, row["word"], row["area"].pieces, row["when"]) for row in response.context["rows"]]


def gaps(response):
    return [row["area"].number for row in response.context["gaps"]]


def given(world, area, level=ENOUGH, text="", by=None, revision=0):
    return give_word(
        enrolment=world.enrolment, area=area, level=level, text=text, revision=revision, by=by or world.mentor
    )


def test_each_area_with_its_pieces_and_how_recent_they_are(world, sign_in, areas):
    one, two, three, _ = areas
    today = timezone.localdate()
    EvidenceFactory(enrolment=world.enrolment, areas={one: ""}, happened_on=today - dt.timedelta(days=70))
    shared(world.enrolment, areas={two: "w"}, happened_on=today - dt.timedelta(days=200), kind="change")
    shared(world.enrolment, areas={two: "w", three: "w"}, happened_on=today - dt.timedelta(days=1), kind="change")
    EvidenceFactory(enrolment=world.enrolment, areas={three: ""}, discarded_at=timezone.now())
    EvidenceFactory(enrolment=world.other.enrolment, areas={one: ""}, title="CANARY")
    say_level(enrolment=world.enrolment, area=three, level=ENOUGH, by=world.supervisor)
    response = sign_in(world.supervisor).get(COVERAGE)
    assert facts(response) == [
        (1, "nothing yet", 1, "2 months ago"),
        (2, "some", 2, "yesterday"),
        (3, "enough for you", 1, "yesterday"),
        (4, "nothing yet", 0, ""),
    ]
    body = response.content.decode()
    assert "3 of your 4 areas have at least one piece." in body
    assert "a change in policy or practice (2)" in body
    assert "If it is enough, open it and say so" in body
    assert "CANARY" not in body


def test_pictures_say_what_the_table_says(world, sign_in, areas):
    one = areas[0]
    piece = shared(world.enrolment, areas={one: "w"}, happened_on=timezone.localdate())
    EvidenceFactory(enrolment=world.enrolment, areas={one: ""}, happened_on=timezone.localdate())
    EvidenceMapping.objects.filter(evidence=piece).update(is_best=True)
    given(world, one, MORE)
    row = sign_in(world.supervisor).get(COVERAGE).context["rows"][0]
    name = world.mentor.get_short_name()
    said = f"some; 2 pieces; 1 of them only you can read; 1 among the best; the last today; {name}: more is needed"
    assert f">{said}</desc>" in row["picture"]
    assert [found.title for found in row["one"].best] == [piece.title]


def test_an_empty_portfolio_says_how_to_begin(world, sign_in, areas):
    body = sign_in(world.supervisor).get(COVERAGE).content.decode()
    assert "Nothing is connected with an area yet." in body
    assert reverse("portfolio:evidence_new") in body


def test_a_gap_is_named_after_its_session(world, sign_in, areas):
    one, two, three, four = areas
    coming = ScheduledSessionFactory(cohort=world.cohort, session=ProgrammeSessionFactory(number=2, area=two))
    held(world.cohort, days_ago=5, session=ProgrammeSessionFactory(number=1, area=one))
    held(world.cohort, days_ago=4, session=ProgrammeSessionFactory(number=3, area=three))
    missed = held(world.cohort, days_ago=3, session=ProgrammeSessionFactory(number=4, area=four))
    AttendanceFactory(enrolment=world.enrolment, scheduled=missed, state="missed")
    EvidenceFactory(enrolment=world.enrolment, areas={three: ""})
    response = sign_in(world.supervisor).get(COVERAGE)
    on = coming.held_on
    assert gaps(response) == [1]
    assert [word for _, word, *_ in facts(response)] == [
        "nothing yet",
        f"nothing yet, comes in session 2, {on.day} {on:%B}",
        "nothing yet",
        "nothing yet",
    ]
    body = response.content.decode()
    assert reverse("sessions_catalogue:session", args=[1]) in body
    assert f"{reverse('observations:focus', args=[world.enrolment.pk])}?area={one.pk}" in body
    page = sign_in(world.mentor).get(mentee_url(world.enrolment))
    assert gaps(page) == [1, 3]
    book = reverse("observations:observation_new", args=[world.enrolment.pk])
    assert f"{book}?area={one.pk}" in page.content.decode()


def test_a_gap_says_that_it_was_asked_for_as_a_focus(world, sign_in, areas):
    one, two, three, four = areas
    for number, area in enumerate((one, two, three), start=1):
        held(world.cohort, days_ago=5, session=ProgrammeSessionFactory(number=number, area=area))
    FocusWishFactory(enrolment=world.enrolment, areas=[one])
    seen = released(world.enrolment)
    FocusWishFactory(enrolment=world.enrolment, areas=[three], observation=seen)
    booked = ObservationFactory(enrolment=world.enrolment)
    booked.focus.add(two)
    asked = f"Asked for as a focus on {short_date(timezone.localdate())}"
    day = short_date(booked.planned_on)
    client = sign_in(world.supervisor)
    page = client.get(COVERAGE)
    said = [asked, f"A focus; the observation is on {day}", ""]
    assert [row["in_focus"] for row in page.context["gaps"]] == said
    link = f"{reverse('observations:focus', args=[world.enrolment.pk])}?area="
    body = page.content.decode()
    assert f"{link}{three.pk}" in body
    assert f"{link}{one.pk}" not in body
    assert asked in client.get(area_url(one)).content.decode()
    assert f"{link}{four.pk}" in client.get(area_url(four)).content.decode()
    booked.focus.add(one)
    theirs = sign_in(world.mentor).get(mentee_url(world.enrolment))
    said[0] = f"{asked}; the observation is on {day}"
    assert [row["in_focus"] for row in theirs.context["gaps"]] == said


def test_what_could_come_next_is_never_a_session_that_the_person_was_at(world, sign_in, areas):
    one, two, _, four = areas
    ScheduledSessionFactory(cohort=world.cohort, session=ProgrammeSessionFactory(number=2, title="Coming", area=two))
    held(world.cohort, days_ago=5, session=ProgrammeSessionFactory(number=1, title="Been", area=one))
    missed = held(world.cohort, days_ago=4, session=ProgrammeSessionFactory(number=4, title="Missed", area=four))
    held(world.cohort, days_ago=3, session=ProgrammeSessionFactory(number=5, title="Been since", area=four))
    absence = AttendanceFactory(enrolment=world.enrolment, scheduled=missed, state="missed")
    client = sign_in(world.supervisor)

    def offered(area):
        row = client.get(area_url(area)).context["row"]
        return getattr(row["one"].to_come_to, "session", None) and row["one"].to_come_to.session.number

    assert [offered(area) for area in areas] == [None, 2, None, 4]
    catch_up = reverse("sessions_catalogue:catch_up", args=[world.enrolment.pk])
    page = client.get(area_url(four)).content.decode()
    assert f'<a class="govuk-link" href="{catch_up}">Catch up on session 4, Missed</a>' in page
    assert ("Been since" in page, "Been" in client.get(area_url(one)).content.decode()) == (False, False)
    assert "Session 2, Coming</a>" in client.get(area_url(two)).content.decode()
    assert '<a class="govuk-link" href="/sessions/1/">Open session 1</a>' in client.get(area_url(one)).content.decode()
    absence.studied_on = timezone.localdate()
    absence.save()
    assert offered(four) is None


@pytest.mark.parametrize(("month", "expected"), [(2, [1, 2, 3, 4]), (6, [])])
def test_a_gap_is_named_from_the_review_on(world, sign_in, areas, month, expected):
    MilestoneFactory(programme=world.cohort.programme, kind="interim_review", due_month=month)
    ScheduledSessionFactory(cohort=world.cohort, session=ProgrammeSessionFactory(number=2, area=areas[1]))
    client = sign_in(world.supervisor)
    assert gaps(client.get(COVERAGE)) == expected
    say_level(enrolment=world.enrolment, area=areas[0], level=ENOUGH, by=world.supervisor)
    assert gaps(client.get(COVERAGE)) == expected[1:]


def test_ones_own_word(world, sign_in, areas):
    client, one = sign_in(world.supervisor), areas[0]
    shared(world.enrolment, areas={one: "w"}), shared(world.enrolment, areas={one: "w"})
    assert "it is for you to say" in client.get(area_url(one)).content.decode()
    assert client.post(area_url(one), {}).context["form"].errors == {"level": ["Choose whether it is enough"]}
    for level, word in ((ENOUGH, "enough for you"), (MORE, "some"), (MORE, "some")):
        assert client.post(area_url(one), {"level": level}).status_code == 302
        assert facts(client.get(COVERAGE))[0][1] == word
    assert AreaWord.objects.values_list("author", "level").get() == (world.supervisor.pk, MORE)
    assert "it is for you to say" not in client.get(area_url(one)).content.decode()


def test_an_area_of_another_standard_is_not_there(world, sign_in):
    elsewhere = AreaFactory(standard=StandardFactory(series="another"), number=1)
    assert sign_in(world.supervisor).get(area_url(elsewhere)).status_code == 404
    assert sign_in(world.mentor).get(mentee_url(world.enrolment, elsewhere)).status_code == 404


def mark(client, piece, area, how="yes"):
    return client.post(reverse("portfolio:best_mark", args=[piece.pk, area.pk]), {"mark": how}, follow=True)


def test_three_best_and_no_fourth(world, sign_in, areas):
    client, one = sign_in(world.supervisor), areas[0]
    made = [EvidenceFactory(enrolment=world.enrolment, title=f"P{n}", areas={one: "", areas[1]: ""}) for n in range(5)]
    for piece in made[:3]:
        mark(client, piece, one)
    refused = mark(client, made[3], one)
    assert [str(message) for message in refused.context["messages"]] == [
        "3 pieces are marked for area 1 already. Take one mark off first."
    ]
    marked = EvidenceMapping.objects.filter(is_best=True).order_by("evidence__title")
    best = marked.values_list("evidence__title", "area")
    assert list(best) == [("P0", one.pk), ("P1", one.pk), ("P2", one.pk)]
    mark(client, made[0], one, "no")
    assert mark(client, made[3], one).status_code == 200
    assert mark(client, made[3], areas[1]).status_code == 200
    assert sorted(marked.all().values_list("evidence__title", "area__number")) == [
        ("P1", 1), ("P2", 1), ("P3", 1), ("P3", 2)
    ]  # fmt: skip
    assert mark(client, made[4], areas[2]).status_code == 404


def test_a_thrown_away_piece_takes_no_place_among_the_best(world, sign_in, areas):
    client, one = sign_in(world.supervisor), areas[0]
    made = [EvidenceFactory(enrolment=world.enrolment, areas={one: ""}) for _ in range(4)]
    for piece in made[:3]:
        mark(client, piece, one)
    type(made[0]).objects.filter(pk=made[0].pk).update(discarded_at=timezone.now())
    mark(client, made[3], one)
    assert len(client.get(COVERAGE).context["rows"][0]["one"].best) == 3
    assert mark(client, made[0], one).status_code == 404


def test_a_mentor_counts_what_was_shared_as_it_was(world, sign_in, areas):
    one, two, three, _ = areas
    EvidenceFactory(enrolment=world.enrolment, title="CANARY", areas={one: ""})
    talk = shared(world.enrolment, title="Talk", areas={two: "w"}, kind="change")
    advance(talk, talk.version, title="CANARY", kind="agreement")
    talk.mappings.update(area=three, is_best=True)
    say_level(enrolment=world.enrolment, area=two, level=ENOUGH, by=world.supervisor)
    response = sign_in(world.mentor).get(mentee_url(world.enrolment))
    assert [(number, word, pieces) for number, word, pieces, _ in facts(response)] == [
        (1, "nothing yet", 0), (2, "some", 1), (3, "nothing yet", 0), (4, "nothing yet", 0)
    ]  # fmt: skip
    assert [row["one"].best for row in response.context["rows"]] == [()] * 4
    body = response.content.decode()
    assert ("CANARY" in body, "a change in policy" in body, "agreement" in body) == (False, True, False)
    assert "Talk" in sign_in(world.mentor).get(mentee_url(world.enrolment, two)).content.decode()


def test_a_mentor_sees_which_shared_pieces_are_best(world, sign_in, areas):
    talk = shared(world.enrolment, title="Talk", areas={areas[1]: "w"})
    talk.mappings.update(is_best=True)
    rows = sign_in(world.mentor).get(mentee_url(world.enrolment)).context["rows"]
    assert [[piece.title for piece in row["one"].best] for row in rows] == [[], ["Talk"], [], []]


def test_a_mentor_sees_the_marks_in_the_area_and_on_the_piece(world, sign_in, areas):
    one, two, three, _ = areas
    today = timezone.localdate()
    talk = shared(world.enrolment, title="Talk", areas={one: "w", two: "w"}, happened_on=today - dt.timedelta(days=9))
    shared(world.enrolment, title="Newer", areas={one: "w"}, happened_on=today - dt.timedelta(days=1))
    own = EvidenceFactory(enrolment=world.enrolment, title="Mine", areas={one: ""})
    own.mappings.update(is_best=True)
    talk.mappings.filter(area=one).update(is_best=True)
    EvidenceMapping.objects.create(organisation=talk.organisation, evidence=talk, area=three, is_best=True)
    client = sign_in(world.mentor)
    listed = client.get(mentee_url(world.enrolment, one))
    assert [row.piece.title for row in listed.context["page"]] == ["Talk", "Newer"]
    pages = [mentee_url(world.enrolment, one), mentee_url(world.enrolment, two), talk.get_absolute_url()]
    assert [client.get(page).content.decode().count("Among the best") for page in pages] == [1, 0, 1]
    writer = sign_in(world.supervisor)
    assert writer.get(talk.get_absolute_url()).content.decode().count("Among the best") == 2


def test_a_mentors_word_is_read_by_the_writer(world, sign_in, areas):
    mentor, url = sign_in(world.mentor), mentee_url(world.enrolment, areas[0])
    assert mentor.post(url, {"text": "Well"}).context["form"].errors == {"level": ["Choose whether it is enough"]}
    answer = mentor.post(url, {"level": MORE, "text": "Try a *harder* talk", "revision": 0})
    assert answer.url == mentee_url(world.enrolment)
    assert mentor.get(url).context["form"].initial == {"revision": 1, "level": "more", "text": "Try a *harder* talk"}
    writer = sign_in(world.supervisor)
    assert "Try a <em>harder</em> talk" in writer.get(area_url(areas[0])).content.decode()
    assert writer.get(COVERAGE).context["rows"][0]["said"] == [(world.mentor.get_short_name(), "more is needed")]
    told = [(event.recipient_id, event.title, event.url) for event in events(timezone.now() - dt.timedelta(hours=1))]
    assert told == [
        (world.supervisor.pk, f"{world.mentor.name} said what they think of one of your areas", area_url(areas[0]))
    ]


def test_two_windows_of_a_mentor(world, sign_in, areas):
    mentor, url = sign_in(world.mentor), mentee_url(world.enrolment, areas[0])
    first = {"level": MORE, "text": "First", "revision": 0}
    assert [mentor.post(url, first).status_code for _ in range(2)] == [302, 302]
    late = mentor.post(url, {"level": ENOUGH, "text": "Second", "revision": 0})
    assert (late.status_code, "First" in late.content.decode(), "Second" in late.content.decode()) == (409, True, True)
    assert mentor.post(url, {"level": ENOUGH, "text": "Second", "revision": 1}).status_code == 302
    assert AreaWord.objects.values_list("text", "revision").get() == ("Second", 2)


def test_what_a_mentor_types_is_kept(world, sign_in, areas):
    mentor, url = sign_in(world.mentor), mentee_url(world.enrolment, areas[0])
    draft = mentor.get(url).context["form"].draft.url
    assert mentor.post(draft, {"level": MORE, "text": "Half a", "revision": 0}).status_code == 302
    form = mentor.get(url).context["form"]
    assert (form.initial["text"], form.draft.revision > 0) == ("Half a", True)
    assert mentor.post(url, {"level": MORE, "text": "Other", "revision": 0}).status_code == 409
    assert not AreaWord.objects.exists()
    seen = {"level": MORE, "text": "Half a", "revision": 0}
    assert (mentor.post(url, seen).status_code, mentor.get(url).context["form"].draft.revision) == (302, 0)
    assert sign_in(world.other.mentor).post(draft, {"text": "x"}).status_code == 404


def test_a_former_mentors_word_stays_with_the_writer_alone(world, sign_in, areas):
    given(world, areas[0], text="CANARY")
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()
    assert sign_in(world.mentor).get(mentee_url(world.enrolment)).status_code == 404
    assert "CANARY" in sign_in(world.supervisor).get(area_url(areas[0])).content.decode()


@pytest.mark.parametrize("person", ["outsider", "supervisor", "line_manager", "ld_lead", "admin", "panel_member"])
def test_nobody_but_the_mentor_has_those_pages(world, sign_in, areas, person):
    client = sign_in(getattr(world, person))
    assert client.get(mentee_url(world.enrolment)).status_code == 404
    assert client.get(mentee_url(world.enrolment, areas[0])).status_code == 404


def many(world, areas, count):
    """``count`` pieces with the mentor and as many kept to oneself, with files; of many the rest are copies."""
    for number in range(min(count, 3)):
        piece = shared(world.enrolment, areas=dict.fromkeys(areas[: number + 1], "w"))
        piece.mappings.update(is_best=True)
        AttachmentFactory(evidence=piece)
        EvidenceFactory(enrolment=world.enrolment, areas={areas[0]: ""})
    for model in (piece, Evidence.objects.filter(audience="only_me").last()):
        values = {field.attname: getattr(model, field.attname) for field in Evidence._meta.concrete_fields}
        copies = Evidence.objects.bulk_create(Evidence(**values | {"id": uuid.uuid4()}) for _ in range(count - 3))
        EvidenceMapping.objects.bulk_create(
            EvidenceMapping(organisation=world.organisation, evidence=copy, area=area)
            for copy in copies
            for area in areas
        )


@pytest.mark.parametrize("count", [1, 3, 150])
def test_coverage_costs_the_same_however_much_there_is(world, sign_in, areas, django_assert_num_queries, count):
    MilestoneFactory(programme=world.cohort.programme, kind="interim_review", due_month=6)
    ScheduledSessionFactory(cohort=world.cohort, session=ProgrammeSessionFactory(number=2, area=areas[1]))
    AreaFactory(standard=areas[0].standard)  # while one has no piece, it matters whether the review is over
    many(world, areas, count)
    given(world, areas[0])
    writer, mentor = sign_in(world.supervisor), sign_in(world.mentor)
    writer.get("/account/"), mentor.get("/account/")
    for client, url, queries in (
        (writer, COVERAGE, 15),
        (writer, area_url(areas[0]), 16),
        (mentor, mentee_url(world.enrolment), 15),
        (mentor, mentee_url(world.enrolment, areas[0]), 17),
    ):
        with django_assert_num_queries(queries):
            client.get(url)
    assert sum(row["area"].pieces for row in writer.get(COVERAGE).context["rows"]) >= 2 * count


def test_a_word_that_began_from_one_that_never_was_is_kept(world, areas):
    word = give_word(enrolment=world.enrolment, area=areas[0], level=MORE, text="Kept", revision=5, by=world.mentor)
    assert (word.text, word.revision) == ("Kept", 1)
