"""Who may do what: drafts of the forms beyond evidence. Whoever may save for good there, and nobody else."""

from tests.architecture.permissions.personas import OVERSEE, a
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
    # L&D's own texts, and what somebody needs.
    "accounts:draft needs": draft("needs", "enrolment", "supervisor"),
    "accounts:draft session": draft("session_content", "adaptedsession", OVERSEE),
    "accounts:draft session supplied": draft("session_content", "session"),
    "accounts:draft session new": begun("session_content", OVERSEE),
    "accounts:draft session part": draft("session_block", "own_block", OVERSEE),
    "accounts:draft session item": draft("session_item", "own_item", OVERSEE),
    "accounts:draft resource": draft("resource", "own_resource", OVERSEE),
    "accounts:draft tool": draft("tool", "own_tool", OVERSEE),
    "accounts:draft suggestion": draft("suggestion_answer", "suggestion_unnamed", "ld_lead"),
    # Beside what another window has kept.
    "portfolio:note_edit drafted": thing(
        {"pk": "note_from_session"},
        "supervisor",
        "supervisor",
        data={"revision": 1, "text": "Other words"},
        post_status=409,
        writes_nothing=a("supervisor"),
    ),
    "pathway:needs drafted": thing(
        {"pk": "other_enrolment"},
        "other_supervisor",
        "other_supervisor",
        "ld_lead admin other_mentor",
        data={"text": "Captions"},
        post_status=409,
        writes_nothing=a("other_supervisor"),
    ),
    "sessions_catalogue:suggestion drafted": thing(
        {"pk": "suggestion_drafted"},
        "ld_lead",
        "ld_lead",
        data={"revision": 1, "status": "considered"},
        post_status=409,
        writes_nothing=a("ld_lead"),
    ),
    "accounts:draft view": draft("mentor_view", "place_of_view", "mentor"),
    # Both have read each other's: what the mentor types on is kept for them alone.
    "accounts:draft view opened": draft("mentor_view", "place_of_view_opened", "mentor", draft_revision=1),
}
TEXTS: dict[str, str] = {
    "notedraft": "supervisor", "entrydraft": "supervisor", "viewdraft": "mentor",
    "needsdraft": "other_supervisor", "answerdraft": "ld_lead", "suggestiondrafted": "ld_lead",
}  # fmt: skip
PUBLIC: dict[str, dict[str, str]] = {}
