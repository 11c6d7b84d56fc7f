"""Addresses of this app, by what they are about."""

from portfolio.urls import assessment, coverage, cpd, evidence, exports, later, plan, reflection, taking_out

app_name = "portfolio"

urlpatterns = [
    *exports.urlpatterns,
    *later.urlpatterns,
    *assessment.urlpatterns,
    *plan.urlpatterns,
    *reflection.urlpatterns,
    *cpd.urlpatterns,
    *coverage.urlpatterns,
    *taking_out.urlpatterns,
    *evidence.urlpatterns,
]
