"""Who runs a delivery, chosen by L&D."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.views.base import Guarded, GuardedForm, MakesOne, new_id
from sessions_catalogue.forms.facilitation import FacilitatorForm, GuestForm
from sessions_catalogue.models import Facilitation, ScheduledSession
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services import facilitation
from sessions_catalogue.services.facilitation import GuestLink


class OfFacilitators(GuardedForm):
    permission_required = Perm.CHOOSE_FACILITATORS

    def load(self) -> ScheduledSession:
        rows = ScheduledSession.objects.select_related("session", "cohort", "organisation")
        found: ScheduledSession = self.visible(rows)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(scheduled=self.target, session=self.target.session, **kwargs)

    def list_url(self) -> str:
        return reverse("sessions_catalogue:facilitators", args=[self.target.pk])


class Facilitators(OfFacilitators):
    template_name = "sessions_catalogue/facilitators.html"
    form_class = FacilitatorForm

    def rows(self) -> QuerySet[Facilitation]:
        found = Facilitation.objects.visible_to(self.request.user).filter(scheduled=self.target)
        rows: QuerySet[Facilitation] = found.select_related("member").order_by("member__name", "guest_name")
        return rows

    def members(self) -> QuerySet[User]:
        today = timezone.localdate()
        visible = User.objects.visible_to(self.request.user)
        people = visible.members_of(self.target.organisation_id, on=today)
        running = self.rows().filter(ends_on=None, member__isnull=False)
        found: QuerySet[User] = people.exclude(pk__in=running.values("member")).order_by("name", "email")
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": self.members()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rows = list(self.rows())
        ended = [row for row in rows if row.ends_on is not None and row.ends_on <= today]
        return super().get_context_data(
            current=[row for row in rows if row not in ended],
            # A member who was taken off is added again by name; a guest by a new link.
            ended=[row for row in ended if row.member_id is None],
            **kwargs,
        )

    def form_valid(self, form: FacilitatorForm) -> HttpResponse:
        row = facilitation.add_member(
            scheduled=self.target, member=form.cleaned_data["member"], today=timezone.localdate(), by=self.request.user
        )
        messages.success(self.request, f"{form.cleaned_data['member'].name} runs this session")
        return redirect("sessions_catalogue:facilitators", pk=row.scheduled_id)


def show_link(request: HttpRequest, link: GuestLink) -> HttpResponse:
    """The one page that ever shows the address; it is in no message and no log."""
    row = link.facilitation
    context = {"guest": row, "address": link.address, "scheduled": row.scheduled, "session": row.scheduled.session}
    return render(request, "sessions_catalogue/guest_link.html", context)


class GuestNew(MakesOne, OfFacilitators):
    makes = Facilitation
    made_already = "You made this link already. If you do not have it any more, make a new one"
    template_name = "sessions_catalogue/guest_new.html"
    form_class = GuestForm

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": self.list_url()}

    def made_url(self, made: Facilitation) -> str:
        return reverse("sessions_catalogue:facilitators", args=[made.scheduled_id])

    def form_valid(self, form: GuestForm) -> HttpResponse:
        link = facilitation.add_guest(
            pk=new_id(self.request.POST.get("id")),
            scheduled=self.target,
            name=form.cleaned_data["name"],
            today=timezone.localdate(),
            by=self.request.user,
        )
        return show_link(self.request, link)


class OfOneFacilitation(Guarded):
    permission_required = Perm.CHOOSE_FACILITATORS
    http_method_names = ["post"]

    def load(self) -> Facilitation:
        rows = Facilitation.objects.select_related("scheduled__session", "scheduled__cohort", "member")
        found: Facilitation = self.visible(rows)
        return found


class FacilitationEnd(OfOneFacilitation):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row: Facilitation = self.target
        facilitation.end_facilitation(facilitation=row, today=timezone.localdate(), by=self.request.user)
        name = row.member.name if row.member else row.guest_name
        messages.success(request, f"{name} no longer sees this session")
        return redirect("sessions_catalogue:facilitators", pk=row.scheduled_id)


class GuestLinkRenew(OfOneFacilitation):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row: Facilitation = self.target
        if row.member_id is not None:
            return redirect("sessions_catalogue:facilitators", pk=row.scheduled_id)
        return show_link(
            request, facilitation.renew_link(facilitation=row, today=timezone.localdate(), by=self.request.user)
        )
