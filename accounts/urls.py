from django.urls import path

from accounts.views import account, comfort, drafts, invitation, organisation, people, roles

app_name = "accounts"

PERSON = "organisation/people/<uuid:pk>/"

urlpatterns = [
    path("account/", account.Account.as_view(), name="account"),
    path("account/reading/", comfort.Comfort.as_view(), name="comfort"),
    path("drafts/token/", drafts.DraftToken.as_view(), name="draft_token"),
    path("drafts/<slug:form_name>/<uuid:target_id>/", drafts.DraftSave.as_view(), name="draft"),
    path("drafts/<slug:form_name>/<uuid:target_id>/discard/", drafts.DraftDiscard.as_view(), name="draft_discard"),
    path("invitation/<str:token>/", invitation.Invitation.as_view(), name="invitation"),
    path("organisation/", organisation.OrganisationPage.as_view(), name="organisation"),
    path("organisation/switch/", organisation.OrganisationSwitch.as_view(), name="organisation_switch"),
    path("organisation/records/", organisation.RecordList.as_view(), name="record_list"),
    path("organisation/people/", people.PersonList.as_view(), name="person_list"),
    path("organisation/people/invite/", people.PersonInvite.as_view(), name="person_invite"),
    path(PERSON, people.Person.as_view(), name="person"),
    path(f"{PERSON}role/", roles.RoleGive.as_view(), name="role_give"),
    path(f"{PERSON}role/<int:grant>/end/", roles.RoleEnd.as_view(), name="role_end"),
    path(f"{PERSON}end/", roles.MembershipEnd.as_view(), name="membership_end"),
    path(f"{PERSON}invitation/", roles.InvitationResend.as_view(), name="invitation_resend"),
    path(f"{PERSON}second-step/", roles.SecondFactorReset.as_view(), name="second_factor_reset"),
]
