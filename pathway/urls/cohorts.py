from django.urls import path

from pathway.views import cohorts, for_one

urlpatterns = [
    path("cohorts/", cohorts.CohortList.as_view(), name="cohort_list"),
    path("cohorts/new/", cohorts.CohortNew.as_view(), name="cohort_new"),
    path("cohorts/for-one/", for_one.CohortForOne.as_view(), name="cohort_for_one"),
    path("cohorts/<uuid:pk>/edit/", cohorts.CohortEdit.as_view(), name="cohort_edit"),
    path("cohorts/<uuid:pk>/publish/", cohorts.CohortPublish.as_view(), name="cohort_publish"),
    path("cohorts/<uuid:pk>/close/", cohorts.CohortClose.as_view(), name="cohort_close"),
]
