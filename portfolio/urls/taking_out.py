"""Addresses of taking words out for good, and sending a piece back for it."""

from django.urls import path

from portfolio.views import send_back, taking_out

urlpatterns = [
    path("portfolio/take-out/", taking_out.TakeOut.as_view(), name="take_out"),
    path("evidence/<uuid:pk>/send-back/", send_back.EvidenceSendBack.as_view(), name="evidence_send_back"),
]
