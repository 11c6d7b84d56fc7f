"""Keeping what somebody is typing. Not audited: how much and when a person writes is nobody's to see."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User, WorkingCopy
from pqs_portal.lib.drafts import Payload


@dataclass(frozen=True)
class Stale:
    """Another window has kept something that this one has not seen."""

    current: WorkingCopy


class UnseenCopy(Exception):
    """The same, found while saving for good. Nothing has been saved."""

    def __init__(self, current: WorkingCopy) -> None:
        super().__init__("a working copy that was not seen")
        self.current = current


@dataclass(frozen=True)
class Typed:
    """Which working copy a save for good makes needless, and its revision that the writer has seen."""

    form: str
    target_id: uuid.UUID
    revision: int


def copy_for(*, author: User, form: str, target_id: uuid.UUID) -> WorkingCopy | None:
    """What the person was typing there."""
    found: WorkingCopy | None = WorkingCopy.objects.visible_to(author).filter(form=form, target_id=target_id).first()
    return found


@dataclass(frozen=True)
class Unsaved:
    """Words that are typed and not saved, so that whoever else reads the text reads another one."""

    saved_at: dt.datetime
    url: str
    # Which of several texts on the page; empty where there is one.
    of: str = ""


def unsaved_words(*, author: User, form: str, windows: Mapping[uuid.UUID, tuple[str, str]]) -> list[Unsaved]:
    """What the person typed and did not save; ``windows``: what is written on → where that goes on, and its name."""
    copies = WorkingCopy.objects.visible_to(author).filter(form=form, target_id__in=windows).exclude(payload={})
    return [Unsaved(copy.saved_at, *windows[copy.target_id]) for copy in copies.newest_first()]


def next_revision(revision: int) -> int:
    """After ``revision``, and after every one there has been: microseconds, which a browser's numbers can hold."""
    return max(revision + 1, time.time_ns() // 1000)


@transaction.atomic
def save_copy(
    *,
    author: User,
    organisation_id: uuid.UUID,
    form: str,
    target_id: uuid.UUID,
    payload: Payload,
    revision: int,
    based_on: int,
    page: str = "",
) -> WorkingCopy | Stale:
    """Keep ``payload`` in place of ``revision`` (0: nothing was kept). Stale if something else is kept by now."""
    rows = WorkingCopy.objects.filter(author=author, form=form, target_id=target_id)
    values = {
        "payload": payload,
        "based_on": based_on,
        "page": page,
        "revision": next_revision(revision),
        "saved_at": timezone.now(),
    }
    if rows.filter(revision=revision).update(**values):
        kept: WorkingCopy = rows.get()
        return kept
    if not rows.exists():
        try:
            with transaction.atomic():
                key = {"author": author, "organisation_id": organisation_id, "form": form, "target_id": target_id}
                return WorkingCopy.objects.create(**key, **values)
        except IntegrityError:
            pass  # another window was faster by a moment
    current: WorkingCopy = rows.get()
    # The same words again, as after an answer that got lost on its way, are no conflict.
    return current if current.payload == payload else Stale(current)


def drop_copy(*, author: User, typed: Typed | None) -> None:
    """The text has been saved for good: call it in the same transaction.

    Raises UnseenCopy if another window has kept something since, so that the save is taken back with it.
    """
    if typed is None:
        return
    rows = WorkingCopy.objects.filter(author=author, form=typed.form, target_id=typed.target_id)
    gone, _ = rows.filter(revision=typed.revision).delete()
    current = None if gone else rows.first()
    if current is not None:
        raise UnseenCopy(current)


def forget_copies(*, form: str, target_id: uuid.UUID) -> None:
    """What is written on is gone for good, by its owner's own wish: call it in the same transaction."""
    WorkingCopy.objects.filter(form=form, target_id=target_id).delete()


@transaction.atomic
def discard_copy(*, author: User, typed: Typed) -> None:
    """Thrown away by the writer, who has seen it. Raises UnseenCopy if it says something else by now."""
    drop_copy(author=author, typed=typed)
