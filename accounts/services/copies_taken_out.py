"""What is being typed, when words are taken out for good."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

from django.db.models import F
from django.db.models.functions import Greatest

from accounts.models import User, WorkingCopy
from accounts.querysets import WorkingCopyQuerySet
from accounts.services.working_copies import next_revision
from pqs_portal.lib.drafts import Payload


def leave_out(copies: WorkingCopyQuerySet, name: str) -> None:
    """Without this field from now on. Where windows go on being kept, for it is left out of what they send too."""
    changed = [copy for copy in copies.select_for_update(of=("self",)) if name in copy.payload]
    for copy in changed:
        copy.payload = {key: values for key, values in copy.payload.items() if key != name}
    WorkingCopy.objects.bulk_update(changed, ["payload"])


def raise_revisions(copies: WorkingCopyQuerySet) -> None:
    """Windows that are open have not seen what is kept."""
    copies.update(revision=Greatest(F("revision") + 1, next_revision(0)))


def rewrite_copies(copies: WorkingCopyQuerySet, change: Callable[[Payload], Payload]) -> list[WorkingCopy]:
    """Those that ``change`` changes, so that a window left open has not seen what is kept. Inside a transaction."""
    changed = []
    for copy in copies.select_for_update(of=("self",)):
        payload = change(copy.payload)
        if payload != copy.payload:
            copy.payload, copy.revision = payload, next_revision(copy.revision)
            changed.append(copy)
    WorkingCopy.objects.bulk_update(changed, ["payload", "revision"])
    return changed


def close_windows(*, organisation_id: uuid.UUID, windows: Iterable[tuple[User, str, uuid.UUID]]) -> None:
    """Where nothing is kept, an empty copy: whoever has the form open has not seen it, and is told so before the old
    words are kept. Opened anew, the form counts from it. ``windows``: whose, the form, what is written on with it.

    What is kept already is for ``rewrite_copies``, afterwards: from now on nothing old can come in between.
    """
    closed = [
        WorkingCopy(
            author=author,
            organisation_id=organisation_id,
            form=form,
            target_id=target_id,
            payload={},
            revision=next_revision(0),
        )
        for author, form, target_id in windows
    ]
    WorkingCopy.objects.bulk_create(closed, ignore_conflicts=True)
    # One that stood there before has been seen by windows that were opened since.
    forms, targets = {copy.form for copy in closed}, {copy.target_id for copy in closed}
    authors = {copy.author_id for copy in closed}
    raise_revisions(WorkingCopy.objects.filter(author__in=authors, form__in=forms, target_id__in=targets, payload={}))
