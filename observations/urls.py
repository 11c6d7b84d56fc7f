from django.urls import path

from observations.views.focus import Booked, Focus
from observations.views.listing import ObservationList
from observations.views.plan import ObservationNew, ObservationPlan
from observations.views.read import ObservationPage, ObservationReflect, ObservationRelease
from observations.views.write import ObservationEdit, ObservationRecord

app_name = "observations"

urlpatterns = [
    path("observations/", ObservationList.as_view(), name="observation_list"),
    path("people/<uuid:pk>/observations/new/", ObservationNew.as_view(), name="observation_new"),
    path("people/<uuid:pk>/observations/record/", ObservationRecord.as_view(), name="observation_record"),
    path("people/<uuid:pk>/observations/focus/", Focus.as_view(), name="focus"),
    path("observations/<uuid:pk>/booked/", Booked.as_view(), name="booked"),
    path("observations/<uuid:pk>/", ObservationPage.as_view(), name="observation"),
    path("observations/<uuid:pk>/plan/", ObservationPlan.as_view(), name="observation_plan"),
    path("observations/<uuid:pk>/edit/", ObservationEdit.as_view(), name="observation_edit"),
    path("observations/<uuid:pk>/release/", ObservationRelease.as_view(), name="observation_release"),
    path("observations/<uuid:pk>/reflect/", ObservationReflect.as_view(), name="observation_reflect"),
]
