"""Pages that only read."""

from django.urls import path

from insights.views import cohort, people

app_name = "insights"

urlpatterns = [
    path("pathway/", people.Pathway.as_view(), name="pathway"),
    path("people/", people.People.as_view(), name="people"),
    path("people/<uuid:pk>/", people.Person.as_view(), name="person"),
    path("cohorts/<uuid:pk>/", cohort.CohortBoard.as_view(), name="cohort"),
    path("cohorts/<uuid:pk>/board.csv", cohort.CohortCsv.as_view(), name="cohort_csv"),
]
