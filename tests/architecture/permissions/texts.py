"""Who may read which text: written by hand from docs/dpia.md §4, importing nothing of the project."""

import re

from tests.architecture.permissions.personas import AROUND_COHORT, BESIDE, EVERYBODY, IN_COHORT, LIVE, OVERSEE
from tests.architecture.permissions.rows import TEXTS as TEXTS_BY_TOPIC

NOBODY = ""
# Pieces of evidence and observations: who reads them beside their writer, or the mentor who wrote them.
PIECES = {"private": "", "mentored": "mentor", "portfolio": "mentor", "formerly": "", "binned": ""}
OBSERVATIONS = {
    "draft": "mentor",
    "booked": "mentor",
    "released": "supervisor mentor",
    "reflected": "supervisor mentor",
    # A former mentor keeps nothing, and nobody inherits what was never released.
    "formerdraft": NOBODY,
    "formerreleased": "supervisor",
}
# Each text of the world by its name, and its readers in its own organisation; nobody in another one ever.
TEXTS: dict[str, str] = {
    # People: oneself, L&D leads and admins; others through a row that both may see.
    "supervisor": f"supervisor {BESIDE} facilitator {OVERSEE}",  # who runs a delivery sees who comes
    "mentor": f"supervisor {BESIDE} {OVERSEE}",
    "line_manager": f"supervisor {BESIDE} {OVERSEE}",
    "former_mentor": f"former_mentor supervisor {OVERSEE}",
    "former_line_manager": f"former_line_manager {OVERSEE}",
    "panel_member": f"panel_member {OVERSEE}",
    "other_supervisor": f"other_supervisor other_mentor facilitator {OVERSEE}",
    "other_mentor": f"other_supervisor other_mentor {OVERSEE}",
    # Senior leaders read who looks after what before the first cohort.
    "outsider": f"outsider senior_leader {OVERSEE}",
    "facilitator": f"facilitator {OVERSEE}",
    # Admins who exported the portfolio: its writer is told who and why.
    "former_admin": f"former_admin supervisor {OVERSEE}",
    "admin": f"supervisor {OVERSEE}",
    "senior_leader": f"senior_leader {OVERSEE}",
    "suspended": f"suspended {OVERSEE}",
    "pending": f"pending {OVERSEE}",
    "ld_lead": OVERSEE,
    # Until accepted, the organisation has what it typed, and not the name of an account elsewhere.
    "typedinvited": OVERSEE,
    "hiddenname": "invited",
    **{f"typed{persona}": NOBODY for persona in EVERYBODY.split() if persona != "invited"},
    "regno": "mentor admin",
    # The organisation.
    "organisation": f"{LIVE} pending",
    "helpname": f"{LIVE} pending",
    "safeguarding": f"{LIVE} pending",
    "dataprotection": f"{LIVE} pending",
    "standard": LIVE,
    "area": LIVE,
    "programme": LIVE,
    "milestone": LIVE,
    "address": LIVE,
    # Cohorts, their dates and steps.
    "cohort": f"{AROUND_COHORT} {OVERSEE}",
    "othercohort": f"other_supervisor other_mentor {OVERSEE}",
    "draftcohort": OVERSEE,
    # Also to who runs the delivery, and to who has a place at it.
    "venue": f"{IN_COHORT} facilitator other_supervisor {OVERSEE}",
    "joining": f"{IN_COHORT} facilitator other_supervisor {OVERSEE}",
    "samereason": "ld_lead",
    "stepnote": "supervisor mentor",
    "steptook": "supervisor mentor",
    "stepfile": "supervisor mentor",
    "stepbytes": "supervisor mentor",
    "sharednote": "ld_lead",
    "sharedfile": "ld_lead",
    "sharedbytes": "ld_lead",
    # Evidence: a reader reads what was shared, and nothing before or after.
    **{
        f"{name}{version}{part}": f"supervisor {PIECES[name] if version == '' else NOBODY}"
        for name in PIECES
        for version in ("", "before", "later")
        for part in ("", "body", "why")
    },
    "privatefile": "supervisor", "privatefilebytes": "supervisor",
    "mentoredfile": "supervisor mentor", "mentoredfilebytes": "supervisor mentor",
    "laterfile": "supervisor", "laterfilebytes": "supervisor",
    "waitingfile": "supervisor", "waitingfilebytes": "supervisor",
    "removedfile": "supervisor", "removedfilebytes": NOBODY,  # its name, to take it out for good
    "formerlyfile": "supervisor", "formerlyfilebytes": "supervisor",
    "comment": "supervisor mentor",
    "formerlycomment": "supervisor",
    "earliercomment": "supervisor",
    # Observations.
    **{
        f"{name}{part}": readers
        for name, readers in OBSERVATIONS.items()
        for part in ("whom", "context", "noticed", "strengths", "points")
    },
    "reflection": "supervisor mentor",
    # Exports, notices, records.
    "own_exportbytes": "supervisor",
    "admin_exportbytes": "admin",
    "failed_exportbytes": NOBODY,
    "former_exportbytes": NOBODY,
    "exportreason": "supervisor admin",
    "formerreason": "supervisor",
    "notice": "supervisor",
    **{f"audit{category}": "admin" for category in ("people", "cohorts", "signin", "exports", "organisation")},
    "audittakenout": "admin",
    "auditportfolio": NOBODY,
    # Addresses of people: themselves, L&D leads and admins.
    # and, so that they can write to each other, those who stand beside somebody's year.
    **{f"mail:{persona}": f"{persona} {OVERSEE}" for persona in EVERYBODY.split()},
    **{f"mail:{persona}": f"{IN_COHORT} {OVERSEE}" for persona in BESIDE.split()},
    "mail:other_mentor": f"other_supervisor other_mentor {OVERSEE}",
    **TEXTS_BY_TOPIC,
}  # fmt: skip


def canary(mark: str, name: str) -> str:
    """The text itself as it stands in the world."""
    if name.startswith("mail:"):
        return f"{name.removeprefix('mail:')}@{mark.lower()}.example"
    return f"canary{mark}{name}z"


_READERS = {
    canary(mark, name): frozenset(f"{persona}_{mark.lower()}" for persona in readers.split())
    for mark in "AB"
    for name, readers in TEXTS.items()
}
CANARIES = frozenset(_READERS)
OF_A = frozenset(canary("A", name) for name in TEXTS)
# A sentence may begin with one, an address on the page may be escaped.
_FOUND = re.compile(r"[Cc]anary[AB]\w+?z|\w+(?:@|%40|&#64;)[ab]\.example")


def readers(text: str) -> frozenset[str]:
    """Who may read it; KeyError for a text that the table forgot."""
    return _READERS[text]


def found_in(text: str) -> set[str]:
    return {
        found.replace("Canary", "canary").replace("%40", "@").replace("&#64;", "@") for found in _FOUND.findall(text)
    }
