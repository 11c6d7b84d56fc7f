from portfolio.models.attachment import Attachment
from portfolio.models.comment import Comment
from portfolio.models.evidence import Evidence, EvidenceMapping, EvidenceVersion
from portfolio.models.export import PortfolioExport
from portfolio.models.later import Action, Note

__all__ = [
    "Action",
    "Attachment",
    "Comment",
    "Evidence",
    "EvidenceMapping",
    "EvidenceVersion",
    "Note",
    "PortfolioExport",
]
