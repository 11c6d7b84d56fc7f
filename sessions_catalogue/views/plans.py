"""The programme builder: a cohort's choice of sessions, and the templates made from it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.views.base import Guarded, GuardedForm, GuardedPage, MakesOne, new_id
from pathway.models import Cohort
from pqs_portal.lib.posted import posted_fields
from pqs_portal.templatetags.portal import plural
from sessions_catalogue import queries_schedule as queries
from sessions_catalogue.chosen import Ticked, consequences, in_hours, in_order
from sessions_catalogue.forms.plan import PlanForm, TemplateNameForm
from sessions_catalogue.models import ProgrammeSession, SessionPlan
from sessions_catalogue.permissions import Perm
from sessions_catalogue.services import plans
from sessions_catalogue.services.schedule import AlreadyHeld, CohortClosed
from sessions_catalogue.views.schedule import CLOSED


class ChooseSessions(GuardedForm):
    """Everything works by POST: "Add up again" and "Take the whole programme" save nothing."""

    permission_required = Perm.SET_DATES
    template_name = "sessions_catalogue/choose.html"
    form_class = PlanForm
    offered: list[ProgrammeSession]

    def load(self) -> Cohort:
        found: Cohort = self.visible(Cohort.objects)
        return found

    def get_form(self, form_class: Any = None) -> PlanForm:
        self.offered = queries.offered_for(self.request.user, self.target)
        if self.request.method == "POST":
            return PlanForm(self.request.POST, offered=self.offered)
        template = self.template_asked_for(self.request.GET.get("template"))
        chosen = queries.sessions_of(template or queries.plan_of(self.target))
        return PlanForm.of(self.offered, self.on_offer(chosen), template.pk if template else None)

    def on_offer(self, sessions: list[ProgrammeSession]) -> list[ProgrammeSession]:
        """In the version that is offered now; what is no longer offered falls out."""
        by_identity = {queries.identity(session): session for session in self.offered}
        return [by_identity[key] for key in map(queries.identity, sessions) if key in by_identity]

    def template_asked_for(self, pk: str | uuid.UUID | None) -> SessionPlan | None:
        templates = queries.templates_of(self.request.user, self.target.organisation_id)
        return templates.filter(pk=new_id(str(pk))).first() if pk else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(cohort=self.target, **kwargs)
        lines = context["form"].lines()
        ticked = [line["session"] for line in lines if line["is_ticked"]]
        return context | {
            "lines": lines,
            "count": len(ticked),
            "together": in_hours(sum(session.length for session in ticked)),
            "follows": [(one, one.follows(ticked)) for one in consequences(self.offered)],
            "templates": queries.templates_of(self.request.user, self.target.organisation_id),
        }

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("action") != "whole":
            answer: HttpResponse = super().post(request, *args, **kwargs)
            return answer
        self.get_form()
        supplied = [Ticked(session) for session in self.offered if session.organisation_id is None]
        form = PlanForm.of(self.offered, in_order(supplied), None)
        return self.render_to_response(self.get_context_data(form=form))

    def form_valid(self, form: PlanForm) -> HttpResponse:
        template = self.template_asked_for(form.cleaned_data["template"])
        if self.request.POST.get("action") == "update":
            again = PlanForm.of(self.offered, form.chosen(), template.pk if template else None)
            return self.render_to_response(self.get_context_data(form=again))
        confirmed = {new_id(pk) for pk in self.request.POST.getlist("cancel")}
        try:
            cancelled = plans.choose_sessions(
                cohort=self.target, sessions=form.chosen(), template=template, confirmed=confirmed, by=self.request.user
            )
        except plans.WouldCancel as would:
            return self.ask(would)
        except CohortClosed:
            messages.warning(self.request, CLOSED)
        except AlreadyHeld:
            messages.warning(self.request, "A session that you left out has been held. Open the page again")
        else:
            dates = f" {plural(cancelled, 'date is,dates are')} cancelled" if cancelled else ""
            messages.success(self.request, f"{plural(len(form.chosen()), 'session is,sessions are')} chosen.{dates}")
        return redirect("sessions_catalogue:cohort_sessions", pk=self.target.pk)

    def ask(self, would: plans.WouldCancel) -> HttpResponse:
        """What is left out has a date: ask once more, with everything that was sent."""
        sent = [(name, value) for name, value in posted_fields(self.request.POST) if name != "cancel"]
        context = {
            "heading": f"Cancel {plural(len(would.deliveries), 'date,dates')}?",
            "cohort": self.target,
            "deliveries": would.deliveries,
            "button": "Save the choice and cancel",
            "warning": True,
            "hidden": sent + [("cancel", delivery.pk) for delivery in would.deliveries],
            "cancel_url": self.request.path,
        }
        return render(self.request, "sessions_catalogue/choose_confirm.html", context)


class TemplateNew(MakesOne, GuardedForm):
    """Keeps the cohort's saved choice under a name."""

    permission_required = Perm.SET_DATES
    template_name = "sessions_catalogue/template_form.html"
    form_class = TemplateNameForm
    makes = SessionPlan

    def load(self) -> Cohort:
        found: Cohort = self.visible(Cohort.objects)
        return found

    def made_url(self, made: SessionPlan) -> str:
        return reverse("sessions_catalogue:session_plan", args=[made.pk])

    def get_initial(self) -> dict[str, Any]:
        return {"id": self.future_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        cancel_url = reverse("sessions_catalogue:cohort_sessions_choose", args=[self.target.pk])
        return super().get_form_kwargs() | {"button": "Save as a template", "cancel_url": cancel_url}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sessions = queries.sessions_of(queries.plan_of(self.target))
        return super().get_context_data(
            heading="Save as a template",
            back_url=reverse("sessions_catalogue:cohort_sessions_choose", args=[self.target.pk]),
            back_label="Choose the sessions",
            sessions=sessions,
            **kwargs,
        )

    def form_valid(self, form: TemplateNameForm) -> HttpResponse:
        made = plans.save_template(
            pk=new_id(self.request.POST.get("id")),
            cohort=self.target,
            name=form.cleaned_data["name"],
            by=self.request.user,
        )
        messages.success(self.request, f"“{made.name}” is saved")
        return redirect("sessions_catalogue:session_plan_list")


class TemplateList(GuardedPage):
    permission_required = Perm.KEEP_PLANS
    template_name = "sessions_catalogue/template_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        templates = queries.templates_of(self.request.user, self.target.pk)
        return super().get_context_data(templates=queries.with_counts(templates), **kwargs)


class OneTemplate(Guarded):
    permission_required = Perm.KEEP_PLANS

    def load(self) -> SessionPlan:
        found: SessionPlan = self.visible(SessionPlan.objects.templates())
        return found


class TemplatePage(OneTemplate, GuardedForm):  # type: ignore[misc]  # the middleware adds to the request
    """What is in it; the form gives it another name."""

    template_name = "sessions_catalogue/template_form.html"
    form_class = TemplateNameForm

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.target.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading=self.target.name,
            back_url=reverse("sessions_catalogue:session_plan_list"),
            back_label="Templates",
            sessions=queries.sessions_of(self.target),
            template_saved=self.target,
            **kwargs,
        )

    def form_valid(self, form: TemplateNameForm) -> HttpResponse:
        plans.rename_template(template=self.target, name=form.cleaned_data["name"], by=self.request.user)
        messages.success(self.request, "Saved")
        return redirect("sessions_catalogue:session_plan_list")


class TemplatePutAway(OneTemplate, GuardedPage):  # type: ignore[misc]  # the same
    template_name = "layouts/confirm.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading=f"Put “{self.target.name}” away?",
            text="It is no longer offered. Cohorts that began from it keep their sessions.",
            button="Put it away",
            warning=True,
            cancel_url=reverse("sessions_catalogue:session_plan", args=[self.target.pk]),
            **kwargs,
        )

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        plans.put_away_template(template=self.target, by=request.user)
        messages.success(request, f"“{self.target.name}” is put away")
        return redirect("sessions_catalogue:session_plan_list")
