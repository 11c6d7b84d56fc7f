"""Statements on a piece and in the coverage: only of an area whose set the organisation has marked as complete."""

import pytest
from django.urls import reverse

from pathway.models import Statement, StatementSet
from portfolio.models import Evidence, EvidenceVersion
from portfolio.queries.threads import changes_url
from portfolio.services.sharing import share_evidence
from tests.factories.portfolio import EvidenceFactory, area_of, shared

NEW, COVERAGE = reverse("portfolio:evidence_new"), reverse("portfolio:coverage")


@pytest.fixture
def areas(world):
    found = [area_of(world.enrolment, number) for number in (1, 2)]
    for area in found:
        for position in (1, 2, 3):
            code = f"{area.number}.{position}"
            Statement.objects.create(area=area, position=position, code=code, text=f"Asks {code}")
    return found


@pytest.fixture
def marked(world, areas):
    return StatementSet.objects.create(organisation=world.organisation, area=areas[0], marked_by=world.admin)


def ids(area, *positions):
    return [str(pk) for pk in area.statements.filter(position__in=positions).values_list("pk", flat=True)]


def edit_url(piece):
    return reverse("portfolio:evidence_edit", args=[piece.pk])


def area_url(area):
    return reverse("portfolio:coverage_area", args=[area.pk])


def mentee_url(world, *area):
    name = "portfolio:mentee_area" if area else "portfolio:mentee_coverage"
    return reverse(name, args=[world.enrolment.pk, *(one.pk for one in area)])


def chosen(piece):
    return sorted(piece.mappings.exclude(statements=None).values_list("statements__code", flat=True))


def page(client, url, **kwargs):
    return client.get(url, **kwargs).content.decode()


def in_words(response):
    return [row["one"].statements_in_words for row in response.context["rows"]]


def piece_with(enrolment, area, *positions, **fields):
    """A piece for which its writer chose statements since it was saved."""
    piece = EvidenceFactory(enrolment=enrolment, **fields)
    piece.mappings.get(area=area).statements.set(ids(area, *positions))
    return piece


def test_chosen_in_the_form_and_read_by_others(world, sign_in, posted, areas, marked):
    client = sign_in(world.supervisor)
    form = client.get(NEW, follow=True)
    assert [len(row["choices"]) for row in form.context["form"].area_rows()] == [3, 0]
    data = posted(areas={areas[0]: "It shows it", areas[1]: ""})
    # What is not marked, or of an area that is not ticked, or gone, is passed over.
    data["statements"] = [*ids(areas[0], 1, 3), *ids(areas[1], 1), "gone"]
    assert client.post(NEW, data).status_code == 302
    piece = Evidence.objects.get()
    assert chosen(piece) == ["1.1", "1.3"]
    assert EvidenceVersion.objects.get().mappings == [
        {"area": str(areas[0].pk), "rationale": "It shows it", "statements": ids(areas[0], 1, 3)},
        {"area": str(areas[1].pk), "rationale": ""},
    ]
    assert ("Asks 1.1" in page(client, piece.get_absolute_url()), client.post(NEW, data).status_code) == (True, 302)
    assert client.get(edit_url(piece)).context["form"].initial["statements"] == ids(areas[0], 1, 3)
    assert EvidenceVersion.objects.count() == 1


def test_a_reader_reads_what_was_shared(world, sign_in, areas, marked):
    piece = piece_with(world.enrolment, areas[0], 1, areas={areas[0]: "Why"})
    share_evidence(
        evidence=piece,
        audience="mentor",
        version=1,
        nobody_recognisable=True,
        rationales={},
        by=world.supervisor,
        shown=world.mentor.pk,
    )
    piece.mappings.get().statements.set(ids(areas[0], 2))
    mentor = sign_in(world.mentor)
    body = page(mentor, piece.get_absolute_url())
    assert ("1.1 Asks 1.1" in body, "Asks 1.2" in body) == (True, False)
    marked.delete()
    assert "Asks 1.1" not in page(mentor, piece.get_absolute_url())


def test_no_longer_marked_they_stay_and_are_not_shown(world, sign_in, posted, areas, marked):
    client = sign_in(world.supervisor)
    piece = piece_with(world.enrolment, areas[0], 2, areas={areas[0]: ""})
    assert "Asks 1.2" in page(client, piece.get_absolute_url())
    marked.delete()
    assert "Asks 1.2" not in page(client, piece.get_absolute_url())
    assert client.get(edit_url(piece)).context["form"].initial["statements"] == []
    assert client.post(edit_url(piece), posted(areas={areas[0]: "Why"}, version=1)).status_code == 302
    assert (chosen(piece), "statements have" in page(client, COVERAGE)) == (["1.2"], False)
    marked.save(force_insert=True)
    assert client.get(edit_url(piece)).context["form"].initial["statements"] == ids(areas[0], 2)
    assert client.post(edit_url(piece), posted(areas={areas[0]: "Why"}, version=2)).status_code == 302
    assert chosen(piece) == []


def test_two_windows_show_both_choices(world, sign_in, posted, areas, marked):
    client = sign_in(world.supervisor)
    piece = piece_with(world.enrolment, areas[0], 1, areas={areas[0]: "Why"})
    data = {**posted(areas={areas[0]: "Why"}, version=7), "statements": ids(areas[0], 3)}
    answer = client.post(edit_url(piece), data)
    assert (answer.status_code, chosen(piece)) == (409, ["1.1"])
    [row, _] = answer.context["form"].area_rows()
    assert [choice["ticked"] for choice in row["choices"]] == [False, False, True]
    area, why, statements = answer.context["current"].reasons[0]
    assert (area, why, [statement.code for statement in statements]) == (areas[0], "Why", ["1.1"])


def test_a_draft_keeps_them(world, sign_in, areas, marked):
    client = sign_in(world.supervisor)
    piece = piece_with(world.enrolment, areas[0], 1, areas={areas[0]: "Why"})
    draft = client.get(edit_url(piece)).context["form"].draft.url
    kept = {"title": "T", "body": "B", "areas": [str(areas[0].pk)], "statements": ids(areas[0], 2, 3)}
    assert client.post(draft, kept).status_code == 302
    form = client.get(edit_url(piece)).context["form"]
    assert (form["statements"].value(), chosen(piece)) == (ids(areas[0], 2, 3), ["1.1"])


def test_an_old_version_brings_its_choice_back(world, sign_in, posted, areas, marked):
    client = sign_in(world.supervisor)
    data = {**posted(areas={areas[0]: "Why"}), "statements": ids(areas[0], 1)}
    client.post(NEW, data)
    piece = Evidence.objects.get()
    client.post(edit_url(piece), {**data, "version": 1, "statements": ids(areas[0], 2)})
    first, second = piece.versions.all()
    piece.refresh_from_db()
    assert "Area 1, statements" in page(client, changes_url(piece, first, second))
    client.post(reverse("portfolio:version_bring_back", args=[piece.pk, 1]), {"version": 2})
    assert chosen(piece) == ["1.1"]


def test_coverage_counts_statements_of_marked_areas(world, sign_in, areas, marked):
    one, two = areas
    piece_with(world.enrolment, one, 1, 2, areas={one: "", two: ""}, title="Mine")
    piece_with(world.enrolment, one, 2, areas={one: ""}, title="CANARY", discarded_at=marked.created_at)
    piece_with(world.other.enrolment, area_of(world.other.enrolment, 1), areas={area_of(world.other.enrolment, 1): ""})
    client = sign_in(world.supervisor)
    response = client.get(COVERAGE)
    assert in_words(response) == ["2 of 3 statements have a piece", ""]
    assert response.content.decode().count("statements have a piece") == 1
    body = page(client, area_url(one))
    assert ("2 of 3 statements have a piece." in body, body.count("No piece yet"), "CANARY" in body) == (True, 1, False)
    assert '<h2 class="govuk-heading-m">Statements</h2>' not in page(client, area_url(two))
    assert "statements" not in in_words(sign_in(world.mentor).get(mentee_url(world)))[1]


def test_a_mentor_counts_what_was_shared(world, sign_in, areas, marked):
    one = areas[0]
    piece_with(world.enrolment, one, 1, areas={one: ""}, title="CANARY")
    piece = shared(world.enrolment, areas={one: "w"}, title="Talk")
    said = {"area": str(one.pk), "rationale": "w", "statements": ids(one, 3)}
    EvidenceVersion.objects.filter(pk=piece.shared_version_id).update(mappings=[said])
    piece.mappings.get().statements.set(ids(one, 2))
    mentor = sign_in(world.mentor)
    assert in_words(mentor.get(mentee_url(world))) == ["1 of 3 statements has a piece", ""]
    response = mentor.get(mentee_url(world, one))
    found = [(row.statement.code, [piece.title for piece in row.pieces]) for row in response.context["statements"]]
    assert found == [("1.1", []), ("1.2", []), ("1.3", ["Talk"])]
    assert "CANARY" not in response.content.decode()


def test_many_pieces_are_counted_beyond_five(world, sign_in, areas, marked):
    for _ in range(7):
        piece_with(world.enrolment, areas[0], 1, areas={areas[0]: ""})
    assert "and 2 more" in page(sign_in(world.supervisor), area_url(areas[0]))


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_much(world, sign_in, areas, marked, django_assert_num_queries, count):
    for _ in range(count):
        piece_with(world.enrolment, areas[0], 1, areas={areas[0]: "w"})
        shared(world.enrolment, areas={areas[0]: "w"})
    if count > 1:
        StatementSet.objects.create(organisation=world.organisation, area=areas[1], marked_by=world.admin)
    writer, mentor = sign_in(world.supervisor), sign_in(world.mentor)
    writer.get("/account/"), mentor.get("/account/")
    for client, url, queries in (
        (writer, COVERAGE, 15),
        (writer, area_url(areas[0]), 16),
        (mentor, mentee_url(world), 14),
        (mentor, mentee_url(world, areas[0]), 17),
    ):
        with django_assert_num_queries(queries):
            client.get(url)
