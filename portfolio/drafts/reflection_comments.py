"""What is said about a paragraph of a critical reflection, and answers to it, while they are being written."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Finder, Place, Windows, together, words_of
from accounts.models import Organisation, User
from portfolio.models import Reflection, ReflectionComment
from portfolio.models.reflection_parts import PARTS, written_in
from portfolio.permissions import Perm

COMMENT, ANSWER = "reflection_comment", "reflection_answer"
FORMS = (COMMENT, ANSWER)
READ = words_of({"text": "Your comment"})
READ_ANSWER = words_of({"text": "Your answer"})
BYTES_OF_NUMBER = 2
MOST_PARAGRAPHS = 2 ** (8 * BYTES_OF_NUMBER) - 1


def _spot(part: str, paragraph: int) -> uuid.UUID:
    """A paragraph of any reflection as an id: the part's key, then the number."""
    key = part.encode() + paragraph.to_bytes(BYTES_OF_NUMBER)
    return uuid.UUID(bytes=key.rjust(16, b"\0"))


def spot_id(reflection: Reflection, part: str, paragraph: int) -> uuid.UUID:
    """What is said about one paragraph has no row before it is sent, and may outlive the version it began from."""
    return together(reflection.pk, _spot(part, paragraph))


def spot_of(reflection: Reflection, target_id: uuid.UUID) -> tuple[str, int] | None:
    """The part and the paragraph again, if the id is one of this reflection."""
    key = together(reflection.pk, target_id).bytes.lstrip(b"\0")
    part = key[:-BYTES_OF_NUMBER].decode("ascii", "replace")
    paragraph = int.from_bytes(key[-BYTES_OF_NUMBER:])
    return (part, paragraph) if part in PARTS and spot_id(reflection, part, paragraph) == target_id else None


def comment_url(reflection: Reflection, part: str, paragraph: int) -> str:
    page = reverse("portfolio:reflection_comment", args=[reflection.enrolment_id])
    return f"{page}?{urlencode({'part': part, 'paragraph': paragraph})}"


def answer_url(begun: ReflectionComment) -> str:
    return reverse("portfolio:reflection_answer", args=[begun.reflection.enrolment_id, begun.pk])


def find_comment(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    for row in Reflection.objects.shared_with_mentor(user).with_people():
        if (spot := spot_of(row, target_id)) and user.has_perm(Perm.COMMENT, row):
            return Place(row.organisation_id, comment_url(row, *spot), READ)
    return None


def find_answer(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    begun = ReflectionComment.objects.visible_to(user).open_to_answer().filter(pk=target_id)
    row = begun.select_related("reflection__enrolment").first()
    if row is None or not user.has_perm(Perm.COMMENT, row.reflection):
        return None
    return Place(row.organisation_id, answer_url(row), READ_ANSWER)


def windows_of(row: Reflection) -> list[tuple[str, uuid.UUID]]:
    """Beside every paragraph that a mentor may have on a page."""
    return [
        (COMMENT, spot_id(row, written.part.key, number))
        for version in row.versions.exclude(shared_with=None)
        for written in written_in(version.structure, version.parts)
        for number in range(len(written.paragraphs) + 1)
    ]


DRAFTS: Mapping[str, Finder] = {COMMENT: find_comment, ANSWER: find_answer}
WINDOWS: Sequence[tuple[type[Model], Windows]] = [
    (Reflection, windows_of),
    (ReflectionComment, lambda row: [(ANSWER, row.parent_id or row.pk)]),
]
