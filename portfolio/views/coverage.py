"""What one's own pieces say about the areas: all of them at a glance, and one at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.views.base import Guarded, GuardedForm
from observations.queries import in_focus
from pathway.models import Area, Enrolment
from portfolio import queries
from portfolio.forms.area_word import OwnWordForm
from portfolio.models import AreaWord, Evidence, EvidenceMapping
from portfolio.permissions import Perm
from portfolio.queries.area_pictures import AreaPicture, how_long, own_area, own_picture
from portfolio.services.area_words import say_level
from portfolio.services.best import MOST_BEST, TooManyBest, mark_best, unmark_best
from portfolio.views.lists import PER_PAGE, OwnPage
from portfolio.views.parts import status_of
from pqs_portal.lib.charts import LEVEL_WORDS
from pqs_portal.lib.coverage_chart import CoveragePoint, coverage_card
from pqs_portal.lib.said import say_at

# A mentor's word is for the person, not about them.
MENTOR_WORDS = {**LEVEL_WORDS, "enough": "enough"}


def area_in(enrolment: Enrolment, user: Any, pk: Any) -> Area:
    """An area of the standard that the person's year follows, else 404."""
    areas = Area.objects.visible_to(user).filter(pk=pk, standard=enrolment.cohort.programme.standard_id)
    areas = areas.with_sets(enrolment.organisation_id)
    found: Area | None = areas.select_related("standard").prefetch_related("statements").first()
    if found is None:
        raise Http404
    return found


def area_rows(
    pictures: Sequence[AreaPicture],
    today: dt.date,
    *,
    url: Callable[[AreaPicture], str],
    for_mentor: bool = False,
) -> list[dict[str, Any]]:
    """Each area as a picture and as a row of the table: the same facts twice."""
    return [_row(one, today, url(one), for_mentor=for_mentor) for one in pictures]


def _row(one: AreaPicture, today: dt.date, url: str, *, for_mentor: bool) -> dict[str, Any]:
    covered = one.covered
    word = (MENTOR_WORDS if for_mentor else LEVEL_WORDS)[covered.level]
    if covered.level == "later":
        word = f"nothing yet, {covered.comes}"
    when = how_long(covered.last_on, today) if covered.last_on else ""
    said = [
        ("you" if for_mentor else row.author.get_short_name(), row.get_level_display().lower()) for row in one.words
    ]
    point = CoveragePoint(covered.level, word, covered.opened, covered.private, len(one.best), when, said)
    return {
        "one": one,
        "area": covered,
        "word": word,
        "when": when,
        "said": said,
        "url": url,
        "picture": coverage_card(f"Area {covered.number}", point),
    }


def objective_url(area: Area | queries.AreaCoverage) -> str:
    """Where an objective for the area is written."""
    try:
        return f"{reverse('portfolio:objective_new')}?area={area.id}"
    except NoReverseMatch:
        return ""


def gaps_of(rows: Sequence[dict[str, Any]], enrolment: Enrolment) -> list[dict[str, Any]]:
    """The areas where something is missing, each with what an observation to come has to do with it."""
    gaps = [row for row in rows if row["one"].is_gap]
    focus = in_focus(enrolment) if gaps else {}
    return [{**row, "in_focus": focus.get(row["area"].id, "")} for row in gaps]


class Coverage(OwnPage):
    template_name = "portfolio/coverage.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        pictures = own_picture(self.request.user, self.target, today)
        rows = area_rows(pictures, today, url=lambda one: one.covered.url)
        gaps = [{**row, "objective_url": objective_url(row["area"])} for row in gaps_of(rows, self.target)]
        return super().get_context_data(
            **kwargs,
            enrolment=self.target,
            rows=rows,
            gaps=gaps,
            with_something=sum(bool(one.covered.pieces) for one in pictures),
            any_pieces=any(one.covered.pieces for one in pictures),
        )


class CoverageArea(OwnPage, GuardedForm):  # type: ignore[misc]  # the middleware adds to the request
    """One area: the writer's own word, the pieces, the best of them, what the mentor thinks."""

    template_name = "portfolio/coverage_area.html"
    form_class = OwnWordForm
    area: Area

    def load(self) -> Enrolment:
        enrolment = super().load()
        self.area = area_in(enrolment, self.request.user, self.kwargs["area"])
        return enrolment

    @cached_property
    def picture(self) -> AreaPicture:
        return own_area(self.request.user, self.target, self.area, timezone.localdate())

    def get_initial(self) -> dict[str, Any]:
        return {"level": self.picture.covered.own_word}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        mappings = EvidenceMapping.objects.visible_to(user).filter(area=self.area, evidence__enrolment=self.target)
        kept = mappings.filter(evidence__discarded_at=None).select_related("evidence__enrolment")
        ordered = kept.order_by("-is_best", "-evidence__happened_on", "-evidence__created_at")
        paginator = Paginator(ordered, PER_PAGE)
        paginator.count = self.picture.covered.pieces  # known already
        page = paginator.get_page(self.request.GET.get("page"))
        mentor = queries.current_mentor(self.target)
        # The address says which area by its id, as do ``kwargs``.
        context: dict[str, Any] = super().get_context_data(
            **kwargs
            | {
                "enrolment": self.target,
                "mentor": mentor,
                "area": self.area,
                "row": area_rows([self.picture], today, url=lambda one: one.covered.url)[0],
                "objective_url": objective_url(self.area),
                "in_focus": in_focus(self.target).get(self.area.pk, ""),
                "new_url": f"{reverse('portfolio:evidence_new')}?area={self.area.pk}",
                "most_best": MOST_BEST,
                "page": page,
                "pieces": [
                    {"mapping": row, "piece": row.evidence, "status": status_of(row.evidence, mentor)} for row in page
                ],
            }
        )
        return context

    def form_valid(self, form: OwnWordForm) -> HttpResponse:
        level = form.cleaned_data["level"]
        say_level(enrolment=self.target, area=self.area, level=level, by=self.request.user)
        messages.success(self.request, f"Saved. For you it is: {AreaWord.Level(level).label.lower()}.")
        return redirect("portfolio:coverage_area", area=self.area.pk)


class BestMark(Guarded):
    """Mark a piece as one of the best for an area, or take the mark off."""

    permission_required = Perm.WRITE_EVIDENCE

    def load(self) -> Evidence:
        found: Evidence = self.visible(Evidence.objects.kept().with_people())
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mapping = self.visible(
            EvidenceMapping.objects.select_related("evidence", "area"), evidence=self.target, area=self.kwargs["area"]
        )
        page = ""
        try:
            if request.POST.get("mark") == "no":
                unmark_best(mapping=mapping, by=self.request.user)
                say_at(request, self.anchor, "The mark is taken off.")
            else:
                mark_best(mapping=mapping, by=self.request.user)
                say_at(request, self.anchor, "Marked as one of the best.")
        except TooManyBest as reason:
            say_at(request, self.anchor, f"{reason}.", level=messages.ERROR)
            page = request.POST.get("page", "")  # nothing has moved
        url = reverse("portfolio:coverage_area", args=[mapping.area_id])
        return redirect(f"{url}{f'?page={page}' if page.isdecimal() else ''}#{self.anchor}")

    @property
    def anchor(self) -> str:
        return f"piece-{self.target.pk}"
