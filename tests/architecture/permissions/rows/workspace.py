"""Who may do what: workspace."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.permissions.posted import new
from tests.architecture.permissions.rule import NEW, Rule, for_all, page, thing

OWN = "supervisor other_supervisor"  # who has a year
NOTE = {"revision": 1, "text": "What I make of it"}


def opening(ids: Mapping[str, Any]) -> dict[str, Any]:
    return {"revision": 1, "to_mentor": "on", "nobody_recognisable": "on", "shown": ids["user_mentor"].pk}


FILLED = {"revision": 1, "about": "Worker B", "noticed": "Silence"}


def own_page(**more):
    """A page about one's own year: who has none is told that there is nothing."""
    return page(OWN, others=404, **more)


def note(name: str) -> dict[str, str]:
    return {"pk": f"entry_{name}"}


def sheet(name: str) -> dict[str, str]:
    return {"pk": f"worksheet_{name}"}


ROWS: dict[str, Rule] = {
    "sessions_catalogue:workspace": own_page(url={"number": 4}),
    "sessions_catalogue:workspace_print": own_page(url={"number": 4}),
    "sessions_catalogue:own_workspace": thing({"pk": "workspace_session"}, OWN),
    "sessions_catalogue:own_workspace_print": thing({"pk": "workspace_session"}, OWN),
    # Asked for as a page it leads to the item's place.
    "sessions_catalogue:workspace_item": page(
        OWN, OWN, others=404, url={"pk": "item_private"}, get_status=302, data=NOTE
    ),
    "sessions_catalogue:workspace_item own": thing({"pk": "workspace_item"}, OWN, OWN, get_status=302, data=NOTE),
    "sessions_catalogue:workspace_open": thing(note("opened"), "supervisor", "supervisor", "mentor", data=opening),
    "sessions_catalogue:workspace_open private": thing(note("private"), "supervisor", "supervisor", data=opening),
    "sessions_catalogue:workspace_open formerly": thing(note("formerly"), "supervisor", "supervisor", data=opening),
    "sessions_catalogue:session_notes": thing({"pk": "enrolment"}, "mentor"),
    "sessions_catalogue:session_notes other": thing({"pk": "other_enrolment"}, "other_mentor"),
    "sessions_catalogue:worksheet_list": own_page(),
    "sessions_catalogue:worksheet_new": page(
        OWN, OWN, others=404, url={"key": "a-sheet"}, query=NEW, data=lambda ids: {**new(), **FILLED, "revision": 0}
    ),
    "sessions_catalogue:worksheet_blank": for_all(url={"key": "a-sheet"}),
    **{
        f"sessions_catalogue:{name} {which}": thing(sheet(which), readers)
        for name in ("worksheet", "worksheet_print")
        for which, readers in {
            "private": "supervisor", "opened": "supervisor mentor", "formerly": "supervisor",
            "personal": "supervisor", "binned": "",
        }.items()
    },
    "sessions_catalogue:worksheet_edit": thing(sheet("opened"), "supervisor", "supervisor", "mentor", data=FILLED),
    "sessions_catalogue:worksheet_edit personal": thing(sheet("personal"), "supervisor", "supervisor", data=FILLED),
    "sessions_catalogue:worksheet_edit binned": thing(sheet("binned"), data=FILLED),
    "sessions_catalogue:worksheet_open": thing(sheet("opened"), "supervisor", "supervisor", "mentor", data=opening),
    "sessions_catalogue:worksheet_open private": thing(sheet("private"), "supervisor", "supervisor", data=opening),
    # What is about who somebody is has no such page.
    "sessions_catalogue:worksheet_open personal": thing(sheet("personal"), data=opening),
    "sessions_catalogue:worksheet_erase": thing(sheet("opened"), "", "supervisor", "mentor"),
    "sessions_catalogue:worksheet_erase personal": thing(sheet("personal"), "", "supervisor"),
    "sessions_catalogue:worksheet_restore": thing(sheet("binned"), "", "supervisor"),
}  # fmt: skip

# The writer alone, and what was opened to the mentor of today as it was then.
TEXTS: dict[str, str] = {
    "entryprivate": "supervisor",
    "entryopened": "supervisor mentor",
    "entryopenedlater": "supervisor",
    "entryformerly": "",
    "entryformerlylater": "supervisor",
    **{f"sheetprivate{part}": "supervisor" for part in ("", "about")},
    **{f"sheetopened{part}": "supervisor mentor" for part in ("", "about")},
    **{
        f"sheet{name}later{part}": "supervisor" for name in ("opened", "formerly", "personal") for part in ("", "about")
    },
    **{f"sheet{name}{part}": "" for name in ("formerly", "personal") for part in ("", "about")},
    "sheetbinned": "",
    "sheetbinnedabout": "supervisor",
}
PUBLIC: dict[str, dict[str, str]] = {}
