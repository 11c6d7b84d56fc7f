from portfolio.models.area_word import AreaWord
from portfolio.models.attachment import Attachment
from portfolio.models.comment import Comment
from portfolio.models.cpd import CpdRecord, PeerInvitation, registration_year
from portfolio.models.evidence import Evidence, EvidenceMapping, EvidenceVersion
from portfolio.models.export import PortfolioExport
from portfolio.models.later import Action, Note
from portfolio.models.plan import Objective, ObjectiveReview, Period, Plan, PlanVersion
from portfolio.models.reflection import Reflection, ReflectionComment, ReflectionVersion, Structure, WordLimit
from portfolio.models.self_assessment import (
    AreaRating,
    AssessmentScale,
    MentorView,
    Point,
    SelfAssessment,
    SelfAssessmentVersion,
)

__all__ = [
    "Action",
    "AreaRating",
    "AreaWord",
    "AssessmentScale",
    "Attachment",
    "Comment",
    "CpdRecord",
    "Evidence",
    "EvidenceMapping",
    "EvidenceVersion",
    "MentorView",
    "Note",
    "Objective",
    "ObjectiveReview",
    "PeerInvitation",
    "Period",
    "Plan",
    "PlanVersion",
    "Point",
    "PortfolioExport",
    "Reflection",
    "ReflectionComment",
    "ReflectionVersion",
    "SelfAssessment",
    "SelfAssessmentVersion",
    "Structure",
    "WordLimit",
    "registration_year",
]
