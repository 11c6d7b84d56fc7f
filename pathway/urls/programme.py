from django.urls import path

from pathway.views import programmes, standards, statement_sets

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
    path("organisation/statements/", statement_sets.StatementSets.as_view(), name="statement_sets"),
    path("organisation/statements/<uuid:pk>/", statement_sets.StatementSetMark.as_view(), name="statement_set"),
]
