"""What pages and documents show of a portfolio. Readers' content comes from the shared version, never from the row."""

from portfolio.queries.areas import ENOUGH, AreaCoverage, areas_in_portfolio, areas_of, coverage
from portfolio.queries.later import action_counts, area_in_year, kept_from, note_counts
from portfolio.queries.pieces import (
    EvidenceView,
    current_mentor,
    differs_from_shared,
    own_enrolment,
    own_views,
    portfolio_views,
    readable,
    shared_views,
    tally,
    version_views,
    waiting_for_mentor,
)

__all__ = [
    "ENOUGH",
    "AreaCoverage",
    "EvidenceView",
    "action_counts",
    "area_in_year",
    "areas_in_portfolio",
    "areas_of",
    "coverage",
    "current_mentor",
    "differs_from_shared",
    "kept_from",
    "note_counts",
    "own_enrolment",
    "own_views",
    "portfolio_views",
    "readable",
    "shared_views",
    "tally",
    "version_views",
    "waiting_for_mentor",
]
