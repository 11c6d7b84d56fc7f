"""What is being typed, when words are taken out for good."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from accounts.models import User, WorkingCopy
from accounts.querysets import WorkingCopyQuerySet
from accounts.services.working_copies import next_revision
from pqs_portal.lib.drafts import Payload


def rewrite_copies(copies: WorkingCopyQuerySet, change: Callable[[Payload], Payload]) -> list[WorkingCopy]:
    """Those that ``change`` changes, so that a window left open has not seen what is kept. Inside a transaction."""
    changed = []
    for copy in copies.select_for_update(of=("self",)):
        payload = change(copy.payload)
        if payload != copy.payload:
            copy.payload, copy.revision = payload, next_revision(copy.revision)
            copy.save(update_fields=["payload", "revision"])
            changed.append(copy)
    return changed


def close_windows(*, author: User, organisation_id: uuid.UUID, form: str, target_id: uuid.UUID) -> None:
    """Where nothing is kept, an empty copy: whoever has the form open has not seen it, and is told so before the old
    words are kept. Opened anew, the form counts from it."""
    key = {"author": author, "organisation_id": organisation_id, "form": form, "target_id": target_id}
    WorkingCopy.objects.get_or_create(**key, defaults={"payload": {}, "revision": next_revision(0)})
