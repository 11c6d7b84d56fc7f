from django.urls import path

from sessions_catalogue.views import own_items, own_material, own_session_moves, own_sessions
from sessions_catalogue.views.programme_session import OwnSessionPage

OWN = "sessions/own/<uuid:pk>/"
ITEM = f"{OWN}items/<uuid:item_pk>/"
BLOCK = f"{OWN}parts/<slug:kind>/"

urlpatterns = [
    path("sessions/<int:number>/copy/", own_sessions.SessionCopy.as_view(), name="own_session_copy"),
    path("sessions/own/new/", own_sessions.OwnSessionNew.as_view(), name="own_session_new"),
    path(OWN, OwnSessionPage.as_view(), name="own_session"),
    path(f"{OWN}edit/", own_sessions.OwnSessionEdit.as_view(), name="own_session_edit"),
    path(f"{OWN}edit/title/", own_sessions.OwnContentEdit.as_view(), name="own_session_content"),
    path(f"{OWN}version/", own_session_moves.OwnSessionVersion.as_view(), name="own_session_version"),
    path(f"{OWN}retire/", own_session_moves.OwnSessionRetire.as_view(), name="own_session_retire"),
    path(f"{OWN}bring-back/", own_session_moves.OwnSessionBringBack.as_view(), name="own_session_bring_back"),
    path(BLOCK, own_sessions.OwnBlockEdit.as_view(), name="own_block"),
    path(f"{BLOCK}add/", own_items.OwnItemNew.as_view(), name="own_item_new"),
    path(ITEM, own_items.OwnItemEdit.as_view(), name="own_item"),
    path(f"{ITEM}move/", own_items.OwnItemMove.as_view(), name="own_item_move"),
    path(f"{ITEM}remove/", own_items.OwnItemRemove.as_view(), name="own_item_remove"),
    path(f"{ITEM}put-back/", own_items.OwnItemPutBack.as_view(), name="own_item_put_back"),
    path("resources/new/", own_material.ResourceNew.as_view(), name="resource_new"),
    path("resources/<uuid:pk>/edit/", own_material.ResourceEdit.as_view(), name="resource_edit"),
    path("resources/<uuid:pk>/retire/", own_material.ResourceRetire.as_view(), name="resource_retire"),
    path("resources/<uuid:pk>/bring-back/", own_material.ResourceBringBack.as_view(), name="resource_bring_back"),
    path("tools/new/", own_material.ToolNew.as_view(), name="tool_new"),
    path("tools/<uuid:pk>/edit/", own_material.ToolEdit.as_view(), name="tool_edit"),
    path("tools/<uuid:pk>/retire/", own_material.ToolRetire.as_view(), name="tool_retire"),
    path("tools/<uuid:pk>/bring-back/", own_material.ToolBringBack.as_view(), name="tool_bring_back"),
]
