"""Who asks: a persona of one of two organisations, like ``mentor_a``. Imports nothing of the project."""

BESIDE = "mentor line_manager"  # of the enrolment in question, today
WITHOUT_ROLE = (
    "supervisor mentor former_mentor line_manager former_line_manager panel_member other_supervisor other_mentor"
    " outsider facilitator former_admin"
)
IN_COHORT = f"supervisor {BESIDE}"
AROUND_COHORT = f"{IN_COHORT} panel_member"
OVERSEE = "ld_lead admin"
LIVE = f"{WITHOUT_ROLE} ld_lead admin senior_leader"
NOWHERE = "suspended invited"  # signed in, with no membership that is live
EVERYBODY = f"{LIVE} {NOWHERE} pending"
# The neighbours: one of each role in organisation B.
NEIGHBOURS = "supervisor mentor line_manager panel_member outsider ld_lead admin senior_leader"


def a(personas: str) -> frozenset[str]:
    """Of organisation A."""
    return frozenset(f"{persona}_a" for persona in personas.split())


def both(personas: str) -> frozenset[str]:
    """Of A and of B: for pages that show everybody their own."""
    of_b = {persona for persona in personas.split() if persona in NEIGHBOURS.split()}
    return a(personas) | {f"{persona}_b" for persona in of_b}


PEOPLE = both(EVERYBODY)
# Of B, those who are asked where an address has a row already and only what it is asked for varies.
A_FEW_NEIGHBOURS = {"mentor_b", "ld_lead_b", "admin_b"}


def asked_about(key: str) -> list[str]:
    """Who is asked for a row of the oracle."""
    varies = " " in key
    people = sorted(who for who in PEOPLE if not varies or who.endswith("_a") or who in A_FEW_NEIGHBOURS)
    return ["anonymous", *people]
