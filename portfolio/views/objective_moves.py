"""One objective of one's own plan, moved on: begun, opened again, carried forward, put in its place."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.transitions import GuardRefused, InvalidTransition
from accounts.views.base import GuardedForm
from portfolio.forms.plan import CarryForm
from portfolio.services.plan import (
    FOLLOWS,
    begin_objective,
    bring_objective_back,
    carry_objective,
    place_objective,
    put_objective_away,
    reopen_objective,
)
from portfolio.views.objective import PLAN, OfKept, OfObjective


class Pressed(OfObjective):
    """One press, and back to the objective."""

    done = ""

    @abstractmethod
    def act(self) -> Any:
        """The one service call; what it returns is shown next."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            made = self.act()
        except GuardRefused as reason:
            messages.warning(request, f"{reason}.")
            return redirect(self.target)
        except InvalidTransition:
            return redirect(self.target)  # pressed twice, or in another window
        if self.done:
            messages.success(request, self.done)
        return redirect(made or self.target)


class ObjectiveBegin(Pressed):
    done = "It is under way."

    def act(self) -> Any:
        return begin_objective(objective=self.target, by=self.request.user)


class ObjectiveReopen(Pressed):
    done = "It is under way again."

    def act(self) -> Any:
        return reopen_objective(objective=self.target, by=self.request.user)


class ObjectiveCarry(OfKept, GuardedForm):  # type: ignore[misc]  # the middleware adds to the request
    """Into the period that follows, once its new day was asked for; how far it is does not change."""

    template_name = "portfolio/objective_carry.html"
    form_class = CarryForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        can_go_on = self.target.is_open and self.target.period in FOLLOWS
        return super().get(request, *args, **kwargs) if can_go_on else redirect(self.target)

    def get_initial(self) -> dict[str, Any]:
        day = self.target.target_on
        return {"target_on": day if day and day >= timezone.localdate() else None}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": self.target.get_absolute_url()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.target
        follows = FOLLOWS.get(row.period)
        return super().get_context_data(**kwargs, objective=row, follows=follows and follows.label)

    def form_valid(self, form: CarryForm) -> HttpResponse:
        day = form.cleaned_data["target_on"]
        try:
            made = carry_objective(objective=self.target, target_on=day, by=self.request.user)
        except GuardRefused as reason:
            messages.warning(self.request, f"{reason}.")
            return redirect(self.target)
        except InvalidTransition:
            return redirect(self.target)  # pressed twice, or in another window
        messages.success(self.request, f"Carried forward to “{made.get_period_display()}”.")
        return redirect(made)


class ObjectivePlace(OfKept, Pressed):
    def act(self) -> Any:
        place_objective(objective=self.target, up=self.request.POST.get("to") == "up", by=self.request.user)
        return f"{reverse(PLAN)}#objective-{self.target.pk}"


class ObjectivePutAway(Pressed):
    done = "It is put away. You can bring it back."

    def act(self) -> Any:
        put_objective_away(objective=self.target, by=self.request.user)
        return reverse(PLAN)


class ObjectiveBringBack(Pressed):
    done = "It is back in your plan."

    def act(self) -> Any:
        bring_objective_back(objective=self.target, by=self.request.user)
