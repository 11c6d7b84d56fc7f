"""Who may do what: asking for a focus, and what the supervisor sees of an observation before its release."""

from tests.architecture.permissions.rule import Rule, thing

BESIDE_THE_YEAR = "mentor line_manager ld_lead admin"


def observation(name):
    return {"pk": f"observation_{name}"}


def asking(**more):
    def data(ids):
        areas = [str(ids["area"].pk)]
        return {"revision": 1, "shown": ids["user_mentor"].pk, "areas": areas, "text": "Words", **more}

    return data


ROWS: dict[str, Rule] = {
    "observations:focus": thing({"pk": "enrolment"}, "supervisor", "supervisor", BESIDE_THE_YEAR, data=asking()),
    "observations:focus taken back": thing(
        {"pk": "enrolment"}, "supervisor", "supervisor", BESIDE_THE_YEAR, data=asking(take_back="")
    ),
    "observations:booked": thing(observation("booked"), "supervisor"),
    "observations:booked draft": thing(observation("draft"), "supervisor"),
    # Read on its own page, or not to take place any more.
    "observations:booked released": thing(observation("released"), "supervisor", get_status=302),
    "observations:booked former": thing(observation("formerdraft"), "supervisor", get_status=302),
    "accounts:draft focus": thing(
        {"form_name": "focus", "target_id": "enrolment"}, "", "supervisor", data={"text": "Words"}
    ),
}
TEXTS: dict[str, str] = {
    "focustext": "supervisor mentor",
    "focusseen": "supervisor mentor",
    # Asked of a former mentor.
    "focusformer": "supervisor",
}
PUBLIC: dict[str, dict[str, str]] = {}
