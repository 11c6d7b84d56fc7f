"""Addresses of the end of a session, and of what was kept there for later."""

from django.urls import path

from portfolio.views import actions, follow_up, last_fifteen, later

urlpatterns = [
    path("sessions/<int:number>/last-fifteen-minutes/", last_fifteen.LastFifteen.as_view(), name="last_fifteen"),
    path("sessions/own/<uuid:pk>/last-fifteen-minutes/", last_fifteen.LastFifteen.as_view(), name="own_last_fifteen"),
    path("sessions/<int:number>/follow-up/", follow_up.FollowUp.as_view(), name="follow_up"),
    path("sessions/own/<uuid:pk>/follow-up/", follow_up.FollowUp.as_view(), name="own_follow_up"),
    path("portfolio/later/", later.Later.as_view(), name="later"),
    path("portfolio/later/<uuid:pk>/", later.NoteEdit.as_view(), name="note_edit"),
    path("portfolio/later/<uuid:pk>/put-away/", later.NotePutAway.as_view(), name="note_put_away"),
    path("portfolio/later/<uuid:pk>/bring-back/", later.NoteBringBack.as_view(), name="note_bring_back"),
    path("portfolio/actions/", actions.ActionList.as_view(), name="action_list"),
    path("portfolio/actions/new/", actions.ActionNew.as_view(), name="action_new"),
    path("portfolio/actions/<uuid:pk>/", actions.ActionPage.as_view(), name="action"),
    path("portfolio/actions/<uuid:pk>/edit/", actions.ActionEdit.as_view(), name="action_edit"),
    path("portfolio/actions/<uuid:pk>/put-away/", actions.ActionPutAway.as_view(), name="action_put_away"),
    path("portfolio/actions/<uuid:pk>/bring-back/", actions.ActionBringBack.as_view(), name="action_bring_back"),
]
