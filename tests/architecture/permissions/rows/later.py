"""Who may do what: the last fifteen minutes, follow-ups, notes for later and actions. The writer alone."""

import uuid

from tests.architecture.permissions.personas import a, both
from tests.architecture.permissions.posted import SOON, day, new, piece
from tests.architecture.permissions.rule import FRESH, NEW, Rule, each, page, thing

WRITERS = "supervisor other_supervisor"
NOTE = {"pk": "note"}
ACTION = {"pk": "action"}
SESSION = {"number": 4}
OWN_SESSION = {"pk": "later_session"}
DONE = {"revision": 1, "how_it_went": "Well", **day("done_on")}


def source_id(mark: str, name: str) -> uuid.UUID:
    """The id of a text of the world, for addresses that name it after the question mark."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{mark} {name}")


def keep(choice: str) -> Rule:
    return page(
        WRITERS, WRITERS, others=404, url=SESSION, query=f"?choice={choice}&{FRESH}",
        data=lambda ids: {**new(), "text": "Words", **day("due_on", SOON)},
    )  # fmt: skip


ROWS: dict[str, Rule] = {
    # Without a choice there is nothing to post.
    "portfolio:last_fifteen": Rule(
        get=both(WRITERS), others=404, url=SESSION,
        special={("post", who): 404 for who in both(WRITERS)},
    ),
    **{
        f"portfolio:last_fifteen {choice}": keep(choice)
        for choice in ("self_assessment", "plan", "reflection", "action")
    },
    "portfolio:own_last_fifteen": thing(
        OWN_SESSION, WRITERS, WRITERS, query=f"?choice=plan&{FRESH}", data=lambda ids: {**new(), "text": "Words"},
    ),
    "portfolio:own_follow_up": thing(
        OWN_SESSION, WRITERS, WRITERS, data={"revision": 0, "text": "It went well", **day("done_on")},
    ),
    "portfolio:follow_up": page(
        WRITERS, WRITERS, others=404, url=SESSION, data={"revision": 1, "text": "It went well", **day("done_on")},
    ),
    "portfolio:follow_up to evidence": page(
        WRITERS, WRITERS, others=404, url=SESSION,
        data={"revision": 1, "text": "It went well", **day("done_on"), "evidence": ""},
    ),
    # A text of one's own to begin evidence from: whoever else asks finds nothing. What they have written themselves is
    # saved all the same, without the text, since their own may have been thrown away meanwhile.
    **{
        f"portfolio:evidence_new from {kind}": thing(
            {}, "supervisor", WRITERS, query=f"?from={kind}:{source_id('A', kind)}&{FRESH}",
            data=lambda ids: {**new(), **piece()(ids)}, special=each(a("other_supervisor"), 404, "get"),
        )
        for kind in ("entry", "worksheet", "note")
    },
    # What is about who somebody is never becomes evidence.
    "portfolio:evidence_new from personal": thing(
        {}, "", WRITERS, query=f"?from=worksheet:{source_id('A', 'personal')}&{FRESH}",
        data=lambda ids: {**new(), **piece()(ids)}, special=each(a(WRITERS), 404, "get"),
    ),
    "portfolio:later": page(WRITERS, others=404),
    "portfolio:later plan": page(WRITERS, others=404, query="?show=plan"),
    "portfolio:later put away": page(WRITERS, others=404, query="?show=put_away"),
    "portfolio:note_edit": thing(NOTE, "supervisor", "supervisor", data={"revision": 1, "text": "Other words"}),
    "portfolio:note_edit put away": thing({"pk": "note_away"}),
    "portfolio:note_put_away": thing(NOTE, "", "supervisor"),
    "portfolio:note_bring_back": thing({"pk": "note_away"}, "", "supervisor"),
    "portfolio:action_list": page(WRITERS, others=404),
    "portfolio:action_list done": page(WRITERS, others=404, query="?show=done"),
    "portfolio:action_list put away": page(WRITERS, others=404, query="?show=put_away"),
    "portfolio:action_new": page(
        WRITERS, WRITERS, others=404, query=NEW,
        data=lambda ids: {**new(), "text": "Words", **day("due_on", SOON)},
    ),
    "portfolio:action": thing(ACTION, "supervisor", "supervisor", data=DONE),
    "portfolio:action done": thing({"pk": "action_done"}, "supervisor", "supervisor", data=DONE),
    "portfolio:action put away": thing({"pk": "action_away"}),
    "portfolio:action_edit": thing(ACTION, "supervisor", "supervisor", data={"revision": 1, "text": "Other words"}),
    "portfolio:action_put_away": thing(ACTION, "", "supervisor"),
    "portfolio:action_bring_back": thing({"pk": "action_away"}, "", "supervisor"),
}  # fmt: skip
TEXTS: dict[str, str] = {
    "note": "supervisor", "notefromsession": "supervisor", "noteaway": "supervisor",
    "action": "supervisor", "actiondone": "supervisor", "actionwent": "supervisor", "actionaway": "supervisor",
    "otheraction": "other_supervisor",
    "entry": "supervisor", "worksheet": "supervisor", "personalsheet": "",
}  # fmt: skip
PUBLIC: dict[str, dict[str, str]] = {}
