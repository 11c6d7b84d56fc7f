from django.urls import path

from sessions_catalogue.views import material, programme_session

urlpatterns = [
    path("sessions/", programme_session.SessionList.as_view(), name="session_list"),
    path("sessions/<int:number>/", programme_session.SessionPage.as_view(), name="session"),
    path("tools/", material.ToolList.as_view(), name="tool_list"),
    path("resources/", material.ResourceList.as_view(), name="resource_list"),
    path("resources/<uuid:pk>/address/", material.ResourceAddressEdit.as_view(), name="resource_address"),
]
