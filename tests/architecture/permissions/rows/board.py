"""Who may do what: a cohort's board as a file, and a friendly nudge."""

from tests.architecture.permissions.personas import AROUND_COHORT, IN_COHORT
from tests.architecture.permissions.rule import Rule, thing

COHORT = {"pk": "cohort"}

ROWS: dict[str, Rule] = {
    "insights:cohort_csv": thing(COHORT, "ld_lead admin", sees=AROUND_COHORT),
    "insights:cohort sorted": thing(COHORT, "ld_lead admin", sees=AROUND_COHORT, query="?sort=name&detail=sessions"),
    "pathway:nudge": thing({"pk": "enrolment"}, "", "ld_lead", f"{IN_COHORT} admin", data={"about": "Session 4"}),
}
TEXTS: dict[str, str] = {}
PUBLIC: dict[str, dict[str, str]] = {}
