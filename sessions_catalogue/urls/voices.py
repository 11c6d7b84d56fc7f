from django.urls import path

from sessions_catalogue.views import pulse

urlpatterns = [
    path("pulse/", pulse.Pulse.as_view(), name="pulse"),
    path("cohorts/<uuid:pk>/pulse/", pulse.PulseResults.as_view(), name="pulse_results"),
]
