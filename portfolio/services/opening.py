"""Opening a text as a whole: to the mentor by name, into the portfolio, and closing it again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from portfolio.models.opened import Opened, OpenedVersion
from portfolio.queries.pieces import current_mentor
from portfolio.services.sharing import NotReady, refuse_another
from portfolio.services.stored_exports import delete_exports_of_others

Text = TypeVar("Text", bound=Opened)


class StaleText(Exception):
    """It was saved in between, in another window. ``current`` is what is saved now."""

    def __init__(self, current: Any) -> None:
        super().__init__("a newer text was saved")
        self.current = current


@dataclass(frozen=True)
class Readers:
    """Who may read it from now on; neither closes it again."""

    mentor: bool
    portfolio: bool
    # The writer ticked that nobody can be recognised.
    nobody_recognisable: bool
    # The mentor whom the writer was told of.
    shown: uuid.UUID | None = None

    @property
    def any(self) -> bool:
        return self.mentor or self.portfolio


@transaction.atomic
def open_text(
    *,
    text: Text,
    revision: int,
    readers: Readers,
    add_version: Callable[..., OpenedVersion],
    called: str,
    by: User,
) -> Text:
    """What was saved as ``revision``, to these readers and nobody else.

    ``add_version(text, by=, shared_with=, in_portfolio=)`` writes what they read; ``called`` is the text in a word for
    the audit ("a plan"). Raises NotReady or StaleText.
    """
    mentor = current_mentor(cast(Any, text).enrolment) if readers.mentor else None
    if readers.mentor and mentor is None:
        raise NotReady("You have no mentor to share it with yet")
    if mentor is not None:
        refuse_another(mentor, readers.shown)
    if readers.any and not readers.nobody_recognisable:
        raise NotReady("Check that nobody can be recognised, then tick the box")
    now, rows = timezone.now(), type(text)._default_manager
    changed = rows.filter(pk=text.pk, revision=revision).update(revision=revision + 1, updated_at=now)
    text.refresh_from_db()
    if changed != 1:
        raise StaleText(text)
    before = text.audience
    if not readers.portfolio:
        leave_portfolio(text)
    _take_back(text, still=mentor)
    version = add_version(text, by=by, shared_with=mentor, in_portfolio=readers.portfolio)
    rows.filter(pk=text.pk).update(
        audience=Opened.Audience.MENTOR if mentor else Opened.Audience.ONLY_ME,
        shared_with=mentor,
        shared_at=now if mentor else None,
        shared_version=version if mentor else None,
        portfolio_version=version if readers.portfolio else None,
        nobody_recognisable_at=now if readers.any else None,
    )
    text.refresh_from_db()
    audit.record(
        f"opened {called}" if readers.any else f"took {called} back",
        by=by,
        category=AuditEvent.Category.PORTFOLIO,
        target=text,
        subject=mentor,
        from_status=before,
        to_status=text.audience,
    )
    return text


def leave_portfolio(text: Opened) -> None:
    """Where it is in it: PDFs of others go too."""
    row = cast(Any, text)
    if row.portfolio_version_id:
        delete_exports_of_others(enrolment_id=row.enrolment_id, versions=row.versions.filter(in_portfolio=True))


def _take_back(text: Opened, *, still: User | None) -> None:
    """What others than ``still`` were opened stays closed to them, even if the text is opened to them again."""
    opened = cast(Any, text).versions.filter(shared_with__isnull=False, taken_back_at=None)
    (opened.exclude(shared_with=still) if still else opened).update(taken_back_at=timezone.now())
