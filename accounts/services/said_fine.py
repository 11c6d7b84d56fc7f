"""What a writer left as it is. Kept as keyed digests; never audited, since even that something was found is theirs."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable

from django.utils.crypto import salted_hmac

from accounts.models import SaidFine, User

SALT = "accounts.said_fine"


def digest_of(*, author: User, thing_id: uuid.UUID, kind: str, words: str) -> str:
    """The same for the same words of the same writer in the same thing, whatever their case and the space in them."""
    plain = " ".join(words.split()).casefold()
    value = "\x00".join((str(author.pk), str(thing_id), kind, plain))
    return str(salted_hmac(SALT, value, algorithm="sha256").hexdigest())


def talk_about(thing_id: uuid.UUID) -> uuid.UUID:
    """What is said about a thing is another thing: fine between two who talk says nothing of whoever reads the text."""
    return uuid.uuid5(thing_id, "talk")


def said_fine(*, author: User, thing_id: uuid.UUID) -> frozenset[str]:
    rows = SaidFine.objects.visible_to(author).filter(thing_id=thing_id)
    return frozenset(rows.values_list("digest", flat=True))


def say_fine(*, author: User, thing_id: uuid.UUID, organisation_id: uuid.UUID, digests: Iterable[str]) -> None:
    """Saying it twice is saying it once."""
    SaidFine.objects.bulk_create(
        [
            SaidFine(organisation_id=organisation_id, author=author, thing_id=thing_id, digest=digest)
            for digest in dict.fromkeys(digests)
        ],
        ignore_conflicts=True,
    )


def ask_again(*, author: User, thing_id: uuid.UUID) -> None:
    """Forget what the writer said of the thing, so that it is asked anew."""
    SaidFine.objects.filter(author=author, thing_id=thing_id).delete()


def ask_everybody_again(*, things: Collection[uuid.UUID]) -> None:
    """Whoever said it: of things that had words taken out of them."""
    SaidFine.objects.filter(thing_id__in=things).delete()
