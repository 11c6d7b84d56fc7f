"""The writer's own self-assessments: the three of the year, writing one, opening it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.drafts import Place
from accounts.services.working_copies import UnseenCopy
from accounts.transitions import GuardRefused, InvalidTransition
from accounts.views.base import Guarded, GuardedForm, GuardedPage
from accounts.views.keeps_draft import KeepsDraft
from accounts.views.saved_meanwhile import saved_meanwhile
from pathway.models import Area, Enrolment
from portfolio import queries
from portfolio.drafts.self_assessment import (
    SELF_ASSESSMENT,
    assessment_place,
    levels_reader,
    target_of,
    unsaved_in_assessment,
)
from portfolio.forms.opening import OpenForm
from portfolio.forms.self_assessment import LevelsForm, part_name
from portfolio.models import AreaRating, Point, SelfAssessment, SelfAssessmentVersion
from portfolio.permissions import Perm
from portfolio.queries import self_assessment as read
from portfolio.services.opening import Readers
from portfolio.services.self_assessment import (
    StaleAssessment,
    open_assessment,
    reopen_assessment,
    save_assessment,
)
from portfolio.services.sharing import NotReady
from portfolio.services.words import replace_assessed_words
from portfolio.views.growth import growth_of
from portfolio.views.lists import OwnPage
from portfolio.views.opening import share_words
from portfolio.views.opening_checked import CheckedOpening
from pqs_portal.lib.words_found import CheckedText


class OfOnePoint(Guarded):
    """One point of one's own year."""

    permission_required = Perm.WRITE_EVIDENCE
    target: Enrolment

    def load(self) -> Enrolment:
        mine = Enrolment.objects.of_supervisor(self.request.user)
        found: Enrolment = self.visible(mine.select_related("cohort__programme", "supervisor", "organisation"))
        return found

    @property
    def point(self) -> str:
        return str(self.kwargs["point"])

    @cached_property
    def assessment(self) -> SelfAssessment | None:
        mine = SelfAssessment.objects.visible_to(self.request.user).filter(enrolment=self.target, point=self.point)
        found: SelfAssessment | None = mine.select_related(
            "shared_with", "shared_version", "enrolment__cohort", "organisation"
        ).first()
        return found

    @cached_property
    def areas(self) -> list[Area]:
        return queries.areas_of(self.target)

    @property
    def page_url(self) -> str:
        return reverse("portfolio:self_assessment", args=[self.target.pk, self.point])

    def there(self) -> SelfAssessment:
        """The row, where the address makes no sense without one."""
        mine = SelfAssessment.objects.select_related("enrolment__cohort", "organisation")
        found: SelfAssessment = self.visible(mine, enrolment=self.target, point=self.point)
        return found


class AssessmentList(OwnPage):
    """The three of the year, and what changed between them."""

    template_name = "portfolio/self_assessment_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        points = read.own_points(self.request.user, self.target)
        areas = queries.areas_of(self.target) if any(one.assessment for one in points) else []
        return super().get_context_data(
            **kwargs,
            enrolment=self.target,
            points=points,
            begin=read.to_begin(points, timezone.localdate()),
            growth=growth_of(areas, points),
            mentor=queries.current_mentor(self.target),
        )


class AssessmentPage(OfOnePoint, GuardedPage):  # type: ignore[misc]  # the middleware adds to the request
    """One self-assessment to read, with the mentor's view beside once both are open."""

    template_name = "portfolio/self_assessment.html"

    def versions(self) -> list[SelfAssessmentVersion]:
        mine = SelfAssessmentVersion.objects.visible_to(self.request.user).filter(assessment=self.assessment)
        return list(mine.order_by("-number")) if self.assessment else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, row = self.request.user, self.assessment
        contents = read.contents_of(row) if row else []
        said = read.said_of_areas(self.areas, row.words if row else [], contents, read.pieces_for(user, contents))
        views = [view for view in read.open_views(user, self.target) if view.point == self.point]
        view, mentor = views[-1] if views else None, queries.current_mentor(self.target)
        changed = read.changed_since(row.shared_version, contents) if row else False
        return super().get_context_data(
            **kwargs,
            enrolment=self.target,
            assessment=row,
            point_title=Point(self.point).label,
            rows=read.with_view(said, view),
            view=view,
            mentor=mentor,
            due=read.points_of(self.target).get(self.point),
            versions=self.versions(),
            changed_since=changed,
            share_words=share_words(row, mentor, is_changed=changed) if row else "",
            unsaved=unsaved_in_assessment(user, row) if row else [],
        )


class AssessmentVersionPage(OfOnePoint, GuardedPage):  # type: ignore[misc]  # the middleware adds to the request
    """What one deliberate save said, for its writer alone."""

    template_name = "portfolio/self_assessment_version.html"
    version: SelfAssessmentVersion

    def load(self) -> Enrolment:
        enrolment = super().load()
        versions = SelfAssessmentVersion.objects.select_related("shared_with")
        number = self.kwargs["number"]
        self.version = self.visible(
            versions, assessment__enrolment=enrolment, assessment__point=self.point, number=number
        )
        return enrolment

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.version
        pieces = read.pieces_for(self.request.user, version.ratings)
        return super().get_context_data(
            **kwargs,
            version=version,
            page_url=self.page_url,
            point_title=Point(self.point).label,
            rows=read.said_of_areas(self.areas, version.words, version.ratings, pieces),
        )


class AssessmentEdit(KeepsDraft, OfOnePoint, GuardedForm):  # type: ignore[misc]  # the middleware adds to the request
    """Area by area: a level, why, and one's own evidence. Saved as a draft, or said to be done."""

    draft_form = SELF_ASSESSMENT
    template_name = "portfolio/self_assessment_edit.html"
    form_class = LevelsForm

    @property
    def draft_target(self) -> uuid.UUID:
        return target_of(SELF_ASSESSMENT, self.target.pk, self.point)

    @cached_property
    def draft_place(self) -> Place | None:
        return assessment_place(self.target, self.point, self.assessment)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.assessment and self.assessment.is_done:
            messages.info(request, "It is done. Choose “Go on writing” to change it.")
            return redirect(self.page_url)
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"revision": self.assessment.revision if self.assessment else 0}

    def get_form_kwargs(self) -> dict[str, Any]:
        user, row = self.request.user, self.assessment
        contents = read.contents_of(row) if row else []
        return super().get_form_kwargs() | {
            "areas": self.areas,
            "words": row.words if row else read.scale_words(self.target.organisation),
            "contents": contents,
            "pieces": read.own_pieces_by_area(user, self.target, contents),
            "notes": read.notes_waiting(user, self.target),
            "by_statement": True,
            "cancel_url": reverse("portfolio:self_assessment_list"),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(
            **kwargs,
            enrolment=self.target,
            assessment=self.assessment,
            point=self.point,
            point_title=Point(self.point).label,
        )
        return context

    def form_valid(self, form: LevelsForm) -> HttpResponse:
        try:
            row = save_assessment(
                enrolment=self.target,
                point=self.point,
                revision=form.cleaned_data["revision"] or 0,
                ratings=form.ratings,
                taken_up=form.taken_up,
                finish=form.is_finished,
                by=self.request.user,
                typed=self.typed,
            )
        except UnseenCopy as unseen:
            return self.unseen(form, unseen)
        except StaleAssessment as stale:
            return assessment_saved_meanwhile(self.request, stale, self.areas, self.target)
        except (GuardRefused, NotReady) as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        if row.is_done:
            messages.success(self.request, "It is done. Only you can read it until you share it.")
            return redirect(self.page_url)
        messages.success(self.request, "Saved. Only you can read it.")
        return redirect("portfolio:self_assessment_edit", pk=self.target.pk, point=self.point)


def assessment_saved_meanwhile(
    request: HttpRequest, stale: StaleAssessment, areas: list[Area], enrolment: Enrolment
) -> HttpResponse:
    """Both texts, area by area and statement by statement."""
    now: Any = stale.current
    names = {(str(area.pk), None): str(area.number) for area in areas} | {
        (str(area.pk), str(statement.pk)): part_name(area, statement)
        for area in areas
        for statement in area.statements.all()
    }
    saved: dict[str, Any] = {}
    for row in read.contents_of(now) if isinstance(now, SelfAssessment) else now.ratings:
        name = names.get((row["area"], row["statement"]))
        if name:
            saved |= {f"{field}_{name}": row[field] for field in ("level", "why", "evidence")}
    return saved_meanwhile(request, saved=saved, read=levels_reader(now, enrolment), revision=now.revision)


class AssessmentShare(OfOnePoint, CheckedOpening):  # type: ignore[misc]  # as in GuardedForm
    """Who may read it, once it is done."""

    template_name = "portfolio/self_assessment_share.html"
    mentor_hint = "If they have given their view, both open at once."
    portfolio_hint = (
        f"{CheckedOpening.portfolio_hint} Without the tick your portfolio only says that it is done, and when."
    )

    @property
    def enrolment(self) -> Enrolment:
        return self.target

    def text(self) -> SelfAssessment:
        return self.there()

    def open(self, *, text: SelfAssessment, revision: int, readers: Readers) -> SelfAssessment:
        return open_assessment(
            assessment=text,
            revision=revision,
            to_mentor=readers.mentor,
            in_portfolio=readers.portfolio,
            nobody_recognisable=readers.nobody_recognisable,
            shown=readers.shown,
            by=self.request.user,
        )

    def checked_texts(self, form: OpenForm) -> list[CheckedText]:
        said = self.checked_thing.ratings.exclude(why="").select_related("area", "statement")
        return [CheckedText(str(row.pk), part_of(row), row.why) for row in said]

    def save_words(self, *, text: SelfAssessment, revision: int, texts: Mapping[str, str]) -> SelfAssessment:
        whys = {uuid.UUID(rating): why for rating, why in texts.items()}
        return replace_assessed_words(assessment=text, revision=revision, whys=whys, by=self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.there().is_done:
            messages.info(request, "Say that it is done before somebody else reads it.")
            return redirect("portfolio:self_assessment_edit", pk=self.target.pk, point=self.point)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.there()
        return super().get_context_data(
            **kwargs,
            assessment=row,
            point_title=Point(self.point).label,
            rows=read.said_of_areas(self.areas, row.words, read.contents_of(row)),
        )


def part_of(rating: AreaRating) -> str:
    statement = f", {rating.statement.code}" if rating.statement else ""
    return f"Area {rating.area.number}{statement}"


class AssessmentReopen(OfOnePoint):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.there()
        try:
            reopen_assessment(assessment=row, by=self.request.user)
        except GuardRefused as reason:
            messages.warning(request, f"{reason}.")
            return redirect(self.page_url)
        except InvalidTransition:
            pass
        return redirect("portfolio:self_assessment_edit", pk=self.target.pk, point=self.point)
