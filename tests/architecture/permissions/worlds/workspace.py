"""Rows and texts of the world: workspace."""

from django.utils import timezone

from sessions_catalogue.models import (
    BlockItem,
    ProgrammeSession,
    SessionBlock,
    Worksheet,
    WorksheetTemplate,
    WorkspaceEntry,
)

NOW = timezone.now()
FIELDS = [{"key": "noticed", "label": "What?", "hint": "", "kind": "long", "group": ""}]


def supplied(catalogue):
    """Two worksheets and places for notes, the same for both organisations."""
    for key, is_personal in (("a-sheet", False), ("personal-sheet", True)):
        catalogue[f"template {key}"], _ = WorksheetTemplate.objects.get_or_create(
            key=key,
            defaults={"title": key, "text": "t", "session_number": 4, "fields": FIELDS, "is_personal": is_personal},
        )
    block = SessionBlock.objects.filter(session=catalogue["session"]).order_by("position").first()
    for position, name in enumerate(("private", "opened", "formerly"), start=50):
        catalogue[f"item_{name}"], _ = BlockItem.objects.get_or_create(
            block=block, position=position, defaults={"kind": "question", "text": f"Question {name}"}
        )


def opened(side, reader):
    return {"shared_with": side.people[reader], "shared_at": NOW} if reader else {}


def entry(side, name, reader=""):
    """The text as it is now, and another one as it was opened."""
    side.rows[f"entry_{name}"] = side.own(
        WorkspaceEntry,
        enrolment=side.rows["enrolment"],
        session=side.catalogue["session"],
        item=side.catalogue[f"item_{name}"],
        text=side.canary(f"entry{name}later" if reader else f"entry{name}"),
        shared_text=side.canary(f"entry{name}") if reader else "",
        ticked_on=timezone.localdate(),
        **opened(side, reader),
    )


def worksheet(side, name, reader="", template="a-sheet", **fields):
    def words(what):
        return side.canary(f"sheet{name}{what}")

    side.rows[f"worksheet_{name}"] = side.own(
        Worksheet,
        enrolment=side.rows["enrolment"],
        template=side.catalogue[f"template {template}"],
        about=words("laterabout" if reader else "about"),
        answers={"noticed": words("later" if reader else "")},
        shared_about=words("about") if reader else "",
        shared_answers={"noticed": words("")} if reader else {},
        **opened(side, reader),
        **fields,
    )


def build(side):
    supplied(side.catalogue)
    entry(side, "private")
    entry(side, "opened", reader="mentor")
    entry(side, "formerly", reader="former_mentor")
    worksheet(side, "private", is_material=True)
    worksheet(side, "opened", reader="mentor")
    worksheet(side, "formerly", reader="former_mentor")
    # Opened, against all rules: its writer alone reads it all the same.
    worksheet(side, "personal", reader="mentor", template="personal-sheet")
    worksheet(side, "binned", discarded_at=NOW)
    own = ProgrammeSession.objects.create(
        series=f"workspace-{side.mark.lower()}", number=40, organisation=side.organisation, slug="workspace", day=1,
        title="Own", overview="o",
    )  # fmt: skip
    block = SessionBlock.objects.create(session=own, position=1, kind="introduction", minutes=15)
    side.rows["workspace_session"] = own
    side.rows["workspace_item"] = BlockItem.objects.create(
        block=block, position=1, kind="question", text="Own question"
    )
