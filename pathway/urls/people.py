from django.urls import path

from pathway.views import people

urlpatterns = [
    path("cohorts/<uuid:pk>/people/", people.CohortPeople.as_view(), name="cohort_people"),
    path("cohorts/<uuid:pk>/people/add/", people.EnrolmentNew.as_view(), name="enrolment_new"),
    path("panel-members/<uuid:pk>/end/", people.PanelMemberEnd.as_view(), name="panel_member_end"),
    path("enrolments/<uuid:pk>/", people.EnrolmentEdit.as_view(), name="enrolment_edit"),
]
