"""Whose words a form holds, signed, so that what one person typed is never saved in another's name."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core import signing
from django.http import QueryDict

# In every form that keeps what is typed (components/draft.html), and handed on by each page that gives it back.
WRITER = "draft_writer"
# The names of files that were sent with the words and have to be chosen again.
FILE = "draft_file"

# In the page that gives words back: to whom, and where they were sent.
GIVEN_BACK = "give_back_token"
LONGEST = dt.timedelta(hours=12)

_signer = signing.Signer(salt="pqs_portal.writer")
_SALT = "pqs_portal.given_back"


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
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Writer(person_id, draft_url)


def given_back(writer: Writer, address: str) -> str:
    """For the page that gives words back which were sent to ``address``."""
    return signing.dumps([writer.person_id, address], salt=_SALT)


def is_given_back(posted: QueryDict, person_id: uuid.UUID, address: str) -> bool:
    """Whether the person's own words come out of the page that gave them back, not too long ago."""
    try:
        return bool(signing.loads(posted.get(GIVEN_BACK, ""), salt=_SALT, max_age=LONGEST) == [str(person_id), address])
    except signing.BadSignature:
        return False
