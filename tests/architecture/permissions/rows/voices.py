"""Who may do what: voices."""

from tests.architecture.permissions.personas import AROUND_COHORT
from tests.architecture.permissions.rule import Rule, page, thing

OWN = "supervisor other_supervisor"  # who has a year
ANSWERED = {"question_1": 5, "question_2": 1, "question_3": 3}


def asked(ids):
    """The supervisor of the other cohort is half-way; nobody else is asked anything now."""
    return {**ANSWERED, "about": f"{ids['pulse_enrolment'].pk}:midway"}


ROWS: dict[str, Rule] = {
    "sessions_catalogue:pulse": page(
        OWN, OWN, others=404, data=asked, writes_nothing=frozenset({"supervisor_a", "supervisor_b"})
    ),
    "sessions_catalogue:pulse no": page(
        OWN,
        OWN,
        others=404,
        data=lambda ids: {**asked(ids), "no_thanks": "No thanks"},
        writes_nothing=frozenset({"supervisor_a", "supervisor_b"}),
    ),
    "sessions_catalogue:pulse_results": thing({"pk": "cohort"}, "ld_lead", sees=f"{AROUND_COHORT} admin"),
    "sessions_catalogue:pulse_results draft": thing({"pk": "draft_cohort"}, "ld_lead", sees="admin"),
}
TEXTS: dict[str, str] = {}
PUBLIC: dict[str, dict[str, str]] = {}
