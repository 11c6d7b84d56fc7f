from django.urls import path

from pathway.views import cohorts, people, programmes, shared_steps, standards, steps

app_name = "pathway"

STEP = "enrolments/<uuid:pk>/steps/<uuid:milestone_pk>/"
MILESTONE = "programmes/<uuid:pk>/steps/<uuid:milestone_pk>/"

urlpatterns = [
    path("standards/", standards.StandardList.as_view(), name="standard_list"),
    path("standards/<slug:series>/", standards.StandardPage.as_view(), name="standard"),
    path("programmes/", programmes.ProgrammeList.as_view(), name="programme_list"),
    path("programmes/<uuid:pk>/", programmes.ProgrammePage.as_view(), name="programme"),
    path("programmes/<uuid:pk>/copy/", programmes.ProgrammeCopy.as_view(), name="programme_copy"),
    path("programmes/<uuid:pk>/edit/", programmes.ProgrammeEdit.as_view(), name="programme_edit"),
    path("programmes/<uuid:pk>/steps/new/", programmes.MilestoneNew.as_view(), name="milestone_new"),
    path(f"{MILESTONE}edit/", programmes.MilestoneEdit.as_view(), name="milestone_edit"),
    path(f"{MILESTONE}remove/", programmes.MilestoneRemove.as_view(), name="milestone_remove"),
    path("cohorts/", cohorts.CohortList.as_view(), name="cohort_list"),
    path("cohorts/new/", cohorts.CohortNew.as_view(), name="cohort_new"),
    path("cohorts/<uuid:pk>/edit/", cohorts.CohortEdit.as_view(), name="cohort_edit"),
    path("cohorts/<uuid:pk>/publish/", cohorts.CohortPublish.as_view(), name="cohort_publish"),
    path("cohorts/<uuid:pk>/close/", cohorts.CohortClose.as_view(), name="cohort_close"),
    path("cohorts/<uuid:pk>/people/", people.CohortPeople.as_view(), name="cohort_people"),
    path("cohorts/<uuid:pk>/people/add/", people.EnrolmentNew.as_view(), name="enrolment_new"),
    path("cohorts/<uuid:pk>/past-steps/", shared_steps.PastSteps.as_view(), name="past_steps"),
    path(
        "cohorts/<uuid:pk>/steps/<uuid:milestone_pk>/",
        shared_steps.OrganisationStepDone.as_view(),
        name="organisation_step_done",
    ),
    path("panel-members/<uuid:pk>/end/", people.PanelMemberEnd.as_view(), name="panel_member_end"),
    path("enrolments/<uuid:pk>/", people.EnrolmentEdit.as_view(), name="enrolment_edit"),
    path(STEP, steps.StepDone.as_view(), name="step_done"),
    path(f"{STEP}date/", steps.StepDate.as_view(), name="step_date"),
    path("steps/<uuid:pk>/undo/", steps.StepUndo.as_view(), name="step_undo"),
    path("steps/<uuid:pk>/file/", steps.StepFile.as_view(), name="step_file"),
]
