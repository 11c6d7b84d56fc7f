"""Addresses of this app, by what they are about."""

from pathway.urls import changes, cohorts, imports, nominations, people, programme, readiness, steps

app_name = "pathway"

urlpatterns = [
    *programme.urlpatterns,
    *cohorts.urlpatterns,
    *steps.urlpatterns,
    *people.urlpatterns,
    *nominations.urlpatterns,
    *imports.urlpatterns,
    *changes.urlpatterns,
    *readiness.urlpatterns,
]
