from django.urls import path

from sessions_catalogue.views import attendance, delivery, facilitation, register, run_sheet

urlpatterns = [
    path("deliveries/", delivery.DeliveryList.as_view(), name="delivery_list"),
    path("deliveries/<uuid:pk>/", delivery.Delivery.as_view(), name="delivery"),
    path("deliveries/<uuid:pk>/register/", register.Register.as_view(), name="register"),
    path("deliveries/<uuid:pk>/run-sheet/", run_sheet.RunSheet.as_view(), name="run_sheet"),
    path("deliveries/<uuid:pk>/places/", register.Places.as_view(), name="places"),
    path("deliveries/<uuid:pk>/facilitators/", facilitation.Facilitators.as_view(), name="facilitators"),
    path("deliveries/<uuid:pk>/facilitators/guest/", facilitation.GuestNew.as_view(), name="guest_new"),
    path("facilitators/<uuid:pk>/end/", facilitation.FacilitationEnd.as_view(), name="facilitation_end"),
    path("facilitators/<uuid:pk>/link/", facilitation.GuestLinkRenew.as_view(), name="guest_link_renew"),
    path("deliveries/guest/<str:token>/", delivery.GuestDelivery.as_view(), name="guest_delivery"),
    path("deliveries/guest/<str:token>/register/", register.GuestRegister.as_view(), name="guest_register"),
    path("deliveries/guest/<str:token>/run-sheet/", run_sheet.GuestRunSheet.as_view(), name="guest_run_sheet"),
    path("places/<uuid:pk>/give-up/", register.PlaceGiveUp.as_view(), name="place_give_up"),
    path("people/<uuid:pk>/catch-up/", attendance.CatchUp.as_view(), name="catch_up"),
    path("people/<uuid:pk>/catch-up/<int:number>/", attendance.CatchUpSession.as_view(), name="catch_up_session"),
    path("people/<uuid:pk>/catch-up/<int:number>/place/", attendance.PlaceTake.as_view(), name="place_take"),
    path("people/<uuid:pk>/certificate/", attendance.Certificate.as_view(), name="certificate"),
]
