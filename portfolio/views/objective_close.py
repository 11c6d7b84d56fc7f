"""Closing an objective of one's own plan: met or dropped, with the pieces that show it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.drafts import words_of
from accounts.services.working_copies import UnseenCopy
from accounts.transitions import GuardRefused
from accounts.views.base import GuardedForm
from accounts.views.keeps_draft import KeepsDraft
from accounts.views.saved_meanwhile import saved_meanwhile
from portfolio.drafts.plan import CLOSED_WITH, CLOSING
from portfolio.forms.choosing import FIND
from portfolio.forms.plan import CloseForm
from portfolio.models import Objective
from portfolio.queries.choosing import own_pieces, own_pieces_with
from portfolio.services.opening import StaleText
from portfolio.services.plan import close_objective
from portfolio.services.sharing import NotReady
from portfolio.views.objective import OfKept, view_of


class ObjectiveClose(OfKept, KeepsDraft, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    """Met or dropped."""

    draft_form = CLOSING
    template_name = "portfolio/objective_close.html"
    form_class = CloseForm

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().get(request, *args, **kwargs) if self.target.is_open else redirect(self.target)

    def get_initial(self) -> dict[str, Any]:
        row = self.target
        pieces = [str(piece.pk) for piece in row.evidence.all()]
        return {"revision": row.revision, "how_it_went": row.how_it_went, "evidence": pieces}

    def get_form_kwargs(self) -> dict[str, Any]:
        own = own_pieces(self.request.user, self.enrolment, self.target.areas.all())
        return super().get_form_kwargs() | {"own": own, "cancel_url": self.target.get_absolute_url()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if FIND in request.POST:
            form = self.get_form()
            form.find(lambda words: own_pieces_with(self.request.user, self.enrolment, words))
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"objective": self.target, **kwargs})

    def form_valid(self, form: CloseForm) -> HttpResponse:
        try:
            row = close_objective(objective=self.target, by=self.request.user, typed=self.typed, **form.chosen)
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleText as stale:
            return self.saved_meanwhile(stale.current)
        except (NotReady, GuardRefused) as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        messages.success(self.request, "Met." if row.status == Objective.Status.MET else "Dropped.")
        return redirect(row)

    def saved_meanwhile(self, now: Objective) -> HttpResponse:
        """What the objective says now, over the words on how it went."""
        return saved_meanwhile(
            self.request,
            saved={"how_it_went": now.how_it_went},
            read=words_of(CLOSED_WITH),
            beside=view_of(now, self).texts(),
            revision=now.revision,
        )
