"""What somebody says of an area's evidence as a whole: the writer for themselves, the mentor for both."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.services.working_copies import Typed, drop_copy
from pathway.models import Area, Enrolment
from portfolio.models import AreaWord

PORTFOLIO = AuditEvent.Category.PORTFOLIO


class StaleWord(Exception):
    """It was saved in between, in another window. ``current`` is what is saved now."""

    def __init__(self, current: AreaWord) -> None:
        super().__init__("a newer text was saved")
        self.current = current


def word_id(enrolment_id: uuid.UUID, area_id: uuid.UUID, author_id: uuid.UUID) -> uuid.UUID:
    """The id of somebody's word about an area, also before it is there: each has one."""
    return uuid.uuid5(enrolment_id, f"{area_id} {author_id}")


@transaction.atomic
def say_level(*, enrolment: Enrolment, area: Area, level: str, by: User) -> AreaWord:
    """The writer's own word; the last one counts."""
    pk = word_id(enrolment.pk, area.pk, by.pk)
    fields = {"organisation_id": enrolment.organisation_id, "enrolment": enrolment, "area": area, "author": by}
    word: AreaWord = AreaWord.objects.update_or_create(
        pk=pk, defaults={"level": level}, create_defaults={**fields, "level": level}
    )[0]
    audit.record("said where an area stands", by=by, category=PORTFOLIO, target=word)
    return word


@transaction.atomic
def give_word(
    *,
    enrolment: Enrolment,
    area: Area,
    level: str,
    text: str,
    revision: int,
    by: User,
    typed: Typed | None = None,
) -> AreaWord:
    """What the mentor thinks, who began from ``revision`` (0: nothing was there); the writer reads it at once.

    Raises StaleWord, or UnseenCopy if another window has kept a draft that ``typed`` has not seen.
    """
    drop_copy(author=by, typed=typed)
    pk = word_id(enrolment.pk, area.pk, by.pk)
    if revision == 0 or not AreaWord.objects.filter(pk=pk).exists():
        try:
            with transaction.atomic():
                word: AreaWord = AreaWord.objects.create(
                    pk=pk,
                    organisation_id=enrolment.organisation_id,
                    enrolment=enrolment,
                    area=area,
                    author=by,
                    level=level,
                    text=text,
                )
        except IntegrityError:
            return _unless_same(pk, level, text)
    else:
        at_it = AreaWord.objects.filter(pk=pk, revision=revision)
        if not at_it.update(level=level, text=text, revision=revision + 1, updated_at=timezone.now()):
            return _unless_same(pk, level, text)
        word = AreaWord.objects.get(pk=pk)
    audit.record("gave a word about an area", by=by, category=PORTFOLIO, target=word)
    return word


def _unless_same(pk: uuid.UUID, level: str, text: str) -> AreaWord:
    """What is saved, if it says the same: the form was sent twice."""
    saved: AreaWord = AreaWord.objects.get(pk=pk)
    if (saved.level, saved.text) != (level, text):
        raise StaleWord(saved)
    return saved
