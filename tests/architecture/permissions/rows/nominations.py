"""Who may do what: nominations."""

from tests.architecture.permissions.personas import LIVE, OVERSEE
from tests.architecture.permissions.posted import day, new
from tests.architecture.permissions.rule import NEW, Rule, page, thing

# A nominated member (the outsider) waits; the panel member asked and the mentor is to say yes; somebody is nominated
# by the line manager by an address that is nobody's here; the invited person has a place.
WAITING = {"pk": "nomination_waiting"}
ASKED = {"pk": "nomination_asked"}
UNKNOWN = {"pk": "nomination_unknown"}
PLACED = {"pk": "nomination_placed"}
ROWS: dict[str, Rule] = {
    "pathway:nomination_list": page("ld_lead"),
    "pathway:nomination_list asked": page("ld_lead", query="?show=asked"),
    "pathway:nomination_list placed": page("ld_lead", query="?show=placed"),
    "pathway:nomination_mine": page(LIVE),
    "pathway:nomination_new": page(
        LIVE, LIVE, query=NEW,
        data=lambda ids: {**new(), "name": "New", "email": "new@example.org", "agrees": "on"},
    ),
    # An address that belongs to somebody elsewhere: the same answer.
    "pathway:nomination_new known": page(
        LIVE, LIVE, query=NEW,
        data=lambda ids: {**new(), "name": "New", "email": "stranger@example.org", "agrees": "on"},
    ),
    # Two wait already: the form is shown again, and who waits twice is refused.
    "pathway:nomination_ask": page(
        LIVE, LIVE, query=NEW, data=lambda ids: {**new(), "email": "boss@example.org"},
        special={("post", "outsider_a"): 200, ("post", "panel_member_a"): 200,
                 ("post", "outsider_b"): 200, ("post", "panel_member_b"): 200},
        writes_nothing=frozenset({"outsider_a", "panel_member_a", "outsider_b", "panel_member_b"}),
    ),
    "pathway:nomination_time": thing(ASKED, "mentor", "mentor", "panel_member ld_lead", data={"agrees": "yes"}),
    "pathway:nomination_time no": thing(
        ASKED, "mentor", "mentor", "panel_member ld_lead", data={"agrees": "no", "why": "Not now"}
    ),
    "pathway:nomination_place": thing(
        WAITING, "ld_lead", "ld_lead", "line_manager outsider",
        data=lambda ids: {"cohort": ids["cohort"].pk, "taking_part_as": "", **day("starts_on")},
    ),
    "pathway:nomination_place unknown": thing(
        UNKNOWN, "ld_lead", "ld_lead", "line_manager", data=lambda ids: {"cohort": ids["draft_cohort"].pk}
    ),
    "pathway:nomination_answer": thing(
        WAITING, "ld_lead", "ld_lead", "line_manager outsider", data={"outcome": "waiting", "text": "In March"}
    ),
    "pathway:nomination_answer placed": thing(PLACED, "ld_lead", "ld_lead", data={"text": "Not now"}),
    "pathway:nomination_withdraw": thing(
        WAITING, "line_manager outsider", "line_manager outsider", "ld_lead"
    ),
    "pathway:nomination_withdraw asked": thing(ASKED, "panel_member", "panel_member", "mentor ld_lead"),
}  # fmt: skip
TEXTS: dict[str, str] = {
    # Whoever nominated goes on seeing what they typed, and L&D once the address is nobody's here.
    "nominee": "line_manager",
    "unknownnominee": "line_manager ld_lead",
    "mail:nominee": "line_manager",
    "mail:unknownnominee": "line_manager ld_lead",
    "whynoplace": "line_manager outsider ld_lead",
    # Named by the one who asked; once the line manager is a member, L&D see the name instead.
    "mail:boss": "panel_member",
    # Who nominated, who asks, and who is the line manager, to those whom the nomination is about.
    "line_manager": f"outsider supervisor mentor line_manager {OVERSEE}",
    "panel_member": f"panel_member mentor {OVERSEE}",
}
PUBLIC: dict[str, dict[str, str]] = {}
