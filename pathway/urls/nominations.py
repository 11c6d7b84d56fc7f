from django.urls import path

from pathway.views import nominations

urlpatterns = [
    path("nominations/", nominations.NominationList.as_view(), name="nomination_list"),
    path("nominations/mine/", nominations.NominationMine.as_view(), name="nomination_mine"),
    path("nominations/new/", nominations.NominationNew.as_view(), name="nomination_new"),
    path("nominations/ask/", nominations.NominationAsk.as_view(), name="nomination_ask"),
    path("nominations/<uuid:pk>/time/", nominations.NominationTime.as_view(), name="nomination_time"),
    path("nominations/<uuid:pk>/place/", nominations.NominationPlace.as_view(), name="nomination_place"),
    path("nominations/<uuid:pk>/answer/", nominations.NominationAnswer.as_view(), name="nomination_answer"),
    path("nominations/<uuid:pk>/withdraw/", nominations.NominationWithdraw.as_view(), name="nomination_withdraw"),
]
