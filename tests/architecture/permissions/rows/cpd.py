"""Who may do what: records for a regulator. Their writer alone; who is asked to talk reads who asks, and no more."""

from tests.architecture.permissions.personas import a
from tests.architecture.permissions.posted import day, new
from tests.architecture.permissions.rows.later import source_id
from tests.architecture.permissions.rule import FRESH, NEW, Rule, each, page, thing

WRITERS = "supervisor other_supervisor"
RECORD = {"pk": "cpd_record"}
AWAY = {"pk": "cpd_away"}
SAID = {"title": "A title", "what_and_why": "Words", "learnt": "Words", "impact": "Words", **day("happened_on")}
DRAFT = {"form_name": "cpd", "target_id": "cpd_record"}


def made(ids: object) -> dict[str, object]:
    return {**new(), **SAID}


ROWS: dict[str, Rule] = {
    "portfolio:cpd_list": page(WRITERS, others=404),
    "portfolio:cpd_list put away": page(WRITERS, others=404, query="?show=put_away"),
    "portfolio:cpd_new": page(WRITERS, WRITERS, others=404, query=NEW, data=made),
    # From a piece of one's own. Whoever else asks finds nothing; what they wrote is saved without it.
    "portfolio:cpd_new from evidence": thing(
        {}, "supervisor", WRITERS, query=f"?from=evidence:{source_id('A', 'cpdpiece')}&{FRESH}", data=made,
        special=each(a("other_supervisor"), 404, "get"),
    ),
    "portfolio:cpd_new from an objective": thing(
        {}, "supervisor", WRITERS, query=f"?from=objective:{source_id('A', 'objective')}&{FRESH}", data=made,
        special=each(a("other_supervisor"), 404, "get"),
    ),
    "portfolio:cpd_record": thing(RECORD, "supervisor"),
    "portfolio:cpd_record put away": thing(AWAY, "supervisor"),
    "portfolio:cpd_edit": thing(RECORD, "supervisor", "supervisor", data={"revision": 1, **SAID}),
    "portfolio:cpd_edit put away": thing(AWAY),
    "portfolio:cpd_file": thing(RECORD, "supervisor"),
    "portfolio:cpd_submitted": thing(RECORD, "", "supervisor"),
    "portfolio:cpd_put_away": thing(RECORD, "", "supervisor"),
    "portfolio:cpd_bring_back": thing(AWAY, "", "supervisor"),
    "portfolio:peer_invite": thing(
        RECORD, "supervisor", "supervisor", data=lambda ids: {"peer": ids["user_mentor"].pk}
    ),
    # The one who is asked, however else they stand to the writer.
    "portfolio:peer_invitation": thing(
        {"pk": "peer_invitation"}, "facilitator", "facilitator", "supervisor", data={"yes": "1"},
    ),
    "portfolio:peer_invitation withdrawn": thing({"pk": "peer_withdrawn"}, sees="supervisor", data={"yes": "1"}),
    "portfolio:peer_withdraw": thing({"pk": "peer_invitation"}, "", "supervisor", "facilitator"),
    "accounts:draft cpd": thing(DRAFT, "", "supervisor", data={"learnt": "Words", "draft_revision": 0}),
}  # fmt: skip
TEXTS: dict[str, str] = {
    "cpdtitle": "supervisor", "cpdwhat": "supervisor", "cpdlearnt": "supervisor", "cpdimpact": "supervisor",
    "cpdpeer": "supervisor", "cpdaway": "supervisor", "cpdpiece": "supervisor",
    # Who is asked, by the address that the writer entered; not yet by name.
    "mail:facilitator": "facilitator supervisor ld_lead admin",
}  # fmt: skip
PUBLIC: dict[str, dict[str, str]] = {}
