"""Addresses of what the pieces say about the areas, and of the order and the marks that their writer gives them."""

from django.urls import path

from portfolio.views import coverage, coverage_mentor, lists

urlpatterns = [
    path("portfolio/coverage/", coverage.Coverage.as_view(), name="coverage"),
    path("portfolio/coverage/<uuid:area>/", coverage.CoverageArea.as_view(), name="coverage_area"),
    path("evidence/<uuid:pk>/best/<uuid:area>/", coverage.BestMark.as_view(), name="best_mark"),
    path("evidence/<uuid:pk>/move/", lists.EvidenceMove.as_view(), name="evidence_move"),
    path("people/<uuid:pk>/coverage/", coverage_mentor.MenteeCoverage.as_view(), name="mentee_coverage"),
    path("people/<uuid:pk>/coverage/<uuid:area>/", coverage_mentor.MenteeArea.as_view(), name="mentee_area"),
]
