"""Nominating somebody, asking to join, a line manager's yes, and the people who wait, for L&D."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation
from accounts.transitions import InvalidTransition
from accounts.views.base import GuardedForm, GuardedPage, MakesOne, new_id
from pathway.forms.nomination import AnswerForm, AskForm, NominateForm, NominationFilter, PlaceForm, TimeForm
from pathway.models import Cohort, Nomination
from pathway.nomination_news import asked_row
from pathway.permissions import Perm
from pathway.services import nominations
from pathway.services.rows import Refused

ON_A_PAGE = 50
MOST_OF_MINE = 20
Status = Nomination.Status
MOVED_ON = "Somebody was quicker: this was answered already"


def status_of(nomination: Nomination) -> tuple[str, str]:
    """(word, kind of the status component), for the person and whoever nominated them: who named an address is not
    told whether it belongs to a member, so an invited person and a new member are both somebody with a place."""
    return {
        Status.ASKED: ("Waiting for the line manager", "to_come"),
        Status.WAITING: ("Waiting for a place", "to_come"),
        Status.PLACED: ("Has a place", "done"),
        Status.JOINED: ("Has a place", "done"),
        Status.DECLINED: ("Not this time", "info"),
        Status.WITHDRAWN: ("Withdrawn", "draft"),
    }[Status(nomination.status)]


class NominationMine(GuardedPage):
    """What I wait for, whom I nominated, and who waits for my yes."""

    permission_required = Perm.NOMINATE
    template_name = "pathway/nomination_mine.html"
    target: Organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        visible = Nomination.objects.visible_to(user).filter(organisation=self.target).with_facts()
        newest = visible.order_by("-created_at")
        own = [(row, status_of(row)) for row in newest.of_person(user)[:MOST_OF_MINE]]
        made = newest.filter(made_by=user, source=Nomination.Source.LINE_MANAGER)[:MOST_OF_MINE]
        asked = visible.filter(line_manager=user, status=Status.ASKED).order_by("created_at")
        return super().get_context_data(
            own=own,
            made=[(row, status_of(row)) for row in made],
            asked=[asked_row(row) for row in asked],
            waits=any(row.is_open for row, _ in own),
            **kwargs,
        )


class NominationFormPage(MakesOne, GuardedForm):
    makes = Nomination
    made_already = "You sent this already"
    permission_required = Perm.NOMINATE
    target: Organisation

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": reverse("pathway:nomination_mine")}

    def made_url(self, made: Nomination) -> str:
        return reverse("pathway:nomination_mine")

    @abstractmethod
    def save(self, form: Any) -> str:
        """Carry it out; returns what to say. Raises Refused."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            said = self.save(form)
        except Refused as refused:
            form.add_error("email", str(refused))
            return self.form_invalid(form)
        messages.success(self.request, said)
        return redirect("pathway:nomination_mine")


class NominationNew(NominationFormPage):
    form_class = NominateForm
    template_name = "pathway/nomination_new.html"

    def save(self, form: NominateForm) -> str:
        name, email = form.cleaned_data["name"], form.cleaned_data["email"]
        pk = new_id(self.request.POST.get("id"))
        nominations.nominate(pk=pk, organisation=self.target, name=name, email=email, by=self.request.user)
        return f"{name} is nominated. L&D have been told and answer you both"


class NominationAsk(NominationFormPage):
    form_class = AskForm
    template_name = "pathway/nomination_ask.html"

    def save(self, form: AskForm) -> str:
        email, pk = form.cleaned_data["email"], new_id(self.request.POST.get("id"))
        nominations.ask(pk=pk, organisation=self.target, line_manager_email=email, by=self.request.user)
        return "You have asked to join. Your line manager answers first"


class NominationStep(GuardedForm):
    """One answer to one nomination; where somebody was quicker, that is said."""

    target: Nomination
    done_url = "pathway:nomination_mine"
    open_in: tuple[str, ...] = ()

    def load(self) -> Nomination:
        found: Nomination = self.visible(Nomination.objects.with_facts())
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.target.status not in self.open_in:
            messages.info(request, MOVED_ON)
            return redirect(self.done_url)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": reverse(self.done_url)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(nomination=self.target, done_url=reverse(self.done_url), **kwargs)

    @abstractmethod
    def save(self, form: Any) -> str:
        """Carry it out; returns what to say. Raises Refused or InvalidTransition."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            messages.success(self.request, self.save(form))
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        except InvalidTransition:
            messages.info(self.request, MOVED_ON)
        return redirect(self.done_url)


class NominationTime(NominationStep):
    """A line manager's yes to the time it takes, or no."""

    permission_required = Perm.AGREE_TIME
    template_name = "pathway/nomination_time.html"
    form_class = TimeForm
    open_in = (Status.ASKED,)

    def save(self, form: TimeForm) -> str:
        name, user = self.target.person_name, self.request.user
        if form.cleaned_data["agrees"] == "yes":
            nominations.agree_time(nomination=self.target, by=user)
            return f"You said yes. {name} waits for a place now"
        nominations.refuse_time(nomination=self.target, why=form.cleaned_data["why"], by=user)
        return f"You said no. {name} is told"


class NominationWithdraw(GuardedPage):
    """By the person themselves, or by whoever nominated them."""

    permission_required = Perm.WITHDRAW_NOMINATION
    template_name = "pathway/nomination_withdraw.html"
    target: Nomination

    def load(self) -> Nomination:
        found: Nomination = self.visible(Nomination.objects.with_facts())
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        membership = self.target.membership
        own = membership is not None and membership.user_id == self.request.user.pk
        return super().get_context_data(
            nomination=self.target,
            heading="Withdraw?" if own else f"Withdraw the nomination of {self.target.typed_name}?",
            button="Withdraw",
            cancel_url=reverse("pathway:nomination_mine"),
            is_own=own,
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            nominations.withdraw(nomination=self.target, by=request.user)
            messages.success(request, "Withdrawn")
        except InvalidTransition:
            messages.info(request, MOVED_ON)
        return redirect("pathway:nomination_mine")


# --- L&D -------------------------------------------------------------------------------------------------------
class NominationList(GuardedPage):
    """Who waits: since when, how they came, who their line manager is."""

    permission_required = Perm.MANAGE_NOMINATIONS
    template_name = "pathway/nomination_list.html"
    target: Organisation

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked_for = NominationFilter(self.request.GET)
        shown = (asked_for.cleaned_data["show"] if asked_for.is_valid() else "") or Status.WAITING
        here = Nomination.objects.visible_to(self.request.user).filter(organisation=self.target)
        found = here.open().order_by().values("status").annotate(number=Count("pk"))
        numbers = {row["status"]: row["number"] for row in found}
        rows = here.filter(status=shown).with_facts().order_by("created_at")
        return super().get_context_data(
            tabs=[(value, label, numbers.get(value, 0)) for value, label in NominationFilter.SHOWN],
            shown=shown,
            page=Paginator(rows, ON_A_PAGE).get_page(self.request.GET.get("page")),
            **kwargs,
        )


class NominationPlace(NominationStep):
    permission_required = Perm.MANAGE_NOMINATIONS
    template_name = "pathway/nomination_place.html"
    form_class = PlaceForm
    done_url = "pathway:nomination_list"
    open_in = (Status.WAITING, Status.PLACED)

    def cohorts(self) -> Any:
        visible = Cohort.objects.visible_to(self.request.user).filter(organisation=self.target.organisation_id)
        return visible.exclude(status=Cohort.Status.CLOSED).with_room().order_by("-starts_on", "name")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cohorts": self.cohorts()}

    def get_initial(self) -> dict[str, Any]:
        target = self.target
        return {"cohort": target.cohort, "taking_part_as": target.taking_part_as, "starts_on": target.starts_on}

    def save(self, form: PlaceForm) -> str:
        cohort = form.cleaned_data["cohort"]
        placed = nominations.place(
            nomination=self.target,
            cohort=cohort,
            taking_part_as=form.cleaned_data["taking_part_as"],
            starts_on=form.cleaned_data["starts_on"],
            on=timezone.localdate(),
            by=self.request.user,
        )
        self.warn_if_full(cohort)
        if placed.status == Status.JOINED:
            return f"{placed.person_name} is in {cohort.name}"
        return f"{placed.person_name} has a place in {cohort.name} and joins on accepting the invitation"

    def warn_if_full(self, cohort: Cohort) -> None:
        now = self.cohorts().get(pk=cohort.pk)
        if now.places is not None and now.taken > now.places:
            places = "1 place" if now.places == 1 else f"{now.places} places"
            messages.warning(self.request, f"{now.name} has {places} and {now.taken} people now")


class NominationAnswer(NominationStep):
    """Why somebody goes on waiting, or why not this time."""

    permission_required = Perm.MANAGE_NOMINATIONS
    template_name = "pathway/nomination_answer.html"
    form_class = AnswerForm
    done_url = "pathway:nomination_list"
    open_in = (Status.ASKED, Status.WAITING, Status.PLACED)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"may_wait": self.target.status == Status.WAITING}

    def save(self, form: AnswerForm) -> str:
        text, user, name = form.cleaned_data["text"], self.request.user, self.target.person_name
        if form.cleaned_data.get("outcome") == "waiting":
            nominations.answer(nomination=self.target, text=text, by=user)
            return f"{name} goes on waiting and is told why"
        nominations.decline(nomination=self.target, text=text, by=user)
        return f"{name} no longer waits and is told why"
