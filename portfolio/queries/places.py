"""Where words can stand that one person has written in their years, or that others have written about those texts.

What is taken out for good is looked for in all of them; a test holds that no text of these models is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

from accounts.models import User
from observations.models import FocusWish, Observation
from pathway.models import Enrolment, MilestoneCompletion, ParticipationNeed
from pathway.querysets import EnrolmentQuerySet
from portfolio.models import (
    Action,
    AreaRating,
    AreaWord,
    Attachment,
    Comment,
    CpdRecord,
    Evidence,
    EvidenceMapping,
    EvidenceVersion,
    MentorView,
    Note,
    Objective,
    ObjectiveReview,
    PlanVersion,
    PortfolioExport,
    Reflection,
    ReflectionComment,
    ReflectionVersion,
    SelfAssessment,
    SelfAssessmentVersion,
)
from sessions_catalogue.models import Suggestion, Worksheet, WorkspaceEntry

# In JSON with names of our own, those whose values a person has typed. None: every value.
Keys = frozenset[str] | None
WHY = frozenset({"rationale", "why"})
OBJECTIVE = frozenset({"need", "why", "activity", "support", "success", "how_it_went", "by", "text"})
FOUND = frozenset({"text", "where"})


@dataclass(frozen=True)
class Place:
    """``name``: what a person calls it, one and several. ``year``: the way from a row to its enrolment; without one
    ``author`` names the field. ``texts``: columns, with the keys that count where a column is JSON. ``counts``: the
    model whose ``revision`` or ``version`` goes up when a row changes, and the field with its id. ``beside``: the row
    that says what it is, where neither it nor the whole that it is a part of does.
    """

    name: tuple[str, str]
    model: type[Model]
    texts: Mapping[str, Keys]
    year: str = "enrolment"
    author: str = ""
    counts: tuple[type[Model] | None, str] = (None, "")
    # Rows of others that the writer does not read are cleaned and not counted.
    read_by_writer: Q = field(default_factory=Q)
    beside: str = ""

    def rows(self, writer: User, years: EnrolmentQuerySet) -> QuerySet[Any]:
        mine = {self.author: writer} if self.author else {}
        theirs = {f"{self.year}__in": years} if self.year else {"organisation__in": years.values("organisation")}
        return self.model._default_manager.filter(**mine, **theirs)


def texts(*names: str, **keyed: Keys) -> Mapping[str, Keys]:
    return dict.fromkeys(names) | keyed


PIECE, VERSION = ("piece of evidence", "pieces of evidence"), ("saved version", "saved versions")
REASON, OF_PIECE = ("reason for an area", "reasons for areas"), (Evidence, "evidence_id")
ASSESSED, PLANNED = ("self-assessment", "self-assessments"), ("objective of your plan", "objectives of your plan")
REFLECTED, SAID = ("critical reflection", "critical reflections"), ("comment", "comments")

PLACES = (
    Place(PIECE, Evidence, texts("title", "body", "tags"), counts=(Evidence, "pk")),
    Place(REASON, EvidenceMapping, texts("rationale"), "evidence__enrolment", counts=OF_PIECE),
    # An old version that is being brought back has not begun from the newest one any more.
    Place(VERSION, EvidenceVersion, texts("title", "body", mappings=WHY), "evidence__enrolment", counts=OF_PIECE),
    Place(SAID, Comment, texts("passage", "text"), "evidence__enrolment", counts=(None, "pk")),
    Place(
        ("file’s name", "files’ names"),
        Attachment,
        texts("name", found=FOUND),
        year="",
        author="uploaded_by",
        beside="evidence",
    ),
    Place(ASSESSED, AreaRating, texts("why"), "assessment__enrolment", counts=(SelfAssessment, "assessment_id")),
    Place(VERSION, SelfAssessmentVersion, texts(ratings=WHY), "assessment__enrolment"),
    Place(
        ("mentor’s view", "mentor’s views"),
        MentorView,
        texts(ratings=WHY),
        counts=(MentorView, "pk"),
        read_by_writer=Q(opened_at__isnull=False),
    ),
    Place(
        PLANNED,
        Objective,
        texts("need", "why", "activity", "support", "success", "how_it_went"),
        "plan__enrolment",
        counts=(Objective, "pk"),
    ),
    Place(("word on your plan", "words on your plan"), ObjectiveReview, texts("text"), "objective__plan__enrolment"),
    Place(VERSION, PlanVersion, texts(objectives=OBJECTIVE), "plan__enrolment"),
    Place(REFLECTED, Reflection, texts("title", "parts"), counts=(Reflection, "pk")),
    Place(
        VERSION,
        ReflectionVersion,
        texts("title", "parts"),
        "reflection__enrolment",
        counts=(Reflection, "reflection_id"),
    ),
    Place(SAID, ReflectionComment, texts("text"), "reflection__enrolment", counts=(None, "pk")),
    Place(("note for later", "notes for later"), Note, texts("text"), counts=(Note, "pk")),
    Place(("action", "actions"), Action, texts("text", "how_it_went"), counts=(Action, "pk")),
    Place(
        ("CPD record", "CPD records"),
        CpdRecord,
        texts("title", "what_and_why", "learnt", "impact", "peer_learnt"),
        counts=(CpdRecord, "pk"),
    ),
    Place(("word about an area", "words about areas"), AreaWord, texts("text"), counts=(AreaWord, "pk"), beside="area"),
    Place(("reason for an export", "reasons for exports"), PortfolioExport, texts("reason")),
    Place(
        ("workspace text", "workspace texts"),
        WorkspaceEntry,
        texts("text", "shared_text"),
        counts=(WorkspaceEntry, "pk"),
        beside="session",
    ),
    Place(
        ("worksheet", "worksheets"),
        Worksheet,
        texts("about", "answers", "shared_about", "shared_answers"),
        counts=(Worksheet, "pk"),
        beside="template",
    ),
    Place(("reflection on an observation", "reflections on observations"), Observation, texts("reflection")),
    Place(("focus you asked for", "focuses you asked for"), FocusWish, texts("text"), counts=(FocusWish, "pk")),
    Place(
        ("step you recorded", "steps you recorded"),
        MilestoneCompletion,
        texts("took_part", "note", "file_name"),
        author="recorded_by",
        beside="milestone",
    ),
    Place(("note on what you need", "notes on what you need"), ParticipationNeed, texts("text")),
    Place(
        ("suggestion in your name", "suggestions in your name"),
        Suggestion,
        texts("text"),
        year="",
        author="author",
        counts=(Suggestion, "pk"),
    ),
)

# Of observations, the observer's words: only counted, for the writer to ask about.
OBSERVED = texts("with_whom", "context", "noticed", "strengths", "development_points")


def years_of(writer: User, enrolment: Enrolment) -> EnrolmentQuerySet:
    """Every year of the person in the organisation of ``enrolment``."""
    mine: EnrolmentQuerySet = Enrolment.objects.of_supervisor(writer).filter(organisation=enrolment.organisation_id)
    return mine
