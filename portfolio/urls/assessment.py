"""Addresses of self-assessments: the writer's, the mentor's beside them, and the organisation's levels."""

from django.urls import path, register_converter

from portfolio.models import Point
from portfolio.views import mentor_view, scale, self_assessment


class PointConverter:
    """One of the three points of the year; anything else is no address."""

    regex = "|".join(Point.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PointConverter, "point")
ONE = "people/<uuid:pk>/self-assessment/<point:point>/"

urlpatterns = [
    path("portfolio/self-assessment/", self_assessment.AssessmentList.as_view(), name="self_assessment_list"),
    path(ONE, self_assessment.AssessmentPage.as_view(), name="self_assessment"),
    path(f"{ONE}edit/", self_assessment.AssessmentEdit.as_view(), name="self_assessment_edit"),
    path(f"{ONE}share/", self_assessment.AssessmentShare.as_view(), name="self_assessment_share"),
    path(f"{ONE}reopen/", self_assessment.AssessmentReopen.as_view(), name="self_assessment_reopen"),
    path(
        f"{ONE}versions/<int:number>/", self_assessment.AssessmentVersionPage.as_view(), name="self_assessment_version"
    ),
    path(f"{ONE}your-view/", mentor_view.ViewEdit.as_view(), name="mentor_view"),
    path(f"{ONE}look-first/", mentor_view.LookFirst.as_view(), name="mentor_view_look"),
    path(f"{ONE}beside/", mentor_view.Beside.as_view(), name="mentee_self_assessment"),
    path("people/<uuid:pk>/self-assessments/", mentor_view.ViewList.as_view(), name="mentee_self_assessments"),
    path("organisation/self-assessment-levels/", scale.ScaleForm.as_view(), name="scale"),
]
