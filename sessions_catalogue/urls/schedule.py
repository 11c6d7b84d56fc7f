from django.urls import path

from sessions_catalogue.views import schedule

urlpatterns = [
    path("cohorts/<uuid:pk>/sessions/", schedule.CohortSessions.as_view(), name="cohort_sessions"),
    path("cohorts/<uuid:pk>/sessions/lay-out/", schedule.LayOut.as_view(), name="cohort_sessions_lay_out"),
    path(
        "cohorts/<uuid:cohort_pk>/sessions/<uuid:pk>/",
        schedule.ScheduledSessionEdit.as_view(),
        name="scheduled_session_edit",
    ),
]
