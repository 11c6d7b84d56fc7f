"""Lists of pieces: one's own, the bin, and what a mentor was shown by one person."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from accounts.views.base import Guarded, GuardedPage
from pathway.models import Area
from portfolio import queries
from portfolio.drafts.evidence import begun_evidence
from portfolio.forms.find import FindForm, OwnFindForm
from portfolio.models import Evidence
from portfolio.permissions import Perm
from portfolio.queries.listed import lines_of_shared, own_line, own_lines, shared_lines
from portfolio.queries.own_words import about_closed_pieces
from portfolio.queries.search import find_own, find_shared, own_facts, own_order
from portfolio.querysets.evidence import EvidenceQuerySet
from portfolio.services.order import place_piece
from portfolio.views.parts import status_of
from portfolio.views.whose_year import OfMentee, OfOwnYear
from pqs_portal.lib.said import say_at

PER_PAGE = 25


def tally_words(counts: dict[str, int], mentor: User | None) -> str:
    """ "2 in your portfolio, 1 with Priya, 3 only you can read" """
    words = (
        (Evidence.Audience.PORTFOLIO, "in your portfolio"),
        (Evidence.Audience.MENTOR, f"with {mentor.get_short_name() if mentor else 'your mentor'}"),
        (Evidence.Audience.ONLY_ME, "only you can read"),
    )
    return ", ".join(f"{counts[audience]} {where}" for audience, where in words if counts[audience])


def found_words(found: int, total: int) -> str:
    """ "3 of 60 pieces", or "60 pieces" where nothing is left out."""
    pieces = queries.count_pieces(total)
    return pieces if found == total else f"{found} of {pieces}"


class OwnPage(OfOwnYear, GuardedPage):  # type: ignore[misc]  # the middleware adds to the request
    """A page about one's own year in the current organisation."""

    def own_pieces(self) -> EvidenceQuerySet:
        mine = Evidence.objects.owned_by(self.request.user)
        found: EvidenceQuerySet = mine.filter(organisation=self.request.organisation).with_people()
        return found


class EvidenceList(OwnPage):
    """One's own pieces: searched, narrowed and sorted by the address, so that a page of it can be kept."""

    template_name = "portfolio/evidence_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        enrolment = self.target
        mentor = queries.current_mentor(enrolment)
        facts = own_facts(self.request.user, enrolment)
        counts, tags, total = facts.counts, facts.tags, sum(facts.counts.values())
        coverage = queries.coverage(enrolment)
        search = OwnFindForm(self.request.GET, areas=coverage, tags=tags)
        mine = Evidence.objects.owned_by(self.request.user).kept()
        found = find_own(mine.filter(organisation=enrolment.organisation_id), search.wanted)
        paginator = Paginator(own_lines(found, self.request.user), PER_PAGE)
        if not search.narrowing:
            paginator.count = total  # known already
        page = paginator.get_page(self.request.GET.get("page"))
        return super().get_context_data(
            **kwargs,
            enrolment=enrolment,
            mentor=mentor,
            total=total,
            tally_words=tally_words(counts, mentor),
            begun=begun_evidence(self.request.user, enrolment),
            search=OwnFindForm(initial=search.wanted, areas=coverage, tags=tags),
            found_words=found_words(page.paginator.count, total),
            is_narrowed=bool(search.narrowing),
            is_refined=bool(search.narrowing.keys() - {"q"}) or "sort" in search.wanted,
            # What a button that moves a piece sends along, to come back to the same list.
            own_order=urlencode(search.wanted) if search.wanted.get("sort") == "own" else "",
            page=page,
            rows=[
                {
                    "piece": piece,
                    "view": own_line(piece),
                    "status": status_of(piece, mentor),
                    "first": place == 1,
                    "last": place == page.paginator.count,
                }
                for place, piece in enumerate(page.object_list, start=page.start_index())
            ],
            coverage=coverage,
            unopened=facts.unopened_to(mentor),
        )


class EvidenceMove(Guarded):
    """One place up or down in the writer's own order, or to the top, of the list as it was narrowed."""

    permission_required = Perm.WRITE_EVIDENCE

    def load(self) -> Evidence:
        found: Evidence = self.visible(Evidence.objects.kept().with_people())
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        piece, where = self.target, request.POST.get("where", "")
        enrolment = piece.enrolment
        tags = own_facts(self.request.user, enrolment).tags
        asked = QueryDict(request.POST.get("list", ""))
        wanted = OwnFindForm(asked, areas=queries.areas_of(enrolment), tags=tags).wanted
        mine = Evidence.objects.owned_by(self.request.user).kept()
        places = own_order(mine.filter(organisation=piece.organisation_id), wanted)
        at = places.index(piece.pk) if piece.pk in places else -1
        then = {"up": at - 1, "down": at + 1, "top": 0}.get(where, -1)
        if at < 0 or not 0 <= then < len(places):
            return redirect(f"{reverse('portfolio:evidence_list')}?sort=own")
        if then != at:
            place_piece(piece=piece, beside=places[then], after=then > at, by=self.request.user)
        anchor = f"piece-{piece.pk}"
        say_at(request, anchor, f"It stands {_ordinal_of(then, len(places))} now.")
        query = urlencode({**wanted, "sort": "own", "page": str(then // PER_PAGE + 1)})
        return redirect(f"{reverse('portfolio:evidence_list')}?{query}#{anchor}")


def _ordinal_of(place: int, count: int) -> str:
    if place == 0:
        return "first"
    return "last" if place == count - 1 else f"at place {place + 1} of {count}"


class EvidenceBin(OwnPage):
    """What was thrown away; its writer can bring it back."""

    template_name = "portfolio/evidence_bin.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pieces = self.own_pieces().thrown_away().order_by("-discarded_at")
        return super().get_context_data(
            **kwargs, page=Paginator(pieces, PER_PAGE).get_page(self.request.GET.get("page"))
        )


class MenteeEvidence(OfMentee, GuardedPage):  # type: ignore[misc]  # the same
    """What one person has opened to their mentor, as they shared it."""

    template_name = "portfolio/mentee_evidence.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pieces = Evidence.objects.visible_to(self.request.user).filter(enrolment=self.target)
        areas = list(
            Area.objects.visible_to(self.request.user).filter(standard=self.target.cohort.programme.standard_id)
        )
        search = FindForm(self.request.GET, areas=areas)
        found = shared_lines(find_shared(pieces, search.wanted), self.request.user)
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        views = lines_of_shared(list(page.object_list))
        total = pieces.count() if search.narrowing else page.paginator.count
        return super().get_context_data(
            **kwargs,
            enrolment=self.target,
            total=total,
            search=FindForm(initial=search.wanted, areas=areas),
            found_words=found_words(page.paginator.count, total),
            is_narrowed=bool(search.narrowing),
            is_refined=bool(search.narrowing.keys() - {"q"}) or "sort" in search.wanted,
            page=page,
            rows=[{"piece": piece, "view": view} for piece, view in zip(page.object_list, views, strict=True)],
            own_words=about_closed_pieces(self.request.user, self.target),
        )
