"""What somebody has missed, how they make good for it, and the paper that says what they took part in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from accounts.views.base import Guarded, GuardedForm, GuardedPage, as_id
from pathway.models import Enrolment
from sessions_catalogue.certificate import certificate_of
from sessions_catalogue.forms.facilitation import StudyForm
from sessions_catalogue.models import ScheduledSession
from sessions_catalogue.pdf import certificate_pdf
from sessions_catalogue.permissions import Perm
from sessions_catalogue.queries_attendance import attendance_of
from sessions_catalogue.queries_catch_up import Missed, coming_places, offers_for, to_catch_up
from sessions_catalogue.run_sheet import run_sheet
from sessions_catalogue.services import attendance, places


class OfPerson:
    """Stands before the page's own class."""

    permission_required: str = Perm.CATCH_UP
    request: Any
    target: Any
    kwargs: Any
    visible: Any

    def load(self) -> Enrolment:
        rows = Enrolment.objects.select_related("supervisor", "cohort", "organisation")
        found: Enrolment = self.visible(rows)
        return found

    @property
    def is_own(self) -> bool:
        return bool(self.target.supervisor_id == self.request.user.pk)

    def about(self) -> dict[str, Any]:
        return {
            "enrolment": self.target,
            "is_own": self.is_own,
            "name": self.target.supervisor.name,
            # Where giving up a place leads back to.
            "catch_up_hidden": [("catch_up", "1")],
        }


class CatchUp(OfPerson, GuardedPage):
    template_name = "sessions_catalogue/catch_up.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        return super().get_context_data(
            missed=to_catch_up(self.target, now),
            places=list(coming_places(self.target, now).values()),
            behind=attendance_of([self.target])[self.target.pk].behind,
            **self.about(),
            **kwargs,
        )


class OfMissed(OfPerson):
    def missed(self) -> Missed | None:
        rows = to_catch_up(self.target, timezone.now())
        return next((row for row in rows if row.number == self.kwargs["number"]), None)

    def list_url(self) -> str:
        return reverse("sessions_catalogue:catch_up", args=[self.target.pk])


class CatchUpSession(OfMissed, GuardedForm):
    """One missed session: other dates, or its blocks to work through by oneself."""

    template_name = "sessions_catalogue/catch_up_session.html"
    form_class = StudyForm
    line: Missed

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._of_line() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._of_line() or super().post(request, *args, **kwargs)

    def _of_line(self) -> HttpResponse | None:
        """Where there is nothing to make good for, the list says so."""
        found = self.missed()
        if found is None:
            return redirect(self.list_url())
        self.line = found
        return None

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_own": self.is_own, "cancel_url": self.list_url()}

    def get_initial(self) -> dict[str, Any]:
        return {"studied_on": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            line=self.line,
            session=self.line.session,
            offers=offers_for(self.target, self.line.number, timezone.now()),
            blocks=run_sheet(self.line.scheduled),
            **self.about(),
            **kwargs,
        )

    def form_valid(self, form: StudyForm) -> HttpResponse:
        try:
            attendance.record_study(
                enrolment=self.target,
                number=self.line.number,
                studied_on=form.cleaned_data["studied_on"],
                now=timezone.now(),
                by=self.request.user,
            )
        except attendance.NothingMissed:
            messages.info(self.request, f"Session {self.line.number} was behind them already")
        else:
            whose = "you" if self.is_own else self.target.supervisor.name
            messages.success(self.request, f"Session {self.line.number} is behind {whose}")
        return redirect(self.list_url())


class PlaceTake(OfMissed, Guarded):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        offers = offers_for(self.target, self.kwargs["number"], timezone.now())
        wanted = as_id(request.POST.get("scheduled"))
        chosen: ScheduledSession | None = next((row.scheduled for row in offers if row.scheduled.pk == wanted), None)
        try:
            if chosen is None:
                raise places.NotOffered
            places.take_place(scheduled=chosen, enrolment=self.target, now=timezone.now(), by=self.request.user)
        except places.NotOffered:
            messages.warning(request, "That place is no longer free. Choose another date, or study on your own")
            return redirect("sessions_catalogue:catch_up_session", pk=self.target.pk, number=self.kwargs["number"])
        messages.success(request, "The place is kept")
        return redirect(self.list_url())


class Certificate(OfPerson, Guarded):
    """Certificate of attendance as a PDF; there is none before the first session is behind the person."""

    permission_required = Perm.FETCH_CERTIFICATE
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        certificate = certificate_of(self.target, timezone.localdate())
        if certificate is None:
            raise Http404
        name = f"certificate-of-attendance-{slugify(certificate.name)}.pdf"
        answer = HttpResponse(certificate_pdf(certificate).content, content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
