"""The loaded standards, sessions, tools and milestones against a table typed by hand."""

from collections import Counter
from typing import Any, NamedTuple

import pytest
from django.core.management import call_command
from django.db import transaction

from pathway.models import Area, Milestone, Standard, Statement
from sessions_catalogue.models import BlockItem, ProgrammeSession, Resource, SessionBlock, Tool

from . import expected_catalogue as expected

# Without the mark pytest-django makes no test database for the module's one load.
pytestmark = pytest.mark.django_db


class Loaded(NamedTuple):
    """Everything the tests look at, read once; the rows themselves are rolled back."""

    sessions: dict[int, ProgrammeSession]
    areas_of_sessions: dict[int, int | None]
    blocks: dict[int, list[SessionBlock]]
    items: dict[tuple[int, str], list[BlockItem]]
    tools: list[Tool]
    resources: list[Resource]
    standards: dict[str, Standard]
    areas: dict[str, list[Area]]
    statements: dict[tuple[str, int], list[Statement]]
    milestones: list[Milestone]
    counts: tuple[int, ...]
    counts_after_second_load: tuple[int, ...]


def load() -> None:
    call_command("load_standards")
    call_command("load_catalogue")


def count() -> tuple[int, ...]:
    models: tuple[Any, ...] = (
        Standard, Area, Statement, Milestone,
        Tool, Resource, ProgrammeSession, SessionBlock, BlockItem,
    )  # fmt: skip
    return tuple(model.objects.count() for model in models)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Loaded:
    with django_db_blocker.unblock(), transaction.atomic():
        load()
        counts = count()
        load()
        sessions = list(ProgrammeSession.objects.select_related("area").order_by("number"))
        blocks = {session.number: list(session.blocks.order_by("position")) for session in sessions}
        items = {
            (number, block.kind): list(block.items.select_related("resource", "tool").order_by("position"))
            for number, its_blocks in blocks.items()
            for block in its_blocks
        }
        standards = {row.series: row for row in Standard.objects.all()}
        areas = {
            series: list(Area.objects.filter(standard=standard).order_by("number"))
            for series, standard in standards.items()
        }
        found = Loaded(
            sessions={session.number: session for session in sessions},
            areas_of_sessions={session.number: session.area.number if session.area else None for session in sessions},
            blocks=blocks,
            items=items,
            tools=list(Tool.objects.all()),
            resources=list(Resource.objects.all()),
            standards=standards,
            areas=areas,
            statements={
                (series, area.number): list(Statement.objects.filter(area=area))
                for series, its_areas in areas.items()
                for area in its_areas
            },
            milestones=list(Milestone.objects.order_by("position")),
            counts=counts,
            counts_after_second_load=count(),
        )
        transaction.set_rollback(True)
    return found


def carries(text: str, facts: tuple[str, ...]) -> list[str]:
    """The facts missing from a text, whichever apostrophe it uses."""
    plain = text.lower().replace("\u2019", "'").replace("\u2018", "'")
    return [fact for fact in facts if fact not in plain]


every_session = pytest.mark.parametrize("wanted", expected.SESSIONS, ids=lambda wanted: f"session-{wanted.number}")


def test_loading_twice_changes_nothing(loaded: Loaded) -> None:
    assert loaded.counts_after_second_load == loaded.counts


def test_there_are_twelve_sessions_in_three_days_of_four(loaded: Loaded) -> None:
    assert sorted(loaded.sessions) == list(range(1, 13))
    assert Counter(session.day for session in loaded.sessions.values()) == {1: 4, 2: 4, 3: 4}
    assert [n for n, s in loaded.sessions.items() if s.recommended_for_all] == [1]
    assert len({session.slug for session in loaded.sessions.values()}) == 12


def test_every_area_has_exactly_one_session(loaded: Loaded) -> None:
    covered = [area for area in loaded.areas_of_sessions.values() if area is not None]
    assert covered == [1, 6, 7, 3, 5, 8, 4, 2]


@every_session
def test_session_says_what_it_is(loaded: Loaded, wanted: expected.ExpectedSession) -> None:
    session = loaded.sessions[wanted.number]
    assert session.title == wanted.title
    assert session.day == wanted.day
    assert loaded.areas_of_sessions[wanted.number] == wanted.area
    assert session.overview
    assert len(session.aims) == len(wanted.aims)
    for aim, facts in zip(session.aims, wanted.aims, strict=True):
        assert carries(aim, facts) == []


@every_session
def test_session_has_its_blocks_and_minutes(loaded: Loaded, wanted: expected.ExpectedSession) -> None:
    blocks = loaded.blocks[wanted.number]
    assert tuple((block.kind, block.minutes) for block in blocks) == expected.BLOCKS
    assert sum(block.minutes or 0 for block in blocks) == expected.SESSION_MINUTES
    labels = {block.kind: block.label_note for block in blocks if block.label_note}
    wanted_labels = {
        expected.MIDDLE: wanted.middle_label,
        expected.EVIDENCE: wanted.evidence_label,
    }
    assert labels == {kind: label for kind, label in wanted_labels.items() if label}


@every_session
def test_session_uses_exactly_its_resources(loaded: Loaded, wanted: expected.ExpectedSession) -> None:
    rows = [
        (block.kind, item)
        for block in loaded.blocks[wanted.number]
        for item in loaded.items[wanted.number, block.kind]
        if item.resource
    ]
    found = [(block, item.kind, item.resource.title, item.extract) for block, item in rows]
    assert found == [(use.block, use.kind, use.title, use.extract) for use in wanted.resources]
    for (_, item), use in zip(rows, wanted.resources, strict=True):
        assert carries(item.text, use.says) == []


@every_session
def test_session_uses_exactly_its_tools(loaded: Loaded, wanted: expected.ExpectedSession) -> None:
    rows = [
        (block.kind, item)
        for block in loaded.blocks[wanted.number]
        for item in loaded.items[wanted.number, block.kind]
        if item.tool and block.kind != expected.EVIDENCE
    ]
    found = [(block, item.kind, item.tool.number, item.tool.title) for block, item in rows]
    assert found == [(use.block, use.kind, use.number, use.title) for use in wanted.tools]
    for (_, item), use in zip(rows, wanted.tools, strict=True):
        assert carries(item.text, use.says) == []


@every_session
def test_session_prepares_asks_and_follows_up(loaded: Loaded, wanted: expected.ExpectedSession) -> None:
    preparation = [item for item in loaded.items[wanted.number, expected.PREPARATION] if not item.resource]
    assert [item.kind for item in preparation] == [said.kind for said in wanted.preparation]
    for item, said in zip(preparation, wanted.preparation, strict=True):
        assert carries(item.text, said.says) == []

    introduction = loaded.items[wanted.number, expected.INTRODUCTION]
    assert [item.kind for item in introduction] == ["aims", "question"]
    assert carries(introduction[1].text, wanted.introduction) == []

    middle = loaded.items[wanted.number, expected.MIDDLE]
    explorations = 2 if wanted.number == 9 else 1
    assert [item.kind for item in middle] == [
        "question",
        *["exploration"] * explorations,
        "discussion",
    ]
    assert carries(middle[0].text, wanted.reflection) == []

    (follow_up,) = loaded.items[wanted.number, expected.FOLLOW_UP]
    assert follow_up.kind == "follow_up"
    assert carries(follow_up.text, wanted.follow_up) == []


@every_session
def test_session_ends_with_the_same_four_choices(loaded: Loaded, wanted: expected.ExpectedSession) -> None:
    choices = loaded.items[wanted.number, expected.EVIDENCE]
    assert [item.kind for item in choices] == ["evidence_choice"] * 4
    for item, fact in zip(choices, expected.EVIDENCE_CHOICES, strict=True):
        assert carries(item.text, (fact,)) == []
    assert [item.tool.number for item in choices if item.tool] == [29]


def test_tools_are_those_the_sources_name(loaded: Loaded) -> None:
    assert sorted((tool.number, tool.title) for tool in loaded.tools) == sorted(expected.TOOLS)
    assert len(expected.TOOLS) == 25
    assert len({number for number, _ in expected.TOOLS}) == 24
    assert all(tool.description for tool in loaded.tools)


def test_tools_without_a_title_are_marked_as_described_by_us(loaded: Loaded) -> None:
    ours = sorted(tool.number for tool in loaded.tools if tool.described_by_us)
    assert ours == [5, 9, 29, 40, 46]
    assert all(bool(tool.title) != tool.described_by_us for tool in loaded.tools)


def test_resources_outside_the_sessions_are_there_too(loaded: Loaded) -> None:
    found = {(resource.kind, resource.title) for resource in loaded.resources}
    assert set(expected.RESOURCES_OUTSIDE_SESSIONS) <= found


def test_six_videos_are_each_used_once(loaded: Loaded) -> None:
    used = [
        (session, item.resource.title)
        for (session, _), items in loaded.items.items()
        for item in items
        if item.resource and item.resource.kind == "video"
    ]
    assert sorted(used) == [
        (2, "Video 5"),
        (3, "Video 2"),
        (7, "Video 6"),
        (8, "Video 1"),
        (10, "Video 3"),
        (11, "Video 4"),
    ]


def test_addresses_are_only_real_ones(loaded: Loaded) -> None:
    addresses = {resource.title: resource.address for resource in loaded.resources}
    for title, address in expected.ADDRESSES.items():
        assert addresses[title] == address
    for title, address in addresses.items():
        if address:
            # A bare home page tells nobody where the thing is.
            assert address.startswith("https://"), title
            assert address.removeprefix("https://").rstrip("/").count("/") >= 1, title


def test_the_adult_standard_has_its_areas_and_statements(loaded: Loaded) -> None:
    areas = loaded.areas["pqs-adults"]
    assert [(area.number, area.title) for area in areas] == [
        (number, title) for number, title, _, _ in expected.ADULT_AREAS
    ]
    for number, _, codes, ours in expected.ADULT_AREAS:
        statements = loaded.statements["pqs-adults", number]
        numbered = sorted(row.code for row in statements if row.code)
        assert numbered == list(codes)
        assert {row.basis for row in statements if row.code} <= {"paraphrase"}
        unnumbered = [row for row in statements if not row.code]
        assert len(unnumbered) == ours
        assert {row.basis for row in unnumbered} == {"our_summary"}


def test_areas_without_official_wording_say_that_it_is_our_summary(loaded: Loaded) -> None:
    ours = [area.number for area in loaded.areas["pqs-adults"] if area.basis == "our_summary"]
    assert ours == [1, 2, 8]
    everything = [area for areas in loaded.areas.values() for area in areas]
    assert "official" not in {area.basis for area in everything}, "no sentence of ours is official"


def test_the_childrens_standard_proves_that_nothing_is_tied_to_one(loaded: Loaded) -> None:
    areas = loaded.areas["kss-children"]
    assert [(area.number, area.title) for area in areas] == [
        (number, title) for number, title, _ in expected.CHILDREN_AREAS
    ]
    for number, _, found in expected.CHILDREN_AREAS:
        statements = loaded.statements["kss-children", number]
        assert statements
        assert {row.basis for row in statements} == {"paraphrase" if found else "our_summary"}


def test_the_default_year_has_its_sixteen_milestones(loaded: Loaded) -> None:
    fields = expected.ExpectedMilestone._fields
    found = [expected.ExpectedMilestone(*(getattr(row, field) for field in fields)) for row in loaded.milestones]
    assert found == list(expected.MILESTONES)
    assert all(row.due_month <= expected.MONTHS for row in loaded.milestones)
