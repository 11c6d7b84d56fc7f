"""Other words in place of those that tell who somebody is."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts import audit
from accounts.models import User
from sessions_catalogue.models import Worksheet
from sessions_catalogue.services.workspace import PRIVATE, NotReady, Opened, advance


@transaction.atomic
def replace_words(*, row: Opened, revision: int, texts: Mapping[str, str], by: User) -> Opened:
    """Change these texts (``text`` of a note; ``about`` or a field's key of a worksheet), begun from ``revision``.

    Whoever it is opened to goes on reading what was opened. Raises StaleEntry, or NotReady.
    """
    if not isinstance(row, Worksheet):
        advance(row, revision, text=texts["text"])
        audit.record("saved a session note", by=by, category=PRIVATE, target=row)
        return row
    answers = {key: text for key, text in texts.items() if key != "about"}
    about = texts.get("about", row.about)
    if len(about) > (Worksheet._meta.get_field("about").max_length or 0):
        raise NotReady("Who or what it is about would be too long with these words. Change it in the worksheet")
    advance(row, revision, about=about, answers={**row.answers, **answers})
    audit.record("saved a worksheet", by=by, category=PRIVATE, target=row)
    return row
