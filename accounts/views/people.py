"""The people of an organisation: the list, one person, and inviting somebody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.forms import InviteForm, PeopleFilter
from accounts.models import Membership, Organisation
from accounts.permissions import Perm
from accounts.services.people import AlreadyInvited, invite_person
from accounts.views.base import GuardedForm, GuardedPage, MakesOne

PEOPLE_ON_A_PAGE = 50


class PersonList(GuardedPage):
    permission_required = Perm.SEE_PEOPLE
    template_name = "accounts/person_list.html"
    target: Organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        search = PeopleFilter(self.request.GET)
        wanted = search.cleaned_data if search.is_valid() else {}
        people = Membership.objects.visible_to(self.request.user).filter(organisation=self.target).by_name()
        people = people.named_like(wanted.get("q", "")).select_related("user").prefetch_related("role_grants")
        chosen = {"invited": people.waiting, "ended": people.ended}.get(wanted.get("show", ""), people.not_ended)
        page = Paginator(chosen(today), PEOPLE_ON_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page,
            search=PeopleFilter(initial=wanted),
            is_search=any(wanted.values()),
            rows=[(person, person_status(person), live_roles(person)) for person in page],
            may_manage=self.request.user.has_perm(Perm.MANAGE_PEOPLE, self.target),
            **kwargs,
        )


class Person(GuardedPage):
    permission_required = Perm.SEE_PEOPLE
    template_name = "accounts/person.html"
    target: Membership

    def load(self) -> Membership:
        found: Membership = self.visible(
            Membership.objects.select_related("user", "organisation").prefetch_related("role_grants")
        )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        grants = sorted(self.target.role_grants.all(), key=lambda grant: (grant.starts_on, grant.pk), reverse=True)
        return super().get_context_data(
            person=self.target,
            status=person_status(self.target),
            grants=[(grant, grant.has_ended(today)) for grant in grants],
            may_manage=self.request.user.has_perm(Perm.MANAGE_PEOPLE, self.target),
            is_waiting=self.target.status == Membership.Status.INVITED and not self.target.has_ended(today),
            has_ended=self.target.has_ended(today),
            **kwargs,
        )


class PersonInvite(MakesOne, GuardedForm):
    makes = Membership
    made_already = "You sent this invitation already"
    permission_required = Perm.MANAGE_PEOPLE
    template_name = "accounts/person_invite.html"
    form_class = InviteForm
    target: Organisation

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "cancel_url": reverse("accounts:person_list")}

    def form_valid(self, form: InviteForm) -> HttpResponse:
        values = form.cleaned_data
        try:
            membership = invite_person(
                organisation=self.target,
                name=values["name"],
                email=values["email"],
                roles=values["roles"],
                by=self.request.user,
                pk=values["id"],
            )
        except AlreadyInvited as already:
            form.add_error("email", str(already))
            return self.form_invalid(form)
        messages.success(self.request, f"Invitation sent to {membership.invited_name}")
        return redirect(membership)


def person_status(person: Membership) -> tuple[str, str]:
    """(word, kind of the status component)."""
    if person.has_ended(timezone.localdate()):
        return ("Ended", "draft")
    if person.status == Membership.Status.INVITED:
        return ("Invited", "to_come")
    return ("Ends soon", "now") if person.ends_on else ("Member", "done")


def live_roles(person: Membership) -> list[str]:
    """Names of the roles held today, or that will be once the invitation is accepted."""
    today = timezone.localdate()
    return [grant.get_role_display() for grant in person.role_grants.all() if grant.is_live(today)]
