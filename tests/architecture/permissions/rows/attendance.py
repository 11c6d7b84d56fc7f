"""Who may do what: attendance."""

from tests.architecture.permissions.personas import BESIDE, IN_COHORT, LIVE, OVERSEE, a
from tests.architecture.permissions.posted import day, new
from tests.architecture.permissions.rule import NEW, Rule, page, thing

COMING, HELD = {"pk": "scheduled"}, {"pk": "held"}
MISSED = {"pk": "enrolment", "number": 6}
# The other supervisor has a place at the coming delivery; that opens the place and nothing more.
KNOWN = f"admin {IN_COHORT}"
# Everybody may ask what they run; only facilitators find something.
ROWS: dict[str, Rule] = {
    "sessions_catalogue:delivery_list": page(LIVE),
    "sessions_catalogue:delivery": thing(COMING, "facilitator ld_lead", sees=KNOWN),
    "sessions_catalogue:delivery held": thing(HELD, "facilitator ld_lead", sees=KNOWN),
    "sessions_catalogue:delivery missed": thing({"pk": "missed"}, "ld_lead", sees=KNOWN),
    "sessions_catalogue:register": thing(
        HELD, "facilitator ld_lead", "facilitator ld_lead", KNOWN,
        data=lambda ids: {f"state-{ids['enrolment'].pk}": "missed", f"seen-{ids['enrolment'].pk}": "attended"},
    ),
    "sessions_catalogue:register to come": thing(
        COMING, "facilitator ld_lead", "facilitator ld_lead", KNOWN,
        data=lambda ids: {f"state-{ids['enrolment'].pk}": "missed", f"seen-{ids['enrolment'].pk}": ""},
        writes_nothing=a("facilitator ld_lead"),  # it is not open
    ),
    "sessions_catalogue:run_sheet": thing(COMING, "facilitator ld_lead", sees=KNOWN),
    "sessions_catalogue:places": thing(
        HELD, "ld_lead", "ld_lead", f"facilitator {KNOWN}",
        data=lambda ids: {"enrolment": ids["other_enrolment"].pk},
    ),
    "sessions_catalogue:places to come": thing(COMING, "ld_lead", sees=f"facilitator {KNOWN}", post="ld_lead",
        data=lambda ids: {"enrolment": ids["other_enrolment"].pk},
        post_status=200, writes_nothing=a("ld_lead"),  # they have one
    ),
    "sessions_catalogue:facilitators": thing(
        COMING, "ld_lead", "ld_lead", f"facilitator {KNOWN}", data=lambda ids: {"member": ids["user_outsider"].pk}
    ),
    "sessions_catalogue:facilitators held": thing(
        HELD, "ld_lead", "ld_lead", f"facilitator {KNOWN}", data=lambda ids: {"member": ids["user_outsider"].pk}
    ),
    "sessions_catalogue:guest_new": thing(
        COMING, "ld_lead", "ld_lead", f"facilitator {KNOWN}", query=NEW, post_status=200,
        data=lambda ids: {**new(), "name": "Guest"},
    ),
    "sessions_catalogue:facilitation_end": thing({"pk": "facilitation"}, "", "ld_lead", "facilitator"),
    "sessions_catalogue:facilitation_end guest": thing({"pk": "guest"}, "", "ld_lead"),
    "sessions_catalogue:guest_link_renew": thing({"pk": "guest"}, "", "ld_lead", post_status=200),
    "sessions_catalogue:guest_link_renew member": thing(
        {"pk": "facilitation"}, "", "ld_lead", "facilitator", writes_nothing=a("ld_lead")
    ),
    "sessions_catalogue:place_give_up": thing(
        {"pk": "place"}, "", "other_supervisor ld_lead", "other_mentor admin"
    ),
    "sessions_catalogue:catch_up": thing({"pk": "enrolment"}, "supervisor ld_lead", sees=f"{BESIDE} admin"),
    "sessions_catalogue:catch_up other": thing(
        {"pk": "other_enrolment"}, "other_supervisor ld_lead", sees="other_mentor admin"
    ),
    "sessions_catalogue:catch_up_session": thing(
        MISSED, "supervisor ld_lead", "supervisor ld_lead", f"{BESIDE} admin", data=day("studied_on")
    ),
    "sessions_catalogue:place_take": thing(
        MISSED, "", "supervisor ld_lead", f"{BESIDE} admin", data=lambda ids: {"scheduled": ids["again"].pk}
    ),
    "sessions_catalogue:certificate": thing({"pk": "enrolment"}, "supervisor ld_lead", sees=f"{BESIDE} admin"),
}  # fmt: skip
TEXTS: dict[str, str] = {
    "othervenue": f"supervisor other_supervisor other_mentor {OVERSEE}",
    "need": "supervisor facilitator ld_lead",
    "guest": "ld_lead",
}
PUBLIC: dict[str, dict[str, str]] = {
    "sessions_catalogue:guest_delivery": {"token": "made-up"},
    "sessions_catalogue:guest_register": {"token": "made-up"},
    "sessions_catalogue:guest_run_sheet": {"token": "made-up"},
}
