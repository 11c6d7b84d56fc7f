"""The loaded worksheets against a table typed by hand."""

import json

import pytest
from django.conf import settings
from django.core.management import call_command

from sessions_catalogue.models import BlockItem, ProgrammeSession, SessionBlock, WorksheetTemplate
from tests.factories.workspace import WorkspaceEntryFactory

pytestmark = pytest.mark.django_db

# key, tool number or None, its tool's title where the number is not enough, session, personal, one per supervisee
EXPECTED = [
    ("four-by-four-by-four", None, "", 2, False, False),
    ("supervision-cycle", None, "", 2, False, False),
    ("grow", 28, "Coaching Model GROW", 8, False, False),
    ("ears", 27, "Appreciative Inquiry", 7, False, False),
    ("discrepancy-matrix", 11, "Discrepancy matrix", 9, False, False),
    ("reflective-supervision-audit", 31, "Reflective supervision Audit tool", 1, False, False),
    ("support-and-direction", 41, "Supportive Directive", 6, False, True),
    ("organisational-culture", 44, "Organisational culture", 3, False, False),
    ("workload", 46, "", 11, False, True),
    ("case-prioritisation", 47, "Case prioritisation", 11, False, True),
    ("difficult-conversation", None, "", 10, False, False),
    ("supervision-preparation", None, "", 2, False, False),
    ("identity", 2, "Identity exercise", 4, True, False),
    ("privilege", 3, "Privilege exercise", 4, True, False),
    ("social-graces", 1, "Social GRRRAAAACCEEESSSS", 4, True, False),
]
# The parts that make each model what it is, in its order.
GROUPS = {
    "discrepancy-matrix": ["Evidence", "Ambiguous", "Assumption", "Missing"],
    "grow": ["Goal", "Reality", "Options", "Will"],
    "ears": ["Elicit", "Amplify", "Reinforce", "Start again"],
}
FOUR_BY_FOUR = {
    "functions": ["management", "development", "support", "mediation"],
    "stakeholders": ["adults_and_carers", "worker", "organisation", "partners"],
    "cycle": ["experience", "reflection", "analysis", "plan"],
}
# Names of other fields of the form.
TAKEN = {"id", "revision", "about", "csrfmiddlewaretoken", "action"}
SECRET = ("password", "code", "token", "secret")


@pytest.fixture
def loaded(db):
    call_command("load_standards")
    call_command("load_catalogue")
    call_command("load_catalogue")
    return {row.key: row for row in WorksheetTemplate.objects.select_related("tool")}


def test_the_worksheets_with_their_tools_and_sessions(loaded):
    found = [
        (
            row.key,
            row.tool.number if row.tool else None,
            row.tool.title if row.tool else "",
            row.session_number,
            row.is_personal,
            row.is_per_supervisee,
        )
        for row in loaded.values()
    ]
    assert found == EXPECTED


def test_each_has_fields_of_known_kinds_in_known_groups(loaded):
    for row in loaded.values():
        keys = [field["key"] for field in row.fields]
        assert (row.key, len(keys) >= 3, len(keys) == len(set(keys))) == (row.key, True, True)
        assert (row.key, TAKEN & set(keys)) == (row.key, set())
        # Fields with such names are not shown again when a save is refused.
        assert [key for key in keys if any(word in key for word in SECRET)] == []
        assert {field["kind"] for field in row.fields} <= {"text", "long", "scale", "date"}
        assert {field["group"] for field in row.fields} - {""} == {group["key"] for group in row.groups}
        assert all(field["label"] and row.title and row.text for field in row.fields)
        scales = [field for field in row.fields if field["kind"] == "scale"]
        assert all(field["low"] and field["high"] for field in scales)


def test_the_models_have_their_parts(loaded):
    for key, titles in GROUPS.items():
        assert [group["title"] for group in loaded[key].groups][:4] == titles
        named = {group["key"] for group in loaded[key].groups if group["title"] in titles}
        assert {field["group"] for field in loaded[key].fields} >= named
    for group, keys in FOUR_BY_FOUR.items():
        fields = loaded["four-by-four-by-four"].fields
        assert [field["key"] for field in fields if field["group"] == group] == keys


def test_the_audit_has_a_date_and_a_note_to_each_scale(loaded):
    fields = {field["key"]: field["kind"] for field in loaded["reflective-supervision-audit"].fields}
    scales = [key for key, kind in fields.items() if kind == "scale"]
    assert (fields["filled_on"], len(scales)) == ("date", 10)
    assert [fields[f"{key}_note"] for key in scales] == ["text"] * 10


def test_those_about_others_ask_for_no_names(loaded):
    for key in ("discrepancy-matrix", "workload", "case-prioritisation", "support-and-direction"):
        row = loaded[key]
        words = json.dumps([row.text, row.fields]).lower()
        assert any(word in words for word in ("recognis", "could show who", "made-up name", "never by a name"))


def test_an_item_that_left_the_file_stays_where_somebody_wrote_beside_it(loaded, world):
    folder = settings.BASE_DIR / "fixtures" / "catalogue"
    assert len(json.loads((folder / "worksheets.json").read_text("utf-8"))) == len(EXPECTED)
    session = ProgrammeSession.objects.get(number=4)
    block = SessionBlock.objects.get(session=session, kind="introduction")
    kept, gone = (
        BlockItem.objects.create(block=block, position=position, kind="question", text="Left the file")
        for position in (98, 99)
    )
    entry = WorkspaceEntryFactory(enrolment=world.enrolment, item=kept)
    call_command("load_catalogue")
    entry.refresh_from_db()
    assert (entry.item, BlockItem.objects.filter(pk=gone.pk).exists()) == (kept, False)
