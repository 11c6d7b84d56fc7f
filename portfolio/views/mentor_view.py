"""The mentor beside a self-assessment: their own view, and the writer's once it may be read."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.drafts import Place
from accounts.services.working_copies import UnseenCopy
from accounts.views.base import GuardedForm, GuardedPage
from accounts.views.checks_words import typed_text
from accounts.views.keeps_draft import KeepsDraft
from pathway.models import Area, Enrolment
from portfolio import queries
from portfolio.drafts.self_assessment import MENTOR_VIEW, target_of, view_place
from portfolio.forms.self_assessment import ViewForm
from portfolio.models import MentorView, Point, SelfAssessment, SelfAssessmentVersion
from portfolio.permissions import Perm
from portfolio.queries import self_assessment as read
from portfolio.queries.own_words import about_view
from portfolio.services.self_assessment import StaleAssessment, look_first, save_view
from portfolio.services.sharing import NotReady
from portfolio.views.checked_talk import ChecksTalk, names_of
from portfolio.views.growth import growth_of
from portfolio.views.self_assessment import assessment_saved_meanwhile
from portfolio.views.whose_year import OfMentee
from pqs_portal.lib.words_found import CheckedText


class OfPoint(OfMentee):
    permission_required = Perm.GIVE_VIEW
    target: Enrolment

    @property
    def point(self) -> str:
        return str(self.kwargs["point"])

    @cached_property
    def view_row(self) -> MentorView | None:
        mine = MentorView.objects.visible_to(self.request.user).filter(enrolment=self.target, point=self.point)
        found: MentorView | None = mine.first()
        return found

    @cached_property
    def is_waiting(self) -> bool:
        """The writer has opened theirs to this mentor."""
        return read.is_shared_with(self.request.user, self.target, self.point)

    @property
    def beside_url(self) -> str:
        return reverse("portfolio:mentee_self_assessment", args=[self.target.pk, self.point])


class ViewList(OfMentee, GuardedPage):  # type: ignore[misc]  # the middleware adds to the request
    template_name = "portfolio/mentee_self_assessments.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        points = read.mentee_points(self.request.user, self.target)
        readable = [one for one in points if one.assessment]
        growth = growth_of(queries.areas_of(self.target), readable, for_mentor=True) if readable else {}
        return super().get_context_data(**kwargs, enrolment=self.target, points=points, growth=growth)


class ViewEdit(ChecksTalk, KeepsDraft, OfPoint, GuardedForm):  # type: ignore[misc]  # the middleware adds to the request
    """Area by area, without the writer's beside. What is saved for oneself is not looked through, what is given is."""

    draft_form = MENTOR_VIEW
    template_name = "portfolio/mentor_view.html"
    form_class = ViewForm

    @property
    def draft_target(self) -> uuid.UUID:
        return target_of(MENTOR_VIEW, self.target.pk, self.point)

    @cached_property
    def draft_place(self) -> Place | None:
        return view_place(self.target, self.point, self.view_row)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.view_row and self.view_row.opened_at:
            return redirect(self.beside_url)
        return super().get(request, *args, **kwargs)

    @cached_property
    def areas(self) -> list[Area]:
        return queries.areas_of(self.target)

    def get_initial(self) -> dict[str, Any]:
        return {"revision": self.view_row.revision if self.view_row else 0}

    def get_form_kwargs(self) -> dict[str, Any]:
        row = self.view_row
        return super().get_form_kwargs() | {
            "areas": self.areas,
            "words": row.words if row else read.scale_words(self.target.organisation),
            "contents": row.ratings if row else [],
            "is_given": row is not None and row.given_at is not None,
            "supervisor": self.target.supervisor.get_short_name(),
            "cancel_url": reverse("portfolio:mentee_self_assessments", args=[self.target.pk]),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(
            **kwargs,
            enrolment=self.target,
            view=self.view_row,
            point=self.point,
            point_title=Point(self.point).label,
            is_waiting=self.is_waiting,
            has_looked=self.view_row is not None and self.view_row.looked_first,
        )
        return context

    @property
    def checked_thing(self) -> Enrolment:
        year: Enrolment = self.target
        return year

    def checked_texts(self, form: Any) -> Sequence[CheckedText]:
        return [typed_text(form, f"why_{area.number}", f"Area {area.number}") for area in self.areas]

    def known_names(self) -> Sequence[str]:
        return names_of(self.request.user, self.target.supervisor)

    def is_opening(self, form: ViewForm) -> bool:
        return form.is_finished or form.is_given

    def form_valid(self, form: ViewForm) -> HttpResponse:
        try:
            row = save_view(
                enrolment=self.target,
                point=self.point,
                revision=form.cleaned_data["revision"] or 0,
                ratings=form.ratings,
                give=form.is_finished,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleAssessment as stale:
            return assessment_saved_meanwhile(self.request, stale, self.areas, self.target)
        except NotReady as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        name = self.target.supervisor.get_short_name()
        if row.opened_at:
            messages.success(self.request, f"Given. {name} can read your view now, and you theirs.")
            return redirect(self.beside_url)
        if row.given_at:
            messages.success(self.request, f"Given. It opens to {name} when they share theirs with you.")
        else:
            messages.success(self.request, "Saved. Only you can read it.")
        return redirect("portfolio:mentee_self_assessments", pk=self.target.pk)


class LookFirst(OfPoint):
    """Read the writer's before giving one's own."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            look_first(enrolment=self.target, point=self.point, by=self.request.user)
        except NotReady:
            raise Http404 from None
        return redirect(self.beside_url)


class Beside(OfPoint, GuardedPage):  # type: ignore[misc]  # the middleware adds to the request
    """What the writer opened, with one's own view beside; that alone once it was taken back."""

    template_name = "portfolio/mentee_self_assessment.html"
    row: SelfAssessment | None

    def load(self) -> Enrolment:
        self.target = enrolment = super().load()
        opened = SelfAssessment.objects.visible_to(self.request.user).select_related("shared_version")
        self.row = opened.filter(enrolment=enrolment, point=self.point).first()
        if self.row is None and not (self.view_row and self.view_row.opened_at):
            raise Http404
        return enrolment

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version, view = self.row.shared_version if self.row else None, self.view_row
        return super().get_context_data(
            **kwargs,
            enrolment=self.target,
            assessment=self.row,
            version=version,
            point_title=Point(self.point).label,
            view=view,
            own_words=about_view(self.request.user, view),
            rows=self.both_views(version, view) if version else self.own_view(view),
        )

    def both_views(self, version: SelfAssessmentVersion, view: MentorView | None) -> list[read.SaidOfArea]:
        pieces = read.pieces_for(self.request.user, version.ratings)
        said = read.said_of_areas(queries.areas_of(self.target), version.words, version.ratings, pieces)
        return read.with_view(said, view if view and view.given_at else None)

    def own_view(self, view: MentorView | None) -> list[read.SaidOfArea]:
        return read.said_of_areas(queries.areas_of(self.target), view.words, view.ratings) if view else []
