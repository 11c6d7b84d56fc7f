from portfolio.models.attachment import Attachment
from portfolio.models.comment import Comment
from portfolio.models.evidence import Evidence, EvidenceMapping, EvidenceVersion
from portfolio.models.export import PortfolioExport

__all__ = [
    "Attachment",
    "Comment",
    "Evidence",
    "EvidenceMapping",
    "EvidenceVersion",
    "PortfolioExport",
]
