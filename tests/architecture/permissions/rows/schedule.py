"""Who may do what: the choice of sessions, templates, dates, and the days to keep clear of."""

from tests.architecture.permissions.personas import AROUND_COHORT, IN_COHORT, OVERSEE, WITHOUT_ROLE, a
from tests.architecture.permissions.posted import LAY_OUT, SCHEDULED, day, new
from tests.architecture.permissions.rule import NEW, Rule, page, thing

COHORT = {"pk": "cohort"}
TEMPLATE = {"pk": "template_plan"}
CANCELLED = {"cohort_pk": "cohort", "pk": "cancelled"}


def chosen(ids):
    return {"tick": [str(ids["session"].pk)], "action": "save"}


ROWS: dict[str, Rule] = {
    "sessions_catalogue:cohort_sessions_choose": thing(
        COHORT, "ld_lead", "ld_lead", f"admin {AROUND_COHORT}", data=chosen
    ),
    # Adding up saves nothing.
    "sessions_catalogue:cohort_sessions_choose update": thing(
        COHORT, "ld_lead", "ld_lead", f"admin {AROUND_COHORT}", data=lambda ids: chosen(ids) | {"action": "update"},
        post_status=200, writes_nothing=a("ld_lead"),
    ),
    "sessions_catalogue:cohort_sessions_template": thing(
        COHORT, "ld_lead", "ld_lead", f"admin {AROUND_COHORT}", query=NEW, data=lambda ids: {**new(), "name": "T"}
    ),
    "sessions_catalogue:cohort_sessions_lay_out shown": thing(
        COHORT, "ld_lead", "ld_lead", f"admin {AROUND_COHORT}", data=LAY_OUT,
        query="?" + "&".join(f"{name}={value}" for name, value in LAY_OUT.items()),
    ),
    "sessions_catalogue:session_plan_list": page("ld_lead"),
    "sessions_catalogue:session_plan": thing(TEMPLATE, "ld_lead", "ld_lead", "admin", data={"name": "Another"}),
    "sessions_catalogue:session_plan_put_away": thing(TEMPLATE, "ld_lead", "ld_lead", "admin"),
    "sessions_catalogue:scheduled_session_cancel": thing(
        {"cohort_pk": "cohort", "pk": "scheduled"}, "ld_lead", "ld_lead", f"admin facilitator {IN_COHORT}"
    ),
    "sessions_catalogue:scheduled_session_edit cancelled": thing(
        CANCELLED, "ld_lead", "ld_lead", f"admin {IN_COHORT}", data=SCHEDULED
    ),
    "sessions_catalogue:period_list": page(OVERSEE),
    "sessions_catalogue:period_new": page(
        OVERSEE, OVERSEE, query=NEW,
        data=lambda ids: {**new(), "kind": "closed", "label": "L", **day("starts_on")},
    ),
    "sessions_catalogue:period_remove": thing({"pk": "period"}, OVERSEE, OVERSEE, f"{WITHOUT_ROLE} senior_leader"),
}  # fmt: skip
TEXTS: dict[str, str] = {
    "templatename": "ld_lead",
    "periodlabel": OVERSEE,
    "cancelledvenue": "ld_lead",
}
PUBLIC: dict[str, dict[str, str]] = {}
