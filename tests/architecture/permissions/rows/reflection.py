"""Who may do what: the critical reflection and its notebook."""

from tests.architecture.permissions.personas import a, both
from tests.architecture.permissions.posted import new
from tests.architecture.permissions.rows.later import WRITERS, source_id
from tests.architecture.permissions.rule import FRESH, NEW, Rule, each, page, thing

# The supervisor's is being written: version 5 is theirs, 4 is what the mentor reads, 3 what the mentor read before,
# 1 what the former mentor read. The other supervisor's is done, and nobody else's.
OTHER = both("other_supervisor")
PIECE = {"revision": 5, "structure": "what", "part_what": "Other words"}
# Taken back: each writer has another mentor, whom their own page names.
TAKEN_BACK = {"revision": 5, "readers": []}
COMMENT = {"part": "what", "paragraph": 1, "text": "Well seen"}
MENTEE = {"pk": "enrolment"}


def kept_from(kind: str) -> Rule:
    """A note from something that only the supervisor of A may read; what was typed is kept all the same."""
    return thing(
        {}, "supervisor", WRITERS, query=f"?from={kind}:{source_id('A', kind)}&{FRESH}",
        data=lambda ids: {**new(), "text": "Words"}, special=each(a("other_supervisor"), 404, "get"),
    )  # fmt: skip


def note(query: str) -> Rule:
    return page(WRITERS, WRITERS, others=404, query=query, data=lambda ids: {**new(), "text": "Words"})


ROWS: dict[str, Rule] = {
    "portfolio:notebook": note(NEW),
    "portfolio:notebook put away": note(f"?show=put_away&{FRESH}"),
    "portfolio:note_new": note(f"?from=session:4&{FRESH}"),
    "portfolio:note_new follow-up": note(f"?from=follow_up:4&{FRESH}"),
    "portfolio:note_new evidence": kept_from("evidence"),
    "portfolio:note_new observation": kept_from("observation"),
    "portfolio:reflection": page(WRITERS, others=404),
    "portfolio:reflection_edit": page(
        "supervisor", "supervisor", others=404, data=PIECE,
        special={**each(OTHER, 302, "get"), **each(OTHER, 200, "post")},  # done: to be reopened first
    ),
    "portfolio:reflection_share": page(WRITERS, WRITERS, others=404, data=TAKEN_BACK),
    "portfolio:reflection_reopen": page("", WRITERS, others=404, writes_nothing=both("supervisor")),
    **{
        f"portfolio:reflection_version {number}": page(WRITERS, others=404, url={"number": number})
        for number in range(1, 6)
    },
    "portfolio:reflection_changes": page(WRITERS, others=404, url={"number": 1}),
    "portfolio:reflection_bring_back": page(
        "", WRITERS, others=404, url={"number": 1}, data={"revision": 5}, writes_nothing=OTHER,
    ),
    "portfolio:mentee_reflection": thing(MENTEE, "mentor"),
    "portfolio:mentee_reflection unopened": thing({"pk": "other_enrolment"}, "other_mentor"),
    "portfolio:mentee_reflection_changes": thing({**MENTEE, "opened": "reflection_version_3"}, "mentor"),
    # Opened to the former mentor, and never opened.
    **{
        f"portfolio:mentee_reflection_changes {number}": thing({**MENTEE, "opened": f"reflection_version_{number}"})
        for number in (1, 2, 5)
    },
    # The writer answers; both keep their own words, and a mentor also what they wrote about what was taken back.
    "portfolio:reflection_comment": thing(
        MENTEE, "mentor", "mentor", query="?part=what&paragraph=1",
        data=lambda ids: {**new(), **COMMENT, "version": str(ids["reflection_version_4"].pk)},
    ),
    "portfolio:reflection_comment bare": thing(
        MENTEE, "mentor", "mentor", get_status=302, post_status=404, writes_nothing=a("mentor")
    ),
    # What was opened to the other mentor was taken back: their words come back to them, and are kept.
    "portfolio:reflection_comment taken back": thing(
        {"pk": "other_enrolment"}, "", "other_mentor", query="?part=what&paragraph=1", data=COMMENT,
        post_status=409, special=each(a("other_mentor"), 404, "get"),
    ),
    "portfolio:reflection_answer taken back": thing(
        {"pk": "other_enrolment", "comment": "closed_comment"}, "", "other_supervisor other_mentor",
        data={"text": "So it was"}, post_status=409,
        special=each(a("other_supervisor other_mentor"), 404, "get"),
    ),
    "accounts:draft reflection answer": thing(
        {"form_name": "reflection_answer", "target_id": "reflection_comment"}, "", "supervisor mentor",
        data={"text": "Half a"},
    ),
    "accounts:draft reflection answer taken back": thing(
        {"form_name": "reflection_answer", "target_id": "closed_comment"}, "", "other_supervisor other_mentor",
        data={"text": "Half a"},
    ),
    "accounts:draft reflection comment": thing(
        {"form_name": "reflection_comment", "target_id": "reflection_spot"}, "", "mentor", data={"text": "Half a"}
    ),
    "portfolio:reflection_answer": thing(
        {**MENTEE, "comment": "reflection_comment"}, "supervisor mentor", "supervisor mentor",
        data=lambda ids: {**new(), "text": "So it was"},
    ),
    "portfolio:word_limit": page(
        "ld_lead admin", "ld_lead admin", data={"revision": 1, "fewest": "1000", "most": "1200"},
    ),
}  # fmt: skip
TEXTS: dict[str, str] = {
    "reflectedtitle": "supervisor mentor", "reflected": "supervisor mentor", "reflectedearlier": "supervisor mentor",
    # The writer's row as it stands, a save between two that were opened, words that the structure has no place for.
    "reflectedtitlelater": "supervisor", "reflectedlater": "supervisor", "reflectedbetween": "supervisor",
    "reflectedaside": "supervisor", "reflectedformer": "supervisor",
    "reflectioncomment": "supervisor mentor", "reflectionanswer": "supervisor mentor",
    "reflectioncommentformer": "supervisor",
    "otherreflected": "other_supervisor",
    # About what was taken back: who said it, and whoever wrote the piece.
    "closedcomment": "other_supervisor other_mentor", "closedanswer": "other_supervisor",
    "closedtyped": "other_mentor",
    "noteobserved": "supervisor",
}  # fmt: skip
PUBLIC: dict[str, dict[str, str]] = {}
