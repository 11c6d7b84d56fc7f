"""The writer's own self-assessment: writing, finishing, opening, what the year says of it."""

import datetime as dt
import io

import page as pdf_rules
import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from pathway.models import MilestoneCompletion
from pathway.timeline import all_entries
from portfolio.document import build_document
from portfolio.drafts.self_assessment import assessment_place
from portfolio.models import AreaRating, Note, SelfAssessment, SelfAssessmentVersion
from portfolio.models.self_assessment import DEFAULT_LEVELS
from portfolio.pdf import portfolio_pdf
from tests.both_texts import differing
from tests.factories.pathway import MentoringFactory, MilestoneFactory, StatementFactory
from tests.factories.portfolio import EvidenceFactory, NoteFactory, assessed, opened, shared, viewed

LIST = reverse("portfolio:self_assessment_list")
OTHERS = ["mentor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"]


def url(enrolment, page="", point="start"):
    return reverse(f"portfolio:self_assessment{page}", args=[enrolment.pk, point])


def test_the_list_says_where_to_begin(world, sign_in, areas):
    page = sign_in(world.supervisor).get(LIST)
    assert [(one.title, one.done_on) for one in page.context["points"]] == [
        ("First self-assessment", None),
        ("Self-assessment halfway", None),
        ("Last self-assessment", None),
    ]
    assert url(world.enrolment, "_edit") in page.content.decode()
    assert page.context["growth"] == {}
    assert "Not begun yet" in sign_in(world.supervisor).get(url(world.enrolment)).content.decode()


def test_the_button_is_for_the_one_that_is_due_or_soon(world, sign_in, areas):
    client = sign_in(world.supervisor)  # whose year began three months ago
    review = MilestoneFactory(programme=world.cohort.programme, kind="interim_review", due_month=7)
    MilestoneFactory(programme=world.cohort.programme, kind="self_assessment_final", due_month=11)

    def offered():
        page = client.get(LIST)
        body = " ".join(page.content.decode().split())
        return getattr(page.context["begin"], "point", None), body.count("Begin it early"), "on paper" in body

    assert offered() == ("start", 2, False)
    assessed(world.enrolment, {areas[0]: 2})
    assert offered() == (None, 2, False)
    assessed(world.enrolment, {areas[0]: 2}, point="end", finish=False)
    assert offered() == ("end", 1, False)
    review.due_month = 4
    review.save()
    assert offered() == ("middle", 0, False)


def test_a_draft_keeps_what_was_said_and_what_was_left_open(world, sign_in, areas):
    piece = EvidenceFactory(enrolment=world.enrolment, areas={areas[0]: ""})
    client, address = sign_in(world.supervisor), url(world.enrolment, "_edit")
    said = {"revision": 0, "level_1": "2", "why_1": " As typed\n", "evidence_1": [piece.pk], "why_3": "Only words"}
    assert client.post(address, said).url == address
    row = SelfAssessment.objects.get()
    assert (row.status, row.revision, row.words[1], row.audience) == ("draft", 1, "Developing", "only_me")
    assert list(row.ratings.order_by("area__number").values_list("area__number", "level", "why")) == [
        (1, 2, " As typed\n"), (3, None, "Only words"),
    ]  # fmt: skip
    form = client.get(address).context["form"]
    assert (form["level_1"].value(), form["evidence_1"].value(), form["level_2"].value()) == ("2", [str(piece.pk)], "")
    client.post(address, {"revision": 1, "level_2": "5", "done": ""})
    row.refresh_from_db()
    assert (row.status, row.done_by, row.revision) == ("done", world.supervisor, 2)
    versions = SelfAssessmentVersion.objects.order_by("number").values_list("number", "ratings")
    assert [(number, [said["level"] for said in ratings]) for number, ratings in versions] == [(1, [2, None]), (2, [5])]


def test_statement_by_statement(world, sign_in, areas):
    statement = areas[0].statements.create(position=1, text="Does it", basis="our_summary")
    client, address = sign_in(world.supervisor), url(world.enrolment, "_edit")
    client.post(address, {"revision": 0, "level_1_part_1": "3", "why_1_part_1": "So"})
    row = AreaRating.objects.get()
    assert (row.area, row.statement, row.level, row.why) == (areas[0], statement, 3, "So")
    assert client.get(address).context["form"]["level_1_part_1"].value() == "3"
    assert "Capable with support" in client.get(url(world.enrolment)).content.decode()


def test_the_same_form_sent_twice_saves_once_and_another_window_sees_both(world, sign_in, areas):
    client, address = sign_in(world.supervisor), url(world.enrolment, "_edit")
    said = {"revision": 0, "level_1": "2", "why_1": "First window"}
    for _ in range(2):
        assert client.post(address, said).status_code == 302
    answer = client.post(address, {**said, "why_1": "Second window"})
    assert (answer.status_code, SelfAssessment.objects.get().revision) == (409, 1)
    assert differing(answer) == {
        "Area 1": (f"{DEFAULT_LEVELS[1]}. [First] window", f"{DEFAULT_LEVELS[1]}. [Second] window")
    }
    client.post(address, dict(answer.context["fields"]))
    assert AreaRating.objects.get().why == "Second window"


@pytest.mark.parametrize(
    ("said", "field", "message"),
    [
        ({"done": ""}, "__all__", "Choose a level for at least one area, or write a few words"),
        ({"level_1": "6"}, "level_1", "Choose one of the levels, or leave it open"),
        ({"evidence_1": "x"}, "evidence_1", "Choose among your own pieces"),
    ],
)
def test_what_cannot_be_is_refused_in_words(world, sign_in, areas, said, field, message):
    EvidenceFactory(enrolment=world.enrolment, areas={areas[0]: ""})
    answer = sign_in(world.supervisor).post(url(world.enrolment, "_edit"), {"revision": 0, **said})
    assert message in str(answer.context["form"].errors[field])
    assert not SelfAssessment.objects.exists()


def test_somebody_elses_evidence_is_no_choice(world, sign_in, areas):
    foreign = EvidenceFactory(enrolment=world.other.enrolment, areas={areas[0]: ""})
    EvidenceFactory(enrolment=world.enrolment, areas={areas[0]: ""})
    answer = sign_in(world.supervisor).post(
        url(world.enrolment, "_edit"), {"revision": 0, "level_1": "1", "evidence_1": foreign.pk}
    )
    assert answer.context["form"].errors == {"evidence_1": ["Choose among your own pieces"]}


def test_notes_wait_beside_their_area_until_taken_up(world, sign_in, areas):
    note = NoteFactory(enrolment=world.enrolment, belongs_to=Note.For.SELF_ASSESSMENT, area=areas[1], text="NOTED")
    other = NoteFactory(enrolment=world.enrolment, belongs_to=Note.For.SELF_ASSESSMENT, text="WITHOUT AREA")
    NoteFactory(enrolment=world.enrolment, belongs_to=Note.For.PLAN, text="FOR THE PLAN")
    client, address = sign_in(world.supervisor), url(world.enrolment, "_edit")
    form = client.get(address).context["form"]
    assert [[row["note"] for row in area["notes"]] for area in form.area_rows()] == [[], [note], [], []]
    assert [row["note"] for row in form.other_notes()] == [other]
    client.post(address, {"revision": 0, "level_2": "1", "taken_up": [note.pk]})
    assert list(Note.objects.exclude(used_at=None)) == [note]
    assert "NOTED" not in client.get(address).content.decode()
    assert "taken up" in client.get(reverse("portfolio:later")).content.decode()


def test_done_is_closed_until_one_goes_on_writing(world, sign_in, areas):
    assessed(world.enrolment, {areas[0]: 2})
    client = sign_in(world.supervisor)
    assert client.get(url(world.enrolment, "_edit")).url == url(world.enrolment)
    refused = client.post(url(world.enrolment, "_edit"), {"revision": 1, "level_1": "3"})
    assert refused.context["form"].errors == {"__all__": ["It is done. Go on writing first, then change it"]}
    for _ in range(2):
        assert client.post(url(world.enrolment, "_reopen")).url == url(world.enrolment, "_edit")
    row = SelfAssessment.objects.get()
    assert (row.status, row.done_at, row.done_by) == ("draft", None, None)


def test_sharing_needs_it_done_and_checked(world, sign_in, areas):
    row = assessed(world.enrolment, {areas[0]: 2}, finish=False)
    client, address = sign_in(world.supervisor), url(world.enrolment, "_share")
    posted = {"revision": 1, "readers": ["mentor"], "nobody_recognisable": "on", "shown": world.mentor.pk}
    assert client.get(address).url == url(world.enrolment, "_edit")
    assert "Say that it is done" in str(client.post(address, posted).context["form"].errors)
    client.post(url(world.enrolment, "_edit"), {"revision": 1, "level_1": "2", "done": ""})
    unticked = client.post(address, {"revision": 2, "readers": ["mentor"]})
    assert list(unticked.context["form"].errors) == ["nobody_recognisable"]
    assert client.post(address, posted).status_code == 409  # what was seen is not what is saved now
    assert client.post(address, {**posted, "revision": 2}).url == url(world.enrolment)
    row.refresh_from_db()
    assert (row.audience, row.shared_with, row.shared_version.number) == ("mentor", world.mentor, 3)
    client.post(address, {"revision": 3})
    row.refresh_from_db()
    assert (row.audience, row.shared_with, row.shared_version, row.nobody_recognisable_at) == ("only_me",) + (None,) * 3


def test_the_portfolio_says_when_and_the_words_only_by_choice(world, areas):
    row = assessed(world.enrolment, {areas[0]: 2}, why="MY REASON")
    enrolment = type(world.enrolment).objects.with_people().get()

    def sections():
        return build_document(enrolment, made_by=world.supervisor, made_at=timezone.now()).self_assessments

    assert [(one.title, one.done_on, one.said) for one in sections()] == [
        ("First self-assessment", timezone.localdate(), ()),
    ]  # fmt: skip
    opened(row, to_mentor=True)
    assert sections()[0].said == ()
    opened(row, to_mentor=False, in_portfolio=True)
    assert sections()[0].said == ((areas[0], "Developing", "MY REASON"),)


def test_ratings_by_statement_are_in_the_portfolio_where_its_text_is(world, sign_in, areas):
    statement = areas[1].statements.create(position=1, code="2a", text="Does it", basis="our_summary")
    edit = url(world.enrolment, "_edit")
    sign_in(world.supervisor).post(
        edit, {"revision": 0, "level_1": "2", "level_2_part_1": "3", "why_2_part_1": "BECAUSE", "done": ""}
    )
    enrolment = type(world.enrolment).objects.with_people().get()

    def document():
        return build_document(enrolment, made_by=world.supervisor, made_at=timezone.now())

    def text():
        pages = pypdf.PdfReader(io.BytesIO(portfolio_pdf(document()).content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    assert document().self_assessments[0].by_statement == ()
    assert "BECAUSE" not in text()
    opened(SelfAssessment.objects.get(), to_mentor=False, in_portfolio=True)
    [section] = document().self_assessments
    assert [area for area, *_ in section.said] == [areas[0]]
    assert section.by_statement == ((areas[1], ((statement, "Capable with support", "BECAUSE"),)),)
    report = pdf_rules.validate_pdf_bytes(portfolio_pdf(document()).content, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    assert "Statement by statement" in text()
    assert "2a Does it (in our words) Capable with support BECAUSE" in text()


def test_the_year_has_the_step_with_its_day_and_by_hand_stays_true(world, areas):
    today = timezone.localdate()
    first, last = (
        MilestoneFactory(programme=world.cohort.programme, kind=kind)
        for kind in ("self_assessment", "self_assessment_final")
    )
    rows = type(world.enrolment).objects.filter(pk=world.enrolment.pk)

    def steps():
        return {entry.step_kind: entry for entry in all_entries(rows, today) if entry.step_kind.startswith("self")}

    assert {kind: entry.done_on for kind, entry in steps().items()} == {first.kind: None, last.kind: None}
    assert steps()[first.kind].url == url(world.enrolment)
    assessed(world.enrolment, {areas[0]: 2}, finish=False)
    assert steps()[first.kind].done_on is None
    assessed(world.enrolment, {areas[0]: 2}, point="end")
    by_hand = today - dt.timedelta(days=40)
    MilestoneCompletion.objects.create(
        organisation=world.organisation,
        milestone=first,
        cohort=world.cohort,
        enrolment=world.enrolment,
        done_on=by_hand,
        recorded_by=world.ld_lead,
    )
    assert {kind: entry.done_on for kind, entry in steps().items()} == {first.kind: by_hand, last.kind: today}
    assert steps()[last.kind].remind_from is None


def test_growth_shows_each_point_as_it_is(world, sign_in, areas):
    assessed(world.enrolment, {areas[0]: 4})
    assessed(world.enrolment, {areas[0]: 2, areas[1]: 1}, point="middle", finish=False)
    viewed(world.enrolment, world.mentor, {areas[0]: 3})
    client = sign_in(world.supervisor)
    growth = client.get(LIST).context["growth"]
    assert (growth["head"], growth["levels"][0]) == (["Area", "Start", "Halfway", "End"], "New to me")
    assert [row[1:] for row in growth["rows"][:2]] == [
        ["Consistently capable", "Developing", "to come"],
        ["left open", "New to me", "to come"],
    ]
    opened(SelfAssessment.objects.get(point="start"))
    growth = client.get(LIST).context["growth"]
    assert growth["head"] == ["Area", "Start", "Start, mentor", "Halfway", "End"]
    assert growth["rows"][0][2] == "Capable with support"


def test_earlier_versions_are_the_writers(world, sign_in, areas):
    row = opened(assessed(world.enrolment, {areas[0]: 2}, why="AS IT WAS"))
    AreaRating.objects.update(why="AS IT IS")
    address = reverse("portfolio:self_assessment_version", args=[world.enrolment.pk, "start", 1])
    writer = sign_in(world.supervisor)
    body = writer.get(address).content.decode()
    assert "AS IT WAS" in body
    assert "AS IT IS" not in body
    assert [version.number for version in writer.get(row.get_absolute_url()).context["versions"]] == [2, 1]
    assert sign_in(world.mentor).get(address).status_code == 404
    assert writer.get(address.replace("/1/", "/9/")).status_code == 404


@pytest.mark.parametrize("person", OTHERS)
def test_nobody_else_has_any_of_it(world, sign_in, areas, person):
    assessed(world.enrolment, {areas[0]: 2}, why="CANARY")
    client = sign_in(getattr(world, person))
    for page in ("", "_edit", "_share"):
        assert client.get(url(world.enrolment, page)).status_code == 404
    for page in ("_edit", "_share", "_reopen"):
        assert client.post(url(world.enrolment, page), {"revision": 1, "level_1": "1"}).status_code == 404
    assert client.get(LIST).status_code == 404
    row = SelfAssessment.objects.get()
    assert (row.revision, row.status, row.audience) == (1, "done", "only_me")


def test_nor_has_another_supervisor(world, sign_in):
    assert sign_in(world.supervisor).get(url(world.other.enrolment)).status_code == 404


def test_no_such_point(world, sign_in):
    assert sign_in(world.supervisor).get(url(world.enrolment).replace("start", "never")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_much(world, sign_in, areas, django_assert_num_queries, count):
    for point in ("start", "middle", "end")[:count]:
        piece = shared(world.enrolment, title=point)
        assessed(world.enrolment, dict.fromkeys(areas[:count], 2), point=point, evidence=[piece.pk])
    client = sign_in(world.supervisor)
    client.get("/account/")
    with django_assert_num_queries(15):
        client.get(LIST)
    with django_assert_num_queries(17):
        client.get(url(world.enrolment))
    with django_assert_num_queries(16):
        client.get(url(world.enrolment, "_share"))
    SelfAssessment.objects.update(status="draft", done_at=None)
    with django_assert_num_queries(15):
        client.get(url(world.enrolment, "_edit"))


def test_words_are_looked_at_before_it_is_opened(world, sign_in, areas):
    assessed(world.enrolment, {areas[0]: 2})
    rating = AreaRating.objects.get()
    AreaRating.objects.filter(pk=rating.pk).update(why="Oluwaseun Adeyemi showed me how")
    client, share = sign_in(world.supervisor), url(world.enrolment, "_share")
    row = SelfAssessment.objects.get()
    sent = {"revision": row.revision, "readers": ["mentor"], "nobody_recognisable": "on", "shown": world.mentor.pk}
    response = client.post(share, sent)
    (found,) = response.context["words"].open_items
    assert (found.item.words, found.item.places[0].label) == (["Oluwaseun Adeyemi"], f"Area {areas[0].number}")
    assert '<p><mark class="pp-found">Oluwaseun Adeyemi</mark> showed me how</p>' in response.content.decode()
    response = client.post(share, sent | {"words_do": f"use:{found.token}:Worker A"})
    rating.refresh_from_db()
    row.refresh_from_db()
    assert (rating.why, row.revision, row.status) == ("Worker A showed me how", sent["revision"] + 1, "done")
    assert response.context["form"]["readers"].value() == ["mentor"]
    # The page before is not the newest any more: nothing is opened.
    assert client.post(share, sent).status_code == 409
    assert client.post(share, sent | {"revision": row.revision}).status_code == 302
    row.refresh_from_db()
    assert row.shared_version.ratings[0]["why"] == "Worker A showed me how"


def test_closing_it_asks_nothing(world, sign_in, areas):
    assessed(world.enrolment, {areas[0]: 2})
    AreaRating.objects.update(why="Oluwaseun Adeyemi showed me how")
    row = SelfAssessment.objects.get()
    client = sign_in(world.supervisor)
    assert client.post(url(world.enrolment, "_share"), {"revision": row.revision, "readers": []}).status_code == 302


def test_one_that_began_from_one_that_never_was_is_kept(world, sign_in, areas):
    sign_in(world.supervisor).post(url(world.enrolment, "_edit"), {"revision": 5, "level_1": "2", "why_1": "Kept"})
    assert list(AreaRating.objects.values_list("why", flat=True)) == ["Kept"]


def test_it_opens_to_the_mentor_that_the_page_named(world, sign_in, areas):
    row = assessed(world.enrolment, {areas[0]: 2})
    client, share = sign_in(world.supervisor), url(world.enrolment, "_share")
    shown = client.get(share).context["form"]["shown"].value()
    today = timezone.localdate()
    world.enrolment.mentorings.update(ends_on=today)
    new = MentoringFactory(enrolment=world.enrolment, starts_on=today).mentor
    sent = {"revision": row.revision, "readers": ["mentor"], "nobody_recognisable": "on"}
    for stranger in ({"shown": shown}, {}):
        answer = client.post(share, sent | stranger)
        assert answer.context["form"].errors["__all__"] == ["Your mentor has changed. Look again who will read it"]
        assert f"{new.name}, your mentor" in answer.content.decode()
    row.refresh_from_db()
    assert row.shared_with is None
    client.post(share, sent | {"shown": answer.context["form"]["shown"].value()})
    row.refresh_from_db()
    assert row.shared_with == new


def test_both_comparisons_hold_statements_and_evidence(world, sign_in, areas):
    statement = StatementFactory(area=areas[0], position=2)
    piece = EvidenceFactory(enrolment=world.enrolment, title="Team day", areas={areas[0]: ""})
    client, edit = sign_in(world.supervisor), url(world.enrolment, "_edit")
    said = {"revision": 0, f"why_1_part_{statement.position}": "I asked", f"level_1_part_{statement.position}": "2"}
    client.post(edit, said | {"why_1": "For the area", "evidence_1": [str(piece.pk)]})
    assert differing(client.post(edit, {"revision": 0, "why_1": "Else"})) == {
        "Area 1": ("[For the area. Team day]", "[Else]"),
        "Area 1, statement 2": (f"[{DEFAULT_LEVELS[1]}. I asked]", ""),
    }
    words = {**{name: [str(value)] for name, value in said.items()}, "evidence_1": [str(piece.pk)]}
    row = SelfAssessment.objects.get()
    assert dict(assessment_place(world.enrolment, "start", row).read(words)) == {
        "Area 1, statement 2": f"{DEFAULT_LEVELS[1]}. I asked",
        "Area 1": "Team day",
    }
