from django.urls import path

from sessions_catalogue.views import one_date, periods, plans, schedule

urlpatterns = [
    path("cohorts/<uuid:pk>/sessions/", schedule.CohortSessions.as_view(), name="cohort_sessions"),
    path("cohorts/<uuid:pk>/sessions/lay-out/", schedule.LayOut.as_view(), name="cohort_sessions_lay_out"),
    path("cohorts/<uuid:pk>/sessions/choose/", plans.ChooseSessions.as_view(), name="cohort_sessions_choose"),
    path("cohorts/<uuid:pk>/sessions/save-as-template/", plans.TemplateNew.as_view(), name="cohort_sessions_template"),
    path("session-plans/", plans.TemplateList.as_view(), name="session_plan_list"),
    path("session-plans/<uuid:pk>/", plans.TemplatePage.as_view(), name="session_plan"),
    path("session-plans/<uuid:pk>/put-away/", plans.TemplatePutAway.as_view(), name="session_plan_put_away"),
    path("organisation/calendar/", periods.PeriodList.as_view(), name="period_list"),
    path("organisation/calendar/add/", periods.PeriodNew.as_view(), name="period_new"),
    path("organisation/calendar/<uuid:pk>/remove/", periods.PeriodRemove.as_view(), name="period_remove"),
    path(
        "cohorts/<uuid:cohort_pk>/sessions/<uuid:pk>/",
        one_date.ScheduledSessionEdit.as_view(),
        name="scheduled_session_edit",
    ),
    path(
        "cohorts/<uuid:cohort_pk>/sessions/<uuid:pk>/cancel/",
        one_date.ScheduledSessionCancel.as_view(),
        name="scheduled_session_cancel",
    ),
]
