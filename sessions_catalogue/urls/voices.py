from django.urls import path

from sessions_catalogue.views import pulse, suggestions

urlpatterns = [
    path("pulse/", pulse.Pulse.as_view(), name="pulse"),
    path("cohorts/<uuid:pk>/pulse/", pulse.PulseResults.as_view(), name="pulse_results"),
    path("suggestions/", suggestions.SuggestionList.as_view(), name="suggestion_list"),
    path("suggestions/new/", suggestions.SuggestionNew.as_view(), name="suggestion_new"),
    path("suggestions/all/", suggestions.SuggestionAll.as_view(), name="suggestion_all"),
    path("suggestions/<uuid:pk>/", suggestions.SuggestionAnswer.as_view(), name="suggestion"),
]
