"""Rows and texts of the world: notes for later, actions and follow-ups."""

import datetime as dt

from django.utils import timezone

from portfolio.models import Action, Note
from sessions_catalogue.models import BlockItem, ProgrammeSession, Worksheet, WorksheetTemplate, WorkspaceEntry
from tests.architecture.permissions.rows.later import source_id

DAY = dt.timedelta(days=1)


def build(side):
    now, today = timezone.now(), timezone.localdate()
    mine = {"enrolment": side.rows["enrolment"]}
    from_session = {"session": side.catalogue["session"], "area": side.catalogue["area"]}
    side.rows |= {
        "note": side.own(Note, **mine, belongs_to="plan", text=side.canary("note")),
        "note_from_session": side.own(
            Note,
            pk=source_id(side.mark, "note"),
            **mine,
            **from_session,
            belongs_to="reflection",
            text=side.canary("notefromsession"),
        ),
        "note_away": side.own(
            Note, **mine, belongs_to="self_assessment", text=side.canary("noteaway"), discarded_at=now
        ),
        # Its day has passed: what is overdue is nobody else's to see, not even as a number.
        "action": side.own(Action, **mine, **from_session, text=side.canary("action"), due_on=today - DAY),
        "action_due": side.own(Action, **mine, text=side.canary("action"), due_on=today),
        "action_done": side.own(
            Action, **mine, text=side.canary("actiondone"), done_on=today, how_it_went=side.canary("actionwent")
        ),
        "action_away": side.own(Action, **mine, text=side.canary("actionaway"), discarded_at=now),
        "other_action": side.own(
            Action, enrolment=side.rows["other_enrolment"], text=side.canary("otheraction"), due_on=today
        ),
    }
    side.rows["later_session"] = ProgrammeSession.objects.create(
        series="later", organisation=side.organisation, number=41, slug="later", title="Own", overview="o", day=1
    )
    _sources(side, mine)


def _sources(side, mine):
    session = side.catalogue["session"]
    item = BlockItem.objects.get(block__session=session, text="Watch")
    side.own(
        WorkspaceEntry, pk=source_id(side.mark, "entry"), **mine, session=session, item=item, text=side.canary("entry")
    )
    for kind, text in (("worksheet", "worksheet"), ("personal", "personalsheet")):
        template, _ = WorksheetTemplate.objects.get_or_create(
            key=f"later-{kind}",
            defaults={
                "title": "A worksheet",
                "is_personal": kind == "personal",
                "fields": [{"key": "a", "label": "Where are you?", "kind": "long"}],
            },
        )
        side.own(Worksheet, pk=source_id(side.mark, kind), **mine, template=template, answers={"a": side.canary(text)})
