"""Who may do what: what is being typed and not saved yet. Its writer alone."""

from tests.architecture.permissions.personas import LIVE, NOWHERE, a
from tests.architecture.permissions.posted import new, piece
from tests.architecture.permissions.rule import FRESH, Rule, page, thing

# A copy that is kept, and the revision that was seen of it.
KEPT = {"draft_revision": 1, "draft_based_on": 3}
PIECE = {"form_name": "evidence", "target_id": "evidence_portfolio"}
FREE = {"form_name": "evidence", "target_id": "2f1c6d0e-5b7a-4c1d-9e3f-8a6b4c2d0e1f"}

ROWS: dict[str, Rule] = {
    # Says nothing of anybody: the token of one's own sign-in.
    "accounts:draft_token": page(f"{LIVE} {NOWHERE}"),
    "accounts:draft": thing(PIECE, "", "supervisor", data={"body": "Other words", **KEPT}),
    "accounts:draft unseen": thing(
        PIECE, "", "supervisor", data={"body": "Other words"}, post_status=409, writes_nothing=a("supervisor"),
    ),
    "accounts:draft binned": thing({**PIECE, "target_id": "evidence_binned"}, data={"body": "Other words"}),
    # An id that nothing has yet: whoever has a year of their own may begin a piece there.
    "accounts:draft new": page(
        "", "supervisor other_supervisor", others=404, url=FREE, data={"body": "Words"}, post_status=302,
    ),
    "accounts:draft_discard": thing(PIECE, "supervisor", "supervisor", data=KEPT),
    "portfolio:evidence_edit drafted": thing(
        {"pk": "evidence_portfolio"}, "supervisor", "supervisor", "mentor", data=piece(version=3, **KEPT),
    ),
    "portfolio:evidence_edit unseen": thing(
        {"pk": "evidence_portfolio"}, "supervisor", "supervisor", "mentor", data=piece(version=3),
        post_status=409,  # shown beside what another window has kept; the file that came along is
    ),
    # Offered to go on with, to its writer.
    "portfolio:evidence_new begun": page(
        "supervisor other_supervisor", "supervisor other_supervisor", others=404, query=f"?{FRESH}",
        data=lambda ids: {**new(), **piece()(ids)},
    ),
}  # fmt: skip
TEXTS: dict[str, str] = {"drafttitle": "supervisor", "draftbody": "supervisor", "begun": "supervisor"}
PUBLIC: dict[str, dict[str, str]] = {}
