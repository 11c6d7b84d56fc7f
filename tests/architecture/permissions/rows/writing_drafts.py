"""Who may do what: drafts of the forms beyond evidence. Whoever may save for good there, and nobody else."""

from tests.architecture.permissions.personas import a
from tests.architecture.permissions.rule import FRESH, Rule, page, thing

FREE = FRESH.removeprefix("id=")


def draft(form, target, writer="", **data):
    url = {"form_name": form, "target_id": target}
    return thing(url, "", writer, data={"text": "Words", **data})


def begun(form, writers):
    """Under an id that nothing has yet."""
    url = {"form_name": form, "target_id": FREE}
    return page("", writers, others=404, url=url, data={"text": "Words"}, post_status=302)


ROWS: dict[str, Rule] = {
    "accounts:draft observation": draft("observation", "observation_draft", "mentor"),
    "accounts:draft observation former": draft("observation", "observation_formerdraft"),
    "accounts:draft observation released": draft("observation", "observation_released"),
    "accounts:draft observation new": begun("observation", "mentor other_mentor"),
    "accounts:draft observation reflection": draft("observation_reflection", "observation_released", "supervisor"),
    "accounts:draft session note": draft("session_note", "place_of_entry", "supervisor"),
    "accounts:draft worksheet": draft("worksheet", "worksheet_opened", "supervisor"),
    "accounts:draft worksheet binned": draft("worksheet", "worksheet_binned"),
    "accounts:draft worksheet new": begun("worksheet", "supervisor other_supervisor"),
    "accounts:draft note": draft("note", "note", "supervisor"),
    "accounts:draft note away": draft("note", "note_away"),
    "accounts:draft action": draft("action", "action", "supervisor"),
    "accounts:draft action new": begun("action", "supervisor other_supervisor"),
    "accounts:draft action done": draft("action_done", "action", "supervisor"),
    "accounts:draft follow up": draft("follow_up", "place_of_follow_up", "supervisor"),
    "accounts:draft self assessment": draft("self_assessment", "place_of_assessment", "supervisor"),
    # Beside what another window has kept.
    "portfolio:note_edit drafted": thing(
        {"pk": "note_from_session"},
        "supervisor",
        "supervisor",
        data={"revision": 1, "text": "Other words"},
        post_status=409,
        writes_nothing=a("supervisor"),
    ),
    "accounts:draft view": draft("mentor_view", "place_of_view", "mentor"),
}
TEXTS: dict[str, str] = {"notedraft": "supervisor", "entrydraft": "supervisor", "viewdraft": "mentor"}
PUBLIC: dict[str, dict[str, str]] = {}
