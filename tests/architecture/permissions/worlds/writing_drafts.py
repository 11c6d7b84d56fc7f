"""Rows and texts of the world: drafts of the forms beyond evidence, and the ids of what has no row yet."""

import uuid
from types import SimpleNamespace

from accounts.models import WorkingCopy
from sessions_catalogue.models import Suggestion


def together(one, other):
    return uuid.UUID(int=one.pk.int ^ other.pk.int)


def build(side):
    enrolment, catalogue = side.rows["enrolment"], side.catalogue
    places = {
        "place_of_entry": together(enrolment, catalogue["item_private"]),
        "place_of_follow_up": together(enrolment, catalogue["session"]),
        "place_of_assessment": uuid.uuid5(enrolment.pk, "self_assessment middle"),
        "place_of_view": uuid.uuid5(enrolment.pk, "mentor_view middle"),
        "place_of_view_opened": uuid.uuid5(enrolment.pk, "mentor_view start"),
    }
    side.rows |= {name: SimpleNamespace(pk=pk) for name, pk in places.items()}

    def copy(author, form, target_id, name, text):
        side.own(
            WorkingCopy,
            author=side.people[author],
            form=form,
            target_id=target_id,
            revision=1,
            payload={name: [side.canary(text)]},
        )

    copy("supervisor", "note", side.rows["note_from_session"].pk, "text", "notedraft")
    copy("supervisor", "session_note", together(enrolment, catalogue["item_formerly"]), "text", "entrydraft")
    copy("other_supervisor", "needs", side.rows["other_enrolment"].pk, "text", "needsdraft")
    waits = side.own(Suggestion, theme="time", text=side.canary("suggestiondrafted"))
    side.rows["suggestion_drafted"] = waits
    copy("ld_lead", "suggestion_answer", waits.pk, "answer", "answerdraft")
    copy("mentor", "mentor_view", uuid.uuid5(enrolment.pk, "mentor_view start"), "why_1", "viewdraft")
