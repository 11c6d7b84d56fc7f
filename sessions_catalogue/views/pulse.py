"""Three questions without a name: answering them, and what L&D see of the answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.views.base import GuardedForm, GuardedPage
from pathway.models import Cohort, Enrolment
from sessions_catalogue.forms.pulse import PulseForm
from sessions_catalogue.models import Moment, PulseTally
from sessions_catalogue.permissions import Perm
from sessions_catalogue.pulse import Asking, askings, result
from sessions_catalogue.services import pulse


class Pulse(GuardedForm):
    """For whoever is asked today; to the others with a year it says that nothing is open."""

    permission_required = Perm.ANSWER_PULSE
    template_name = "sessions_catalogue/pulse.html"
    form_class = PulseForm

    def load(self) -> Enrolment:
        own = Enrolment.objects.visible_to(self.request.user).filter(supervisor=self.request.user)
        found: Enrolment | None = own.select_related("cohort").order_by("-starts_on").first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def open_now(self) -> list[Asking]:
        found = askings(Enrolment.objects.of_supervisor(self.request.user), timezone.localdate())
        return [asking for asking in found if not asking.is_settled]

    @cached_property
    def asking(self) -> Asking | None:
        """The one that was answered, or else the next to answer."""
        about = self.request.POST.get("about")
        return next((asking for asking in self.open_now if about in (None, asking.key)), None)

    def get_initial(self) -> dict[str, Any]:
        return {"about": self.asking.key if self.asking else ""}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asking=self.asking, step=pulse.STEP, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asking = self.asking
        if asking is None:
            messages.info(request, "Nothing is asked of you here now: you answered, or its time is over")
        elif "no_thanks" in request.POST:
            pulse.say_nothing(enrolment=asking.enrolment, moment=asking.moment)
            messages.success(request, "That is fine. You are not asked again this time")
        else:
            return super().post(request, *args, **kwargs)
        return redirect("sessions_catalogue:pulse")

    def form_valid(self, form: PulseForm) -> HttpResponse:
        asking = self.asking
        if asking:
            pulse.count_in(enrolment=asking.enrolment, moment=asking.moment, answers=form.answers())
            messages.success(self.request, "Thank you. Your answers are counted in")
        return redirect("sessions_catalogue:pulse")


class PulseResults(GuardedPage):
    """Both moments of a cohort, from five replies on."""

    permission_required = Perm.SEE_PULSE
    template_name = "sessions_catalogue/pulse_results.html"
    target: Cohort

    def load(self) -> Cohort:
        found: Cohort = self.visible(Cohort.objects.select_related("programme"))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        rows = PulseTally.objects.visible_to(self.request.user).filter(cohort=self.target)
        tallies = {row.moment: row for row in rows}
        results = [result(self.target, moment, tallies.get(moment.value), today) for moment in Moment]
        return super().get_context_data(cohort=self.target, results=results, today=today, step=pulse.STEP, **kwargs)
