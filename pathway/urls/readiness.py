from django.urls import path

from pathway.views import readiness

urlpatterns = [
    path("getting-ready/", readiness.Readiness.as_view(), name="readiness"),
    path("getting-ready/begin/", readiness.ReadinessBegin.as_view(), name="readiness_begin"),
    path("getting-ready/add/", readiness.ReadinessNew.as_view(), name="readiness_new"),
    path("getting-ready/<uuid:pk>/", readiness.ReadinessTick.as_view(), name="readiness_tick"),
    path("getting-ready/<uuid:pk>/change/", readiness.ReadinessEdit.as_view(), name="readiness_edit"),
    path("getting-ready/<uuid:pk>/put-away/", readiness.ReadinessPutAway.as_view(), name="readiness_put_away"),
]
