"""One objective of one's own plan, moved on by one press: begun, opened again, carried forward, put in its place."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.transitions import GuardRefused, InvalidTransition
from portfolio.services.plan import (
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


class ObjectiveCarry(Pressed):
    done = "Carried forward. Choose its new day when you are ready."

    def act(self) -> Any:
        return carry_objective(objective=self.target, by=self.request.user)


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
