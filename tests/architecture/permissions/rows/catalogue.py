"""Who may do what: an organisation's own sessions, tools and resources."""

from tests.architecture.permissions.personas import LIVE, NOWHERE, OVERSEE, WITHOUT_ROLE, both
from tests.architecture.permissions.posted import new
from tests.architecture.permissions.rule import NEW, Rule, page, thing

SESSION = {"pk": "adaptedsession"}
RETIRED = {"pk": "retiredsession"}
BLOCK = {**SESSION, "kind": "introduction"}
ITEM = {**SESSION, "item_pk": "own_item"}
REMOVED = {**SESSION, "item_pk": "removed_item"}
READERS = f"{WITHOUT_ROLE} senior_leader"

CONTENT = {"title": "T", "overview": "O", "aims": "A"}
THING_TO_DO = {"kind": "question", "text": "What?"}
RESOURCE = {"kind": "film", "title": "T", "address": "https://example.org/other"}
TOOL = {"number": 5, "title": "T", "description": "D"}


def kept(url, **more):
    """What L&D leads and admins change, and every member knows of."""
    return thing(url, OVERSEE, OVERSEE, READERS, **more)


def pressed(url):
    return thing(url, "", OVERSEE, READERS)


ROWS: dict[str, Rule] = {
    "sessions_catalogue:own_session": thing(SESSION, LIVE),
    "sessions_catalogue:own_session retired": thing(RETIRED, LIVE),
    "sessions_catalogue:own_session_copy": page(
        OVERSEE, OVERSEE, url={"number": 4},
        # There is a copy already, and it is opened.
        get_status=302, writes_nothing=both(OVERSEE),
    ),
    "sessions_catalogue:own_session_copy new": page(OVERSEE, OVERSEE, url={"number": 5}),
    "sessions_catalogue:own_session_new": page(OVERSEE, OVERSEE, query=NEW, data=lambda ids: {**new(), **CONTENT}),
    "sessions_catalogue:own_session_edit": thing(SESSION, OVERSEE, sees=READERS),
    "sessions_catalogue:own_session_content": kept(SESSION, data={**CONTENT, "revision": 1}),
    # What is supplied is changed by nobody in the browser.
    "sessions_catalogue:own_session_content supplied": Rule(sees=both(f"{LIVE} {NOWHERE}"), url={"pk": "session"}),
    "sessions_catalogue:own_session_version": kept(SESSION),
    "sessions_catalogue:own_session_retire": kept(SESSION),
    "sessions_catalogue:own_session_bring_back": pressed(RETIRED),
    "sessions_catalogue:own_block": kept(BLOCK, data={"minutes": 20, "label_note": "N", "revision": 1}),
    "sessions_catalogue:own_item_new": kept(BLOCK, query=NEW, data=lambda ids: {**new(), **THING_TO_DO}),
    "sessions_catalogue:own_item": kept(ITEM, data={**THING_TO_DO, "revision": 1}),
    "sessions_catalogue:own_item_move": thing(ITEM, "", OVERSEE, READERS, data={"direction": "down"}),
    "sessions_catalogue:own_item_remove": kept(ITEM),
    "sessions_catalogue:own_item_put_back": pressed(REMOVED),
    "sessions_catalogue:resource_new": page(OVERSEE, OVERSEE, query=NEW, data=lambda ids: {**new(), **RESOURCE}),
    "sessions_catalogue:resource_edit": kept({"pk": "own_resource"}, data={**RESOURCE, "revision": 1}),
    "sessions_catalogue:resource_edit supplied": Rule(sees=both(f"{LIVE} {NOWHERE}"), url={"pk": "resource"}),
    "sessions_catalogue:resource_retire": kept({"pk": "own_resource"}),
    "sessions_catalogue:resource_bring_back": pressed({"pk": "retired_resource"}),
    "sessions_catalogue:resource_list dead": page(LIVE, query="?show=dead"),
    "sessions_catalogue:tool_new": page(OVERSEE, OVERSEE, query=NEW, data=lambda ids: {**new(), **TOOL}),
    "sessions_catalogue:tool_edit": kept({"pk": "own_tool"}, data={**TOOL, "revision": 1}),
    "sessions_catalogue:tool_retire": kept({"pk": "own_tool"}),
    "sessions_catalogue:tool_bring_back": pressed({"pk": "retired_tool"}),
}  # fmt: skip
TEXTS: dict[str, str] = {
    **dict.fromkeys(
        (
            "adaptedsession", "adaptedsessionoverview", "adaptedsessionaim", "ownnote", "ownitem", "seconditem",
            "ownextract", "ownfilm", "ownpublisher", "owndescription", "ownlicence", "ownaddress", "owntool", "ownuse",
            "askedfilm", "askedaddress",
            # Not in lists any more, but cohorts that had it lead to it.
            "retiredsession", "retiredsessionoverview", "retiredsessionaim",
        ),
        LIVE,
    ),
    "removeditem": OVERSEE,
    "retiredfilm": OVERSEE,
    "retiredtool": OVERSEE,
    "linkproblem": OVERSEE,
}  # fmt: skip
PUBLIC: dict[str, dict[str, str]] = {}
