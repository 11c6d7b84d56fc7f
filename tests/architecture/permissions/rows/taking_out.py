"""Who may do what: versions and what differs between them, threads of comments, taking out for good, sending back."""

from tests.architecture.permissions.personas import a, both
from tests.architecture.permissions.posted import new
from tests.architecture.permissions.rule import Rule, each, page, thing

WRITERS = "supervisor other_supervisor"
MENTORED = {"pk": "evidence_mentored"}
TAKEN_BACK = {**MENTORED, "number": 0}

ROWS: dict[str, Rule] = {
    # A reader compares what was shared with them, and nothing else.
    "portfolio:evidence_changes": thing(MENTORED, "supervisor mentor"),
    "portfolio:evidence_changes private": thing({"pk": "evidence_private"}, "supervisor"),
    "portfolio:evidence_changes portfolio": thing({"pk": "evidence_portfolio"}, "supervisor mentor"),
    "portfolio:evidence_changes formerly": thing({"pk": "evidence_formerly"}, "supervisor"),
    "portfolio:evidence_changes binned": thing({"pk": "evidence_binned"}, "supervisor"),
    # Shared once, taken back since.
    "portfolio:evidence_version taken back": thing(TAKEN_BACK, "supervisor"),
    "portfolio:evidence_version private": thing({"pk": "evidence_private", "number": 0}, "supervisor"),
    "portfolio:version_bring_back": thing(TAKEN_BACK, "supervisor", "supervisor", data={"version": 3}),
    "portfolio:version_bring_back stale": thing(
        TAKEN_BACK, "supervisor", "supervisor", data={"version": 2}, post_status=409, writes_nothing=both("supervisor"),
    ),
    "portfolio:version_bring_back binned": thing({"pk": "evidence_binned", "number": 1}, data={"version": 3}),
    "portfolio:comment_new quoting": thing(
        MENTORED, "supervisor mentor", "supervisor mentor",
        data=lambda ids: {**new(), "text": "Well done", "passage": "known by  NAME"},
    ),
    "portfolio:comment_answer": thing(
        {"pk": "comment"}, "supervisor mentor", "supervisor mentor", data=lambda ids: {**new(), "text": "And then?"}
    ),
    # An answer has none below it.
    "portfolio:comment_answer answer": thing({"pk": "comment_answer"}, data={"text": "And then?"}),
    # Taken back: whoever was commenting, or answering, has their words given back, and kept.
    "portfolio:comment_new taken back": thing(
        {"pk": "evidence_private"}, "supervisor", "supervisor mentor", data=lambda ids: {**new(), "text": "Well done"},
        post_status=409, writes_nothing=a("supervisor"),
        special={**each(a("supervisor"), 200, "post"), **each(a("mentor"), 404, "get")},
    ),
    "portfolio:comment_answer taken back": thing(
        {"pk": "comment_taken_back"}, "", "supervisor mentor", data=lambda ids: {**new(), "text": "And then?"},
        post_status=409, special=each(a("supervisor mentor"), 404, "get"),
    ),
    "accounts:draft answer taken back": thing(
        {"form_name": "evidence_answer", "target_id": "comment_taken_back"}, "", "supervisor mentor",
        data={"text": "Half a"},
    ),
    "accounts:draft comment taken back": thing(
        {"form_name": "evidence_comment", "target_id": "evidence_private"}, "", "supervisor mentor",
        data={"text": "Half a"},
    ),
    "accounts:draft_discard answer taken back": thing(
        {"form_name": "evidence_answer", "target_id": "private_talk"}, "mentor", "mentor", data={"draft_revision": 1}
    ),
    "accounts:draft answer": thing(
        {"form_name": "evidence_answer", "target_id": "comment"}, "", "supervisor mentor", data={"text": "Half a"}
    ),
    "accounts:draft comment": thing(
        {"form_name": "evidence_comment", "target_id": "evidence_mentored"}, "", "supervisor mentor",
        data={"text": "Half a"},
    ),
    "portfolio:evidence_send_back": thing(MENTORED, "mentor", "mentor", "supervisor", data={"reason": "name"}),
    "portfolio:evidence_send_back private": thing(
        {"pk": "evidence_private"}, sees="supervisor", data={"reason": "name"}
    ),
    # Their own texts; the other supervisors have none with these words.
    "portfolio:take_out": page(
        WRITERS, WRITERS, others=404, data={"passages": "Known by name", "take_out": "yes"},
        writes_nothing=both("other_supervisor"),
    ),
    "portfolio:take_out preview": page(
        WRITERS, WRITERS, others=404, data={"passages": "Known by name", "look": ""}, post_status=200,
        writes_nothing=both(WRITERS),
    ),
}  # fmt: skip
TEXTS: dict[str, str] = {
    "takenback": "supervisor",
    "takenbackbody": "supervisor",
    "privatetaken": "supervisor",
    "privatetakenbody": "supervisor",
    "quoted": "supervisor mentor",
    "answered": "supervisor mentor",
    # About what was taken back: the mentor's own words, without those they are about; of the writer's nothing.
    "takenbackcomment": "supervisor mentor",
    "takenbackquoted": "supervisor",
    "takenbackanswer": "supervisor",
    "takenbackasked": "supervisor",
    "privatetalk": "supervisor mentor",
    "privatetyped": "mentor",
    # What the mentor is typing.
    "commenttyped": "mentor",
}
PUBLIC: dict[str, dict[str, str]] = {}
