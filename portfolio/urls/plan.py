"""Addresses of the development plan: the writer's, and the mentor's beside it."""

from django.urls import path

from portfolio.views import mentee_plan, objective, objective_close, objective_moves, objective_review, plan

OWN = "portfolio/plan/"
ONE = f"{OWN}objectives/<uuid:pk>/"
THEIRS = "people/<uuid:pk>/plan/"

urlpatterns = [
    path(OWN, plan.PlanPage.as_view(), name="plan"),
    path(f"{OWN}offers/", plan.PlanOffers.as_view(), name="plan_offers"),
    path(f"{OWN}share/", plan.PlanShare.as_view(), name="plan_share"),
    path(f"{OWN}versions/", plan.PlanVersions.as_view(), name="plan_versions"),
    path(f"{OWN}versions/<int:number>/", plan.PlanVersionPage.as_view(), name="plan_version"),
    path(f"{OWN}objectives/new/", objective.ObjectiveNew.as_view(), name="objective_new"),
    path(ONE, objective.ObjectivePage.as_view(), name="objective"),
    path(f"{ONE}edit/", objective.ObjectiveEdit.as_view(), name="objective_edit"),
    path(f"{ONE}begin/", objective_moves.ObjectiveBegin.as_view(), name="objective_begin"),
    path(f"{ONE}close/", objective_close.ObjectiveClose.as_view(), name="objective_close"),
    path(f"{ONE}reopen/", objective_moves.ObjectiveReopen.as_view(), name="objective_reopen"),
    path(f"{ONE}carry/", objective_moves.ObjectiveCarry.as_view(), name="objective_carry"),
    path(f"{ONE}place/", objective_moves.ObjectivePlace.as_view(), name="objective_place"),
    path(f"{ONE}put-away/", objective_moves.ObjectivePutAway.as_view(), name="objective_put_away"),
    path(f"{ONE}bring-back/", objective_moves.ObjectiveBringBack.as_view(), name="objective_bring_back"),
    path(f"{ONE}review/", objective_review.ObjectiveReviewed.as_view(), name="objective_review"),
    path(THEIRS, mentee_plan.MenteePlan.as_view(), name="mentee_plan"),
    path(f"{THEIRS}versions/<uuid:opened>/", mentee_plan.MenteePlanVersion.as_view(), name="mentee_plan_version"),
    path(
        f"{THEIRS}objectives/<uuid:objective>/review/",
        mentee_plan.MenteeReview.as_view(),
        name="mentee_objective_review",
    ),
]
