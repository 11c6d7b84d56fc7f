"""Who may do what: imports."""

from tests.architecture.permissions.personas import AROUND_COHORT
from tests.architecture.permissions.posted import new
from tests.architecture.permissions.rule import NEW, Rule, page, thing

CHECKED = {"pk": "people_import"}
DONE = {"pk": "people_import_done"}
ROWS: dict[str, Rule] = {
    "pathway:people_import_new": thing(
        {"pk": "cohort"}, "ld_lead", "ld_lead", f"admin {AROUND_COHORT}", query=NEW,
        data=lambda ids: {**new(), "addresses": "New <new@example.org>"},
    ),
    # Addresses of somebody elsewhere: the same answer.
    "pathway:people_import_new known": thing(
        {"pk": "draft_cohort"}, "ld_lead", "ld_lead", "admin", query=NEW,
        data=lambda ids: {**new(), "addresses": "New <stranger@example.org>"},
    ),
    "pathway:people_import_example": page("ld_lead"),
    "pathway:people_import": thing(CHECKED, "ld_lead", query="?show=all"),
    "pathway:people_import done": thing(DONE, "ld_lead", query="?show=all"),
    "pathway:people_import_start": thing(CHECKED, "", "ld_lead"),
    "pathway:people_import_discard": thing(CHECKED, "", "ld_lead"),
    "pathway:people_import_result": thing(DONE, "ld_lead"),
}  # fmt: skip
TEXTS: dict[str, str] = {
    "importfile": "ld_lead",
    "importedname": "ld_lead",
    "mail:imported": "ld_lead",
    "importcolumn": "ld_lead",
    "importwhy": "ld_lead",
}
PUBLIC: dict[str, dict[str, str]] = {}
