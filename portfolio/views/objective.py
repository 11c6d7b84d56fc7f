"""One objective of one's own plan: reading it and writing it."""

from __future__ import annotations

import uuid
from abc import abstractmethod
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.services.working_copies import UnseenCopy
from accounts.views.base import Guarded, GuardedForm, GuardedPage, MakesOne, new_id
from accounts.views.keeps_draft import KeepsDraft
from accounts.views.saved_meanwhile import saved_meanwhile
from pathway.models import Enrolment
from portfolio import queries
from portfolio.drafts.plan import OBJECTIVE, read_objective, unsaved_in_objectives
from portfolio.forms.plan import ObjectiveForm
from portfolio.models import Objective, Period, Plan, PlanVersion
from portfolio.permissions import Perm
from portfolio.queries import plan as read
from portfolio.queries.plan_sources import Start, begin_with, place_of
from portfolio.services.evidence import NotYours
from portfolio.services.opening import StaleText
from portfolio.services.plan import make_objective, save_objective
from portfolio.services.sharing import NotReady
from portfolio.views.whose_year import own_year
from pqs_portal.lib.text import as_uuid

PLAN = "portfolio:plan"
MOST_OF_A_HEADING = 14  # words
WRITTEN = ("need", "areas", "why", "activity", "support", "success", "period")


class OfObjective(Guarded):
    """One of one's own, put away or not."""

    permission_required = Perm.WRITE_EVIDENCE
    target: Any

    def load(self) -> Objective:
        rows = Objective.objects.select_related("plan__enrolment__cohort__programme", "plan__enrolment__supervisor")
        found: Objective = self.visible(rows)
        return found

    @property
    def enrolment(self) -> Enrolment:
        found: Enrolment = self.target.plan.enrolment
        return found


class OfKept(OfObjective):
    """One that is in the plan."""

    def load(self) -> Objective:
        found = super().load()
        if found.discarded_at:
            raise Http404
        return found


def view_of(objective: Objective, view: Guarded) -> read.ObjectiveView:
    """The objective as it is now, with all that was said about it."""
    user = view.request.user
    rows = read.contents_of(objective.plan, only=objective.pk)
    return read.with_all_reviews(read.views_of(rows, user), user)[0]


class ObjectivePage(OfObjective, GuardedPage):  # type: ignore[misc]  # the middleware adds to the request
    template_name = "portfolio/objective.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, one = self.target, view_of(self.target, self)
        later = Objective.objects.visible_to(self.request.user).kept().filter(carried_from=row).first()
        is_written = row.is_open and not row.discarded_at
        return super().get_context_data(
            **kwargs,
            row=row,
            one=one,
            headed=len(one.need.split()) <= MOST_OF_A_HEADING,
            source_url=place_of(self.request.user, row),
            can_carry=row.is_open and row.period != Period.AFTER,
            carried_to=later,
            today=timezone.localdate(),
            unsaved=unsaved_in_objectives(self.request.user, {row.pk: ""} if is_written else {}),
        )


class WriteObjective(KeepsDraft, GuardedForm):  # type: ignore[misc]  # as in GuardedForm
    """What the form for a new one and the one for a change have in common."""

    draft_form = OBJECTIVE
    permission_required = Perm.WRITE_EVIDENCE
    template_name = "portfolio/objective_form.html"
    form_class = ObjectiveForm

    @property
    @abstractmethod
    def enrolment(self) -> Enrolment:
        """Whose it is."""

    @property
    @abstractmethod
    def start(self) -> Start | None:
        """What it came from."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "areas": queries.areas_of(self.enrolment),
            "start": self.start,
            "cancel_url": self.cancel_url(),
        }

    def cancel_url(self) -> str:
        return reverse(PLAN)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        start = self.start
        words = read.source_words(start.source) if start else ""
        context: dict[str, Any] = super().get_context_data(**{"source_words": words, **kwargs})
        return context


class ObjectiveNew(MakesOne, WriteObjective):
    """A new one; ``?area=``, ``?period=`` and ``?from=<kind>:<id>`` say what it begins with."""

    makes = Objective
    target: Enrolment

    def load(self) -> Enrolment:
        enrolment, named = own_year(self), self.request.GET.get("from", "")
        self.begun_with = begin_with(self.request.user, enrolment, named, self.area)
        # What was typed is saved even if the text that it began from was thrown away meanwhile.
        if named and self.begun_with is None and self.request.method != "POST":
            raise Http404
        return enrolment

    @property
    def enrolment(self) -> Enrolment:
        return self.target

    @property
    def area(self) -> uuid.UUID | None:
        return as_uuid(self.request.GET.get("area", ""))

    @cached_property
    def draft_target(self) -> uuid.UUID:
        return new_id(self.request.POST.get("id")) if self.request.method == "POST" else self.future_id

    @property
    def start(self) -> Start | None:
        return self.begun_with

    def get_initial(self) -> dict[str, Any]:
        start, area = self.start or Start(Objective.Source.OTHER), self.area
        period = self.request.GET.get("period", "")
        return {
            "id": self.future_id,
            "need": start.need,
            "source": start.source,
            "why": start.why,
            "activity": start.activity,
            "target_on": start.target_on,
            "areas": [str(pk) for pk in start.areas or ([area] if area else [])],
            "period": period if period in Period.values else read.period_of(self.target, timezone.localdate()),
        }

    def form_valid(self, form: ObjectiveForm) -> HttpResponse:
        try:
            objective = make_objective(
                pk=self.draft_target,
                enrolment=self.target,
                wanted=form.wanted,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleText as stale:
            url = reverse("portfolio:objective_edit", args=[stale.current.pk])
            return objective_saved_meanwhile(self, stale.current, action=url)
        except NotYours:
            raise Http404 from None
        plan: Plan = objective.plan
        again = " again" if plan.is_shared or plan.portfolio_version_id else ""
        messages.success(self.request, f"Saved. Only you can read it until you share your plan{again}.")
        return redirect(objective)


class ObjectiveEdit(OfKept, WriteObjective):  # type: ignore[misc]  # the same
    """``?version=3`` begins from the words of an earlier version."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.target.is_open:
            messages.info(request, "It is closed. Open it again first, then change it.")
            return redirect(self.target)
        return super().get(request, *args, **kwargs)

    @property
    def draft_target(self) -> uuid.UUID:
        found: uuid.UUID = self.target.pk
        return found

    @property
    def start(self) -> Start | None:
        row = self.target
        return Start(row.source, row.source_id) if row.source_id else None

    def cancel_url(self) -> str:
        return str(self.target.get_absolute_url())

    @cached_property
    def now(self) -> dict[str, Any]:
        return read.contents_of(self.target.plan, only=self.target.pk)[0]

    def earlier(self) -> dict[str, Any]:
        number = self.request.GET.get("version", "")
        if not number.isdecimal() or len(number) > 6:
            return self.now
        version: PlanVersion = self.visible(PlanVersion.objects, plan=self.target.plan_id, number=int(number))
        return next((row for row in version.objectives if row["id"] == str(self.target.pk)), self.now)

    def get_initial(self) -> dict[str, Any]:
        said = self.earlier()
        return {
            **{name: said[name] for name in WRITTEN},
            "revision": self.target.revision,
            "source": self.target.source,
            "target_on": read.day_of(said["target_on"]),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"objective": self.target, **kwargs})

    def form_valid(self, form: ObjectiveForm) -> HttpResponse:
        try:
            objective = save_objective(
                objective=self.target,
                revision=form.cleaned_data["revision"] or 0,
                wanted=form.wanted,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleText as stale:
            return objective_saved_meanwhile(self, stale.current)
        except NotReady as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        messages.success(self.request, "Saved. What others can read has not changed.")
        return redirect(objective)


def objective_saved_meanwhile(view: Guarded, now: Objective, *, action: str = "") -> HttpResponse:
    """Both texts."""
    said = read.contents_of(now.plan, only=now.pk)[0]
    saved = {**{name: said[name] for name in WRITTEN}, "target_on": read.day_of(said["target_on"])}
    return saved_meanwhile(view.request, saved=saved, read=read_objective, revision=now.revision, action=action)
