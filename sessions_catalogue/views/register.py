"""The register, on a phone in the room; and who comes from another cohort."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.views.base import Guarded, GuardedForm
from pathway.models import Enrolment
from pqs_portal.templatetags.portal import and_list
from sessions_catalogue.forms.register import PlaceForm, RegisterForm
from sessions_catalogue.models import Place, ScheduledSession
from sessions_catalogue.permissions import Perm
from sessions_catalogue.queries_attendance import RegisterCount, count_lines, expected_at, register_of
from sessions_catalogue.services import places
from sessions_catalogue.services.attendance import Overtaken, RegisterClosed, can_take_register, take_register
from sessions_catalogue.views.delivery import GuestsDelivery, MembersDelivery


class TakesRegister:
    """GET shows the names; POST saves what was changed, or (``fill``) shows everybody else as there."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(RegisterForm(lines=self.view.lines()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RegisterForm(data=request.POST, lines=self.view.lines())
        if "fill" in request.POST:
            return self.show(RegisterForm(initial=form.filled_up(), lines=form.lines), is_filled=True)
        if not form.is_valid():
            return self.show(form)
        by, guest = self.view.marked_by
        try:
            taken = take_register(
                scheduled=self.view.scheduled, marks=form.marks(), today=self.view.today, by=by, guest=guest
            )
        except RegisterClosed:
            messages.warning(request, "Nothing was saved: the register is not open")
        else:
            self.say(request, taken.overtaken)
        return redirect(self.view.links.register)

    @property
    def view(self) -> Any:
        return self

    def say(self, request: HttpRequest, overtaken: Sequence[Overtaken]) -> None:
        count = count_lines(register_of(self.view.scheduled))
        messages.success(request, f"Saved: {count_words(count)}")
        if overtaken:
            each = [f"{row.name} ({row.by or 'somebody'} had marked “{row.was}”, now “{row.now}”)" for row in overtaken]
            messages.warning(request, f"Somebody else marked at the same time. Have another look at {and_list(each)}.")

    def show(self, form: RegisterForm, **more: Any) -> HttpResponse:
        lead = self.view.guest is None and self.view.request.user.has_perm(Perm.GIVE_PLACES, self.view.scheduled)
        context = {"form": form, "count": count_lines(form.lines), "leads": lead, **self.view.about(), **more}
        return render(self.view.request, "sessions_catalogue/register.html", context)


def count_words(count: RegisterCount) -> str:
    """9 there, 2 not there, 1 not marked"""
    return f"{count.there} there, {count.not_there} not there, {count.unmarked} not marked"


class Register(TakesRegister, MembersDelivery):
    pass


class GuestRegister(TakesRegister, GuestsDelivery):
    # A form of a page with "no-referrer" is sent without saying where from, and would be refused as forged.
    referrer_policy = "strict-origin"


class Places(GuardedForm):
    """People of other cohorts, and those who take single sessions."""

    permission_required = Perm.GIVE_PLACES
    template_name = "sessions_catalogue/places.html"
    form_class = PlaceForm

    def load(self) -> ScheduledSession:
        rows = ScheduledSession.objects.select_related("session", "cohort")
        found: ScheduledSession = self.visible(rows)
        return found

    def people(self) -> QuerySet[Enrolment]:
        begun = Enrolment.objects.visible_to(self.request.user).begun().filter(organisation=self.target.organisation_id)
        others = begun.exclude(pk__in=expected_at(self.target).values("pk"))
        found: QuerySet[Enrolment] = others.select_related("supervisor", "cohort").order_by("supervisor__name", "pk")
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"people": self.people()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = Place.objects.visible_to(self.request.user).kept().filter(scheduled=self.target)
        return super().get_context_data(
            scheduled=self.target,
            session=self.target.session,
            given=kept.select_related("enrolment__supervisor", "enrolment__cohort").order_by(
                "enrolment__supervisor__name"
            ),
            **kwargs,
        )

    def form_valid(self, form: PlaceForm) -> HttpResponse:
        place = places.give_place(scheduled=self.target, enrolment=form.cleaned_data["enrolment"], by=self.request.user)
        messages.success(self.request, f"{place.enrolment.supervisor.name} is on the list")
        began = can_take_register(self.target, self.target.held_on) and "register" in self.request.GET
        return redirect(f"sessions_catalogue:{'register' if began else 'places'}", pk=self.target.pk)


class PlaceGiveUp(Guarded):
    """By the person, or by L&D for them."""

    permission_required = Perm.CATCH_UP
    http_method_names = ["post"]

    def load(self) -> Place:
        rows = Place.objects.select_related("enrolment__cohort", "enrolment__supervisor", "scheduled")
        found: Place = self.visible(rows)
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        places.give_up_place(place=self.target, by=self.request.user)
        is_own = self.target.enrolment.supervisor_id == self.request.user.pk
        name = "You have" if is_own else f"{self.target.enrolment.supervisor.name} has"
        messages.success(request, f"{name} no place there any more")
        if is_own or "catch_up" in request.POST:
            return redirect(reverse("sessions_catalogue:catch_up", args=[self.target.enrolment_id]))
        return redirect(reverse("sessions_catalogue:places", args=[self.target.scheduled_id]))
