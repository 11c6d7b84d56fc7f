"""Who may do what: finding and ordering pieces, and what they say about the areas."""

from tests.architecture.permissions.personas import both
from tests.architecture.permissions.rule import Rule, page, thing

WRITERS = "supervisor other_supervisor"
MARKING = "ld_lead admin"
ENROLMENT = {"pk": "enrolment"}
AREA = {"area": "area"}
WORD = {"form_name": "area_word", "target_id": "word_of_area"}
TOP = {"where": "top", "list": "sort=own"}

ROWS: dict[str, Rule] = {
    # A search looks through what its reader may read: tags and later texts are the writer's.
    "portfolio:evidence_list found": page(WRITERS, others=404, query="?q=canary&sort=own"),
    "portfolio:mentee_evidence found": thing(ENROLMENT, "mentor", query="?q=canary&sort=oldest"),
    "portfolio:evidence_move": thing({"pk": "evidence_mentored"}, "", "supervisor", "mentor", data=TOP),
    "portfolio:evidence_move private": thing({"pk": "evidence_private"}, "", "supervisor", data={"where": "down"}),
    "portfolio:coverage": page(WRITERS, others=404),
    "portfolio:coverage_area": page(WRITERS, WRITERS, others=404, url=AREA, data={"level": "enough"}),
    # An area of a standard that nobody's year follows.
    "portfolio:coverage_area elsewhere": thing({"area": "own_area"}),
    "portfolio:best_mark": thing({"pk": "evidence_mentored", **AREA}, "", "supervisor", "mentor"),
    "portfolio:best_mark private": thing({"pk": "evidence_private", **AREA}, "", "supervisor"),
    "portfolio:mentee_coverage": thing(ENROLMENT, "mentor"),
    "portfolio:mentee_coverage other": thing({"pk": "other_enrolment"}, "other_mentor"),
    "portfolio:mentee_area": thing(
        {**ENROLMENT, **AREA}, "mentor", "mentor", data={"level": "more", "text": "Words", "revision": 1}
    ),
    "portfolio:mentee_area elsewhere": thing({**ENROLMENT, "area": "own_area"}),
    # What is said of an area of a standard goes for the organisation that says it.
    "pathway:statement_sets": page(MARKING),
    "pathway:statement_set": page("", MARKING, url={"pk": "area"}, data={"mark": "no"}),
    "pathway:statement_set again": page("", MARKING, url={"pk": "area"}, writes_nothing=both(MARKING)),
    "accounts:draft area word": thing(WORD, "", "mentor", data={"level": "more", "text": "Words"}),
}
TEXTS: dict[str, str] = {
    "areaword": "supervisor mentor",
    # A former mentor's, which its writer keeps from nobody but the person.
    "areawordformer": "supervisor",
    "coveragetag": "supervisor",
}
PUBLIC: dict[str, dict[str, str]] = {}
