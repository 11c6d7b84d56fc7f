"""What writer and mentor say of how an objective is going. Only ever added."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from accounts.services.working_copies import UnseenCopy
from accounts.views.base import GuardedForm, new_id
from accounts.views.keeps_draft import KeepsDraft
from portfolio.drafts.plan import REVIEW
from portfolio.forms.plan import ReviewForm
from portfolio.models import Objective
from portfolio.queries import plan as read
from portfolio.services.evidence import NotYours
from portfolio.services.plan import review_objective
from portfolio.services.sharing import NotReady
from portfolio.views.objective import OfKept, view_of


class ReviewPage(KeepsDraft, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    """What somebody says of an objective. Only ever added."""

    draft_form = REVIEW
    template_name = "portfolio/objective_review.html"
    form_class = ReviewForm
    objective: Objective

    @property
    @abstractmethod
    def page_url(self) -> str:
        """Where the objective is read by this person."""

    @abstractmethod
    def shown(self) -> read.ObjectiveView:
        """The objective as this person has it."""

    def get_initial(self) -> dict[str, Any]:
        return {"id": uuid.uuid4()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cancel_url": self.page_url}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"one": self.shown(), "page_url": self.page_url, **kwargs})

    def form_valid(self, form: ReviewForm) -> HttpResponse:
        try:
            review_objective(
                pk=new_id(str(form.cleaned_data["id"] or "")),
                objective=self.objective,
                text=form.cleaned_data["text"],
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except (NotReady, NotYours):
            raise Http404 from None
        messages.success(self.request, "Added.")
        return redirect(self.page_url)


class ObjectiveReviewed(OfKept, ReviewPage):  # type: ignore[misc]  # the same
    """The writer's own."""

    @property
    def objective(self) -> Objective:  # type: ignore[override]  # the row of the address
        found: Objective = self.target
        return found

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    @property
    def page_url(self) -> str:
        return str(self.target.get_absolute_url())

    def shown(self) -> read.ObjectiveView:
        return view_of(self.target, self)
