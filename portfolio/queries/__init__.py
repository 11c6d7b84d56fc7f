"""What pages and documents show of a portfolio. Readers' content comes from the shared version, never from the row."""

from portfolio.queries.areas import AreaCoverage, areas_in_portfolio, areas_of, count_pieces, coverage
from portfolio.queries.later import action_counts, area_in_year, kept_from, note_counts
from portfolio.queries.pieces import (
    EvidenceView,
    current_mentor,
    own_enrolment,
    own_tags,
    own_views,
    portfolio_views,
    readable,
    shared_views,
    version_views,
)

__all__ = [
    "AreaCoverage",
    "EvidenceView",
    "action_counts",
    "area_in_year",
    "areas_in_portfolio",
    "areas_of",
    "count_pieces",
    "coverage",
    "current_mentor",
    "kept_from",
    "note_counts",
    "own_enrolment",
    "own_tags",
    "own_views",
    "portfolio_views",
    "readable",
    "shared_views",
    "version_views",
]
