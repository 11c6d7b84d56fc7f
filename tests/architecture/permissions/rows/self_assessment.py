"""Who may do what: self-assessments, the mentor's view beside them, the organisation's levels."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.permissions.rule import Rule, page, thing

WRITERS = "supervisor other_supervisor"
# Done, shared, and read by the mentor, whose view stands beside.
OPEN = {"pk": "enrolment", "point": "start"}
# Being written by both.
DRAFT = {"pk": "enrolment", "point": "middle"}
# Done and shared; the mentor has not given theirs.
WAITING = {"pk": "enrolment", "point": "end"}
# Taken back since; the view beside it stays with both.
TAKEN_BACK = {"pk": "other_enrolment", "point": "start"}
SAID = {"revision": 1, "level_1": "2", "why_1": "Because"}


def opened(ids: Mapping[str, Any]) -> dict[str, Any]:
    readers = {"readers": ["mentor", "portfolio"], "shown": ids["user_mentor"].pk}
    return {"revision": 2, "nobody_recognisable": "on", **readers}


ROWS: dict[str, Rule] = {
    "portfolio:self_assessment_list": page(WRITERS, others=404),
    "portfolio:self_assessment": thing(OPEN, "supervisor"),
    "portfolio:self_assessment draft": thing(DRAFT, "supervisor"),
    "portfolio:self_assessment waiting": thing(WAITING, "supervisor"),
    "portfolio:self_assessment_edit": thing(DRAFT, "supervisor", "supervisor", data=SAID),
    "portfolio:self_assessment_share": thing(WAITING, "supervisor", "supervisor", data=opened),
    "portfolio:self_assessment_reopen": thing(WAITING, "", "supervisor"),
    "portfolio:self_assessment_version": thing({**OPEN, "number": 2}, "supervisor"),
    "portfolio:self_assessment_version waiting": thing({**WAITING, "number": 2}, "supervisor"),
    "portfolio:mentee_self_assessments": thing({"pk": "enrolment"}, "mentor"),
    "portfolio:mentor_view": thing(DRAFT, "mentor", "mentor", data=SAID),
    "portfolio:mentor_view waiting": thing(WAITING, "mentor", "mentor", data={**SAID, "revision": 0, "done": ""}),
    "portfolio:mentor_view_look": thing(WAITING, "", "mentor"),
    "portfolio:mentee_self_assessment": thing(OPEN, "mentor"),
    # Shared, but neither given nor asked for: there is nothing to read yet.
    "portfolio:mentee_self_assessment waiting": thing(WAITING),
    "portfolio:mentee_self_assessment draft": thing(DRAFT),
    "portfolio:mentee_self_assessment taken back": thing(TAKEN_BACK, "other_mentor"),
    "portfolio:self_assessment taken back": thing(TAKEN_BACK, "other_supervisor"),
    "portfolio:scale": page("ld_lead admin", "ld_lead admin", data={"revision": 1, "words": "One\nTwo\nThree"}),
}
TEXTS: dict[str, str] = {
    "assessedopen": "supervisor mentor",
    # The writer's row as it stands, which no reader has.
    "assessedopenlater": "supervisor",
    "assesseddraft": "supervisor",
    # The writer's alone until the mentor has given theirs.
    "assessedwaiting": "supervisor",
    "assessedwaitinglater": "supervisor",
    "viewopen": "supervisor mentor",
    "viewdraft": "mentor",
    "assessedtakenback": "other_supervisor",
    "viewtakenback": "other_supervisor other_mentor",
    "scaleword": "supervisor other_supervisor mentor other_mentor ld_lead admin",
}
PUBLIC: dict[str, dict[str, str]] = {}
