"""Lists of pieces: one's own, the bin, and what a mentor was shown by one person."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404

from accounts.models import User
from accounts.views.base import GuardedPage
from pathway.models import Enrolment
from portfolio import queries
from portfolio.drafts.evidence import begun_evidence
from portfolio.models import Evidence
from portfolio.permissions import Perm
from portfolio.querysets.evidence import EvidenceQuerySet
from portfolio.views.parts import status_of

PER_PAGE = 25
FILTERS = (
    ("", "All"),
    (Evidence.Audience.ONLY_ME, "Only you"),
    (Evidence.Audience.MENTOR, "With your mentor"),
    (Evidence.Audience.PORTFOLIO, "In your portfolio"),
)


def tally_words(counts: dict[str, int], mentor: User | None) -> str:
    """ "2 in your portfolio, 1 with Priya, 3 only you can read" """
    words = (
        (Evidence.Audience.PORTFOLIO, "in your portfolio"),
        (Evidence.Audience.MENTOR, f"with {mentor.get_short_name() if mentor else 'your mentor'}"),
        (Evidence.Audience.ONLY_ME, "only you can read"),
    )
    return ", ".join(f"{counts[audience]} {where}" for audience, where in words if counts[audience])


class OwnPage(GuardedPage):
    """A page about one's own year in the current organisation; 404 for those who have none."""

    permission_required = Perm.WRITE_EVIDENCE

    def load(self) -> Enrolment:
        organisation = self.request.organisation
        enrolment = queries.own_enrolment(self.request.user, organisation) if organisation else None
        if enrolment is None:
            raise Http404
        return enrolment

    def own_pieces(self) -> EvidenceQuerySet:
        mine = Evidence.objects.visible_to(self.request.user).owned_by(self.request.user)
        found: EvidenceQuerySet = mine.filter(organisation=self.request.organisation).with_people().with_counts()
        return found


class EvidenceList(OwnPage):
    template_name = "portfolio/evidence_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        enrolment = self.target
        mentor = queries.current_mentor(enrolment)
        counts = queries.tally(self.request.user, enrolment.organisation_id)
        total = sum(counts.values())
        chosen = self.request.GET.get("show", "")
        pieces = self.own_pieces().kept().order_by("-happened_on", "-created_at")
        if chosen in counts:
            pieces = pieces.filter(audience=chosen)
        page = Paginator(pieces, PER_PAGE).get_page(self.request.GET.get("page"))
        views = queries.own_views(list(page.object_list))
        return super().get_context_data(
            **kwargs,
            enrolment=enrolment,
            mentor=mentor,
            total=total,
            tally_words=tally_words(counts, mentor),
            begun=begun_evidence(self.request.user, enrolment),
            enough=queries.ENOUGH,
            filters=[
                {
                    "value": value,
                    "label": label,
                    "count": counts.get(value, sum(counts.values())),
                    "on": value == chosen,
                }
                for value, label in FILTERS
            ],
            page=page,
            rows=[
                {"piece": piece, "view": view, "status": status_of(piece, mentor)}
                for piece, view in zip(page.object_list, views, strict=True)
            ],
            coverage=queries.coverage(enrolment),
            unopened=queries.waiting_for_mentor(enrolment, mentor) if counts["portfolio"] else 0,
        )


class EvidenceBin(OwnPage):
    """What was thrown away; its writer can bring it back."""

    template_name = "portfolio/evidence_bin.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pieces = self.own_pieces().thrown_away().order_by("-discarded_at")
        return super().get_context_data(
            **kwargs, page=Paginator(pieces, PER_PAGE).get_page(self.request.GET.get("page"))
        )


class MenteeEvidence(GuardedPage):
    """What one person has opened to their mentor, as they shared it."""

    permission_required = Perm.READ_MENTEE
    template_name = "portfolio/mentee_evidence.html"

    def load(self) -> Enrolment:
        found: Enrolment = self.visible(
            Enrolment.objects.mentored_by(self.request.user).select_related("supervisor", "cohort", "organisation")
        )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pieces = Evidence.objects.visible_to(self.request.user).filter(enrolment=self.target).with_people()
        newest = pieces.with_comments_for(self.request.user).order_by("-shared_version__created_at")
        page = Paginator(newest, PER_PAGE).get_page(self.request.GET.get("page"))
        views = queries.shared_views(list(page.object_list))
        return super().get_context_data(
            **kwargs,
            enrolment=self.target,
            page=page,
            rows=[{"piece": piece, "view": view} for piece, view in zip(page.object_list, views, strict=True)],
        )
