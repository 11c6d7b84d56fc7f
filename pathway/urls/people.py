from django.urls import path

from pathway.views import mentors, people

urlpatterns = [
    path("cohorts/<uuid:pk>/people/", people.CohortPeople.as_view(), name="cohort_people"),
    path("cohorts/<uuid:pk>/people/add/", people.EnrolmentNew.as_view(), name="enrolment_new"),
    path("panel-members/<uuid:pk>/end/", people.PanelMemberEnd.as_view(), name="panel_member_end"),
    path("enrolments/<uuid:pk>/", people.EnrolmentEdit.as_view(), name="enrolment_edit"),
    path("mentors/", mentors.MentorList.as_view(), name="mentor_list"),
    path("mentors/add/", mentors.MentorNew.as_view(), name="mentor_new"),
    path("mentors/<uuid:pk>/", mentors.MentorEdit.as_view(), name="mentor_edit"),
    path("mentors/<uuid:pk>/retire/", mentors.MentorRetire.as_view(), name="mentor_retire"),
    path("mentors/<uuid:pk>/return/", mentors.MentorReturn.as_view(), name="mentor_return"),
]
