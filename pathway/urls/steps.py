from django.urls import path

from pathway.views import nudges, shared_steps, steps

STEP = "enrolments/<uuid:pk>/steps/<uuid:milestone_pk>/"

urlpatterns = [
    path("cohorts/<uuid:pk>/past-steps/", shared_steps.PastSteps.as_view(), name="past_steps"),
    path(
        "cohorts/<uuid:pk>/steps/<uuid:milestone_pk>/",
        shared_steps.OrganisationStepDone.as_view(),
        name="organisation_step_done",
    ),
    path(STEP, steps.StepDone.as_view(), name="step_done"),
    path(f"{STEP}date/", steps.StepDate.as_view(), name="step_date"),
    path("people/<uuid:pk>/nudge/", nudges.NudgeNow.as_view(), name="nudge"),
    path("steps/<uuid:pk>/undo/", steps.StepUndo.as_view(), name="step_undo"),
    path("steps/<uuid:pk>/file/", steps.StepFile.as_view(), name="step_file"),
]
