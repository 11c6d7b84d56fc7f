"""Addresses of records for a regulator."""

from django.urls import path

from portfolio.views import cpd, peers

RECORD = "portfolio/cpd/<uuid:pk>/"
INVITATION = "portfolio/cpd/invitations/<uuid:pk>/"

urlpatterns = [
    path("portfolio/cpd/", cpd.CpdList.as_view(), name="cpd_list"),
    path("portfolio/cpd/new/", cpd.CpdNew.as_view(), name="cpd_new"),
    path(RECORD, cpd.CpdPage.as_view(), name="cpd_record"),
    path(f"{RECORD}edit/", cpd.CpdEdit.as_view(), name="cpd_edit"),
    path(f"{RECORD}file/", cpd.CpdFile.as_view(), name="cpd_file"),
    path(f"{RECORD}submitted/", cpd.CpdSubmitted.as_view(), name="cpd_submitted"),
    path(f"{RECORD}put-away/", cpd.CpdPutAway.as_view(), name="cpd_put_away"),
    path(f"{RECORD}bring-back/", cpd.CpdBringBack.as_view(), name="cpd_bring_back"),
    path(f"{RECORD}peer/", peers.PeerInvite.as_view(), name="peer_invite"),
    path(INVITATION, peers.PeerAnswer.as_view(), name="peer_invitation"),
    path(f"{INVITATION}withdraw/", peers.PeerWithdraw.as_view(), name="peer_withdraw"),
]
