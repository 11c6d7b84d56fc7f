"""Who may do what: what happens to a year, mentors, needs, and what is settled before the first cohort."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.architecture.permissions.personas import IN_COHORT
from tests.architecture.permissions.posted import SOON, TODAY, day, new
from tests.architecture.permissions.rule import NEW, Rule, page, thing

YEAR = {"pk": "enrolment"}
MENTOR = {"pk": "mentor_record"}
READY = {"pk": "ready_item"}
LISTS = "ld_lead admin"
# What is posted names somebody of A: the lead of B is shown the form again.
SOMEBODY_ELSES = {"special": {("post", "ld_lead_b"): 200}, "writes_nothing": frozenset({"ld_lead_b"})}
FACTS = {"capacity": 2, "has_two_years": "on", **day("registered_until", SOON)}


def confirmed(**sent: Any) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """What the page that says what follows sends on, for a year that has had one pause."""
    return lambda ids: {**new(), "seen": f"1:{ids['enrolment'].paused_until}", **sent}


def change(data: Callable[[Mapping[str, Any]], dict[str, Any]], **more: Any) -> Rule:
    return thing(YEAR, "ld_lead", "ld_lead", f"admin {IN_COHORT}", data=data, **more)


ROWS: dict[str, Rule] = {
    # Why a year was paused is for the person and L&D.
    "pathway:year_changes": thing(YEAR, "supervisor ld_lead", sees="mentor line_manager admin"),
    "pathway:year_move": change(
        lambda ids: {**confirmed()(ids), "cohort": ids["other_enrolment"].cohort_id, "start": "new"}
    ),
    "pathway:year_pause": change(
        confirmed(**day("starts_on"), **day("back_on", SOON), reason="leave")
    ),
    "pathway:year_pause_change": change(confirmed(**day("back_on"))),
    "pathway:year_extend": change(confirmed(**day("starts_on"), weeks=2, reason="agreed")),
    "pathway:year_pace": change(confirmed(pace_percent=60)),
    "pathway:year_withdraw": change(confirmed(**day("ended_on"), reason="agreed")),
    "pathway:year_return": thing(
        {"pk": "ended_enrolment"}, "ld_lead", "ld_lead", "admin", data=lambda ids: {**new(), "seen": "0:None"}
    ),
    "pathway:needs": thing(
        YEAR, "supervisor", "supervisor", "mentor line_manager ld_lead admin",
        data=lambda ids: {"text": "A room without steps", "id": ids["participation_need"].pk, "revision": 1},
    ),
    "pathway:mentor_list": page("ld_lead"),
    "pathway:mentor_new": page(
        "ld_lead", "ld_lead", query=NEW, data=lambda ids: {**new(), "mentor": ids["user_outsider"].pk, **FACTS},
        **SOMEBODY_ELSES,
    ),
    "pathway:mentor_edit": thing(MENTOR, "ld_lead", "ld_lead", "admin mentor", data=FACTS),
    "pathway:mentor_retire": thing(MENTOR, "", "ld_lead", "admin mentor"),
    "pathway:mentor_return": thing({"pk": "retired_mentor"}, "", "ld_lead", "admin other_mentor"),
    "pathway:readiness": page("ld_lead admin senior_leader"),
    "pathway:readiness_begin": page("", LISTS),
    "pathway:readiness_new": page(
        LISTS, LISTS, query=NEW, data=lambda ids: {**new(), "checklist": "leaders_briefing", "text": "Read it"}
    ),
    # Whoever looks after a line may tick it, and change nothing else.
    "pathway:readiness_tick": thing(
        READY, f"outsider {LISTS}", f"outsider {LISTS}", "senior_leader", data=day("done_on", TODAY)
    ),
    "pathway:readiness_edit": thing(READY, LISTS, LISTS, "outsider senior_leader", data={"text": "Another"}),
    "pathway:readiness_put_away": thing(READY, "", LISTS, "outsider senior_leader"),
    "pathway:cohort_for_one": page(
        "ld_lead", "ld_lead", query=NEW,
        data=lambda ids: {
            **new(), "person": ids["user_outsider"].pk, "purpose": "induction", **day("starts_on"),
            "programme": ids["programme_supplied"].pk,
        },
        **SOMEBODY_ELSES,
    ),
}  # fmt: skip
TEXTS: dict[str, str] = {
    "aboutmentor": "ld_lead",
    "readytext": "outsider ld_lead admin senior_leader",
    "readynote": "outsider ld_lead admin senior_leader",
    "readyaway": "",
}
PUBLIC: dict[str, dict[str, str]] = {}
