from portfolio.models.attachment import Attachment
from portfolio.models.comment import Comment
from portfolio.models.evidence import Evidence, EvidenceMapping, EvidenceVersion
from portfolio.models.export import PortfolioExport
from portfolio.models.later import Action, Note
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
    "AssessmentScale",
    "Attachment",
    "Comment",
    "Evidence",
    "EvidenceMapping",
    "EvidenceVersion",
    "MentorView",
    "Note",
    "Point",
    "PortfolioExport",
    "SelfAssessment",
    "SelfAssessmentVersion",
]
