"""Who may do what: voices."""

from tests.architecture.permissions.personas import AROUND_COHORT, LIVE
from tests.architecture.permissions.posted import new
from tests.architecture.permissions.rule import NEW, Rule, page, thing

OWN = "supervisor other_supervisor"  # who has a year
NAMED, UNNAMED = {"pk": "suggestion_named"}, {"pk": "suggestion_unnamed"}
ANSWER = {"revision": 1, "status": "considered", "answer": "We look into it", "publish": "on"}
ANSWERED = {"question_1": 5, "question_2": 1, "question_3": 3}


def asked(ids):
    """The supervisor of the other cohort is half-way; nobody else is asked anything now."""
    return {**ANSWERED, "about": f"{ids['pulse_enrolment'].pk}:midway"}


def suggested(with_name):
    return lambda ids: {**new(), "theme": "time", "text": "More time", "with_name": with_name}


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
    "sessions_catalogue:suggestion_list": page(LIVE),
    "sessions_catalogue:suggestion_new": page(OWN, OWN, query=NEW, data=suggested("yes")),
    "sessions_catalogue:suggestion_new unnamed": page(OWN, OWN, query=NEW, data=suggested("no")),
    "sessions_catalogue:suggestion_all": page("ld_lead"),
    "sessions_catalogue:suggestion_all chosen": page("ld_lead", query="?status=done&theme=tools"),
    "sessions_catalogue:suggestion": thing(NAMED, "ld_lead", "ld_lead", "supervisor", data=ANSWER),
    "sessions_catalogue:suggestion unnamed": thing(UNNAMED, "ld_lead", "ld_lead", data=ANSWER),
}
# Of what is published, everybody reads the answer and nobody else the words.
TEXTS: dict[str, str] = {
    "suggestionnamed": "supervisor ld_lead",
    "suggestionnamedanswer": "supervisor ld_lead",
    "suggestionunnamed": "ld_lead",
    "suggestionunnamedanswer": LIVE,
}
PUBLIC: dict[str, dict[str, str]] = {}
