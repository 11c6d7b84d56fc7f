"""Addresses of this app, by what they are about."""

from sessions_catalogue.urls import attendance, calendar, catalogue, own, schedule, voices, workspace

app_name = "sessions_catalogue"

urlpatterns = [
    *catalogue.urlpatterns,
    *schedule.urlpatterns,
    *own.urlpatterns,
    *attendance.urlpatterns,
    *workspace.urlpatterns,
    *voices.urlpatterns,
    *calendar.urlpatterns,
]
