"""Finding pieces: the writer among their own, a reader among what was shared, by the words of the version shared."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Func, OuterRef, Q, TextField, Value

from accounts.models import User
from pathway.models import Enrolment
from portfolio.models import Attachment, Evidence
from portfolio.querysets.evidence import EvidenceQuerySet

MOST_WORDS = 10
NEWEST = ("-happened_on", "-created_at")
OWN_ORDER = (F("position").asc(nulls_last=True), "happened_on", "created_at")
OWN_SORTS: Mapping[str, tuple[Any, ...]] = {
    "": NEWEST,
    "oldest": ("happened_on", "created_at"),
    "changed": ("-updated_at", "-created_at"),
    "own": OWN_ORDER,
}
SHARED_SORTS: Mapping[str, tuple[str, ...]] = {
    "": ("-shared_version__created_at",),
    "newest": ("-shared_version__happened_on", "-shared_version__created_at"),
    "oldest": ("shared_version__happened_on", "shared_version__created_at"),
}


def find_own(pieces: EvidenceQuerySet, wanted: Mapping[str, str]) -> EvidenceQuerySet:
    """Of one's own pieces those that hold every word, in title, text, tags or the name of a file."""
    found = pieces.alias(tag_words=Func("tags", Value("\n"), function="array_to_string", output_field=TextField()))
    for word in words_of(wanted):
        files = Attachment.objects.standing().filter(evidence=OuterRef("pk"), name__icontains=word)
        said = Q(title__icontains=word) | Q(body__icontains=word) | Q(tag_words__icontains=word)
        found = found.filter(said | Exists(files))
    chosen = {
        "audience": wanted.get("show"),
        "kind": wanted.get("kind"),
        "mappings__area": wanted.get("area"),
        "tags__contains": [wanted["tag"]] if wanted.get("tag") else None,
    }
    found = found.filter(**{lookup: value for lookup, value in chosen.items() if value})
    ordered: EvidenceQuerySet = found.order_by(*OWN_SORTS[wanted.get("sort", "")])
    return ordered


def find_shared(pieces: EvidenceQuerySet, wanted: Mapping[str, str]) -> EvidenceQuerySet:
    """Of what was shared, by the version that was shared: what the writer has written since is not looked through."""
    found = pieces
    for word in words_of(wanted):
        files = Attachment.objects.standing().filter(versions=OuterRef("shared_version"), name__icontains=word)
        said = Q(shared_version__title__icontains=word) | Q(shared_version__body__icontains=word)
        found = found.filter(said | Exists(files))
    if wanted.get("show") == "asked":
        found = found.filter(feedback_asked_at__isnull=False)
    if wanted.get("kind"):
        found = found.filter(shared_version__kind=wanted["kind"])
    if wanted.get("area"):
        found = found.filter(shared_version__mappings__contains=[{"area": wanted["area"]}])
    ordered: EvidenceQuerySet = found.order_by(*SHARED_SORTS[wanted.get("sort", "")])
    return ordered


def words_of(wanted: Mapping[str, str]) -> list[str]:
    return wanted.get("q", "").split()[:MOST_WORDS]


@dataclass(frozen=True)
class Facts:
    """What is known of all the pieces that a person keeps: how many, by audience, and the tags, by the alphabet."""

    counts: dict[str, int]
    tags: list[str]
    # How many pieces of the portfolio were opened to whom.
    opened_to: Mapping[uuid.UUID | None, int]

    def unopened_to(self, mentor: User | None) -> int:
        """Pieces in the portfolio that the current mentor was not opened yet."""
        return sum(number for reader, number in self.opened_to.items() if mentor and reader != mentor.pk)


def own_facts(user: User, enrolment: Enrolment) -> Facts:
    """One query."""
    mine = Evidence.objects.owned_by(user).kept().filter(organisation=enrolment.organisation_id)
    alike = mine.order_by().values_list("audience", "tags", "shared_with", "enrolment").annotate(number=Count("pk"))
    counts, opened_to = Counter(dict.fromkeys(Evidence.Audience.values, 0)), Counter[uuid.UUID | None]()
    all_tags: set[str] = set()
    for audience, tags, reader, year, number in alike:
        counts[audience] += number
        all_tags.update(tags)
        if audience == Evidence.Audience.PORTFOLIO and year == enrolment.pk:
            opened_to[reader] += number
    return Facts(counts, sorted(all_tags, key=str.casefold), opened_to)


def own_order(pieces: EvidenceQuerySet, wanted: Mapping[str, str]) -> list[uuid.UUID]:
    """The ids of the pieces found, in the writer's own order."""
    return list(find_own(pieces, {**wanted, "sort": "own"}).values_list("pk", flat=True))
