"""Who may do what: development plans, opened as a whole; line managers, L&D and admins see nothing of them."""

from tests.architecture.permissions.personas import a
from tests.architecture.permissions.posted import new
from tests.architecture.permissions.rows.later import source_id
from tests.architecture.permissions.rule import FRESH, NEW, Rule, each, page, thing

WRITERS = "supervisor other_supervisor"
# Under way, and in the version that the mentor was opened.
ONE = {"pk": "objective_shared"}
AWAY = {"pk": "objective_away"}
SAID = {"revision": 1, "need": "Something to learn", "period": "first"}
CLOSED = {"revision": 1, "outcome": "met", "how_it_went": "Well"}
REVIEWED = {"text": "Going well"}
# Each writer has another mentor, whom their own page names.
OPENED = {"revision": 2, "readers": ["portfolio"], "nobody_recognisable": "on"}
THEIRS = {"pk": "enrolment"}

ROWS: dict[str, Rule] = {
    "portfolio:plan": page(WRITERS, others=404),
    "portfolio:plan_offers": page(WRITERS, others=404),
    "portfolio:plan_share": page(WRITERS, WRITERS, others=404, data=OPENED),
    "portfolio:plan_versions": page(WRITERS, others=404),
    "portfolio:plan_version": page(WRITERS, others=404, url={"number": 1}),
    "portfolio:objective_new": page(
        WRITERS, WRITERS, others=404, query=NEW, data=lambda ids: {**new(), **SAID},
    ),
    # What somebody typed is saved even if the text it began from is not theirs to read.
    "portfolio:objective_new from": thing(
        {}, "supervisor", WRITERS, query=f"?from=note:{source_id('A', 'note')}&{FRESH}",
        data=lambda ids: {**new(), **SAID}, special=each(a("other_supervisor"), 404, "get"),
    ),
    "portfolio:objective": thing(ONE, "supervisor"),
    "portfolio:objective away": thing(AWAY, "supervisor"),
    "portfolio:objective_edit": thing(ONE, "supervisor", "supervisor", data=SAID),
    "portfolio:objective_edit earlier": thing(ONE, "supervisor", "supervisor", query="?version=1", data=SAID),
    "portfolio:objective_edit away": thing(AWAY, data=SAID),
    "portfolio:objective_begin": thing({"pk": "objective_to_begin"}, "", "supervisor"),
    "portfolio:objective_close": thing(ONE, "supervisor", "supervisor", data=CLOSED),
    "portfolio:objective_reopen": thing({"pk": "objective_met"}, "", "supervisor"),
    "portfolio:objective_carry": thing(ONE, "supervisor", "supervisor"),
    "portfolio:objective_place": thing(ONE, "", "supervisor", data={"to": "down"}),
    "portfolio:objective_put_away": thing(ONE, "", "supervisor"),
    "portfolio:objective_bring_back": thing(AWAY, "", "supervisor"),
    "portfolio:objective_review": thing(ONE, "supervisor", "supervisor", data=REVIEWED),
    "portfolio:mentee_plan": thing(THEIRS, "mentor"),
    "portfolio:mentee_plan unopened": thing({"pk": "other_enrolment"}, "other_mentor"),
    "portfolio:mentee_plan_version": thing({**THEIRS, "opened": "plan_version_2"}, "mentor"),
    "portfolio:mentee_plan_version unopened": thing({**THEIRS, "opened": "plan_version_1"}),
    "portfolio:mentee_objective_review": thing(
        {**THEIRS, "objective": "objective_shared"}, "mentor", "mentor", data=REVIEWED,
    ),
    "portfolio:mentee_objective_review unopened": thing(
        {**THEIRS, "objective": "objective_to_begin"}, data=REVIEWED,
    ),
    # Taken back: whoever was writing about it has their words given back, and kept.
    "portfolio:mentee_objective_review taken back": thing(
        {"pk": "other_enrolment", "objective": "objective_taken_back"}, "", "other_mentor", data=REVIEWED,
        post_status=409, special=each(a("other_mentor"), 404, "get"),
    ),
    "accounts:draft objective_review taken back": thing(
        {"form_name": "objective_review", "target_id": "objective_taken_back"}, "", "other_supervisor other_mentor",
        data=REVIEWED,
    ),
    "accounts:draft objective": thing(
        {"form_name": "objective", "target_id": "objective_shared"}, "", "supervisor", data={"need": "Words"},
    ),
    "accounts:draft objective_close": thing(
        {"form_name": "objective_close", "target_id": "objective_shared"}, "", "supervisor",
        data={"how_it_went": "Words"},
    ),
    "accounts:draft objective_review": thing(
        {"form_name": "objective_review", "target_id": "objective_shared"}, "", "supervisor mentor", data=REVIEWED,
    ),
    "accounts:draft objective_review unopened": thing(
        {"form_name": "objective_review", "target_id": "objective_to_begin"}, "", "supervisor", data=REVIEWED,
    ),
}  # fmt: skip
TEXTS: dict[str, str] = {
    **{f"planopen{part}": "supervisor mentor" for part in ("need", "why", "activity", "support", "success", "went")},
    "planopenreview": "supervisor mentor",
    # As it was before it was opened, and as it stands now.
    "planbefore": "supervisor",
    "planlater": "supervisor",
    "planbegin": "supervisor",
    "planmet": "supervisor",
    "planaway": "supervisor",
    "planlaterreview": "supervisor",
    "planmentorreview": "supervisor mentor",
    # A former mentor keeps nothing, and nobody inherits it.
    "planformerreview": "supervisor",
    "planother": "other_supervisor",
    # About what was taken back: who said it, and whoever wrote the plan.
    "planclosed": "other_supervisor",
    "planclosedreview": "other_supervisor other_mentor",
}
PUBLIC: dict[str, dict[str, str]] = {}
