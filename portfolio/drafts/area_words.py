"""What a mentor is typing about an area."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from django.db.models import Model
from django.urls import reverse

from accounts.drafts import Fields, Finder, Place, Windows
from accounts.models import Organisation, User
from pathway.models import Area, Enrolment
from portfolio.models import AreaWord
from portfolio.permissions import Perm
from portfolio.services.area_words import word_id
from pqs_portal.lib.drafts import Payload, first_of

AREA_WORD = "area_word"


def area_word_place(user: User, organisation: Organisation | None, target_id: uuid.UUID) -> Place | None:
    """The page about an area of somebody whom the person mentors today; the word has its id before it is there."""
    mentees = list(Enrolment.objects.visible_to(user).mentored_by(user).select_related("cohort__programme"))
    for area in Area.objects.filter(standard__in={one.cohort.programme.standard_id for one in mentees}):
        for mentee in mentees:
            if word_id(mentee.pk, area.pk, user.pk) == target_id and user.has_perm(Perm.GIVE_VIEW, mentee):
                word = AreaWord.objects.visible_to(user).filter(pk=target_id).first()
                url = reverse("portfolio:mentee_area", args=[mentee.pk, area.pk])
                return Place(mentee.organisation_id, url, read, word.revision if word else 0)
    return None


def read(payload: Payload) -> Fields:
    level = dict(AreaWord.Level.choices).get(first_of(payload, "level"), "")
    return [("What do you think of it?", level), ("Why, or what would help", first_of(payload, "text"))]


DRAFTS: Mapping[str, Finder] = {AREA_WORD: area_word_place}
WINDOWS: Sequence[tuple[type[Model], Windows]] = [(AreaWord, lambda row: [(AREA_WORD, row.pk)])]
