"""Whose words a form holds, signed, so that what one person typed is never saved in another's name."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import QueryDict

# In every form that keeps what is typed (components/draft.html), and handed on by each page that gives it back.
WRITER = "draft_writer"
# The names of files that were sent with the words and have to be chosen again.
FILE = "draft_file"

_signer = Signer(salt="pqs_portal.writer")


@dataclass(frozen=True)
class Writer:
    """Who a form was drawn for, and the address that its drafts are kept at."""

    person_id: str
    draft_url: str


def signed_writer(person_id: uuid.UUID, draft_url: str) -> str:
    return _signer.sign_object([str(person_id), draft_url])


def writer_of(posted: QueryDict) -> Writer | None:
    """None if the form keeps nothing of what is typed, and so says no writer."""
    try:
        person_id, draft_url = _signer.unsign_object(posted.get(WRITER, ""))
    except (BadSignature, ValueError, TypeError):
        return None
    return Writer(person_id, draft_url)
