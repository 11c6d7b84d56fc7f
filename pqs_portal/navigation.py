"""Navigation by role: where a person can go, and which of the places a page belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import ResolverMatch, reverse

from accounts.models import Organisation, Role, User
from pqs_portal.standing import standing_of
from reminders.models import Notification


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    current: bool


def recent_notices(user: User, organisation: Organisation) -> list[dict[str, object]]:
    """The newest things the person was told, as rows of the component ``events``."""
    notices = Notification.objects.visible_to(user).filter(organisation=organisation)[:5]
    return [{"title": notice.title, "url": notice.url, "at": notice.happened_at} for notice in notices]


def navigation_for(user: User, organisation: Organisation, path: str) -> list[NavigationItem]:
    """The pages a person has use for, without doubles, in the order of their roles."""
    standing = standing_of(user, organisation)
    roles = user.roles_in(organisation.pk)
    places: list[tuple[str, str]] = [("Home", "home")]
    if standing.is_supervisor:
        places += [("Pathway", "insights:pathway"), ("Portfolio", "portfolio:evidence_list")]
    if standing.is_supervisor or standing.is_mentor:
        places += [("Observations", "observations:observation_list")]
    if standing.is_mentor or standing.is_line_manager:
        places += [("My people", "insights:people")]
    if standing.is_facilitator:
        places += [("Sessions you run", "sessions_catalogue:delivery_list")]
    if Role.LD_LEAD in roles:
        places += [("Cohorts", "pathway:cohort_list"), ("Programmes", "pathway:programme_list")]
    if Role.ORGANISATION_ADMIN in roles:
        places += [
            ("People", "accounts:person_list"),
            ("Organisation", "accounts:organisation"),
            ("Exports", "portfolio:export_list"),
            ("Records", "accounts:record_list"),
        ]
    places.insert(min(2, len(places)), ("Sessions", "sessions_catalogue:session_list"))
    urls = [(label, reverse(name)) for label, name in places]
    here = _nearest([url for _, url in urls], path)
    return [NavigationItem(label, url, url == here) for label, url in urls]


# Pages of a portfolio at addresses that do not stand below its own.
APART = re.compile(r"/(evidence|comments|files)/|/people/[^/]+/self-assessment/")
OF_MENTEES = frozenset({"portfolio:evidence_send_back", "portfolio:mentor_view", "portfolio:mentee_self_assessment"})
OF_EITHER = frozenset({
    "portfolio:evidence", "portfolio:evidence_changes", "portfolio:comment_new", "portfolio:comment_answer",
})  # fmt: skip


def address_in_navigation(request: HttpRequest) -> str:
    """Where the page would stand if its address said so: in one's own portfolio, or with the people one mentors."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    piece = getattr(request, "target", None)
    if name == "portfolio:export" and piece and piece.enrolment.supervisor_id == request.user.pk:
        return reverse("portfolio:own_export")
    if not APART.match(request.path):
        return request.path
    if name in OF_MENTEES or (name in OF_EITHER and piece and piece.enrolment.supervisor_id != request.user.pk):
        return reverse("insights:people")
    return reverse("portfolio:evidence_list")


def _nearest(urls: list[str], path: str) -> str:
    """The place the page belongs to: of those above it the closest, and home only for itself."""
    home = reverse("home")
    return max((url for url in urls if (path == url if url == home else path.startswith(url))), key=len, default="")


# Parts of one's own portfolio, and the same of somebody whom one mentors.
OWN_PARTS = (
    ("Evidence", "portfolio:evidence_list"),
    ("Coverage", "portfolio:coverage"),
    ("Self-assessment", "portfolio:self_assessment_list"),
    ("Development plan", "portfolio:plan"),
    ("Critical reflection", "portfolio:reflection"),
    ("CPD", "portfolio:cpd_list"),
    ("Notes", "portfolio:later"),
    ("Actions", "portfolio:action_list"),
    ("PDF", "portfolio:own_export"),
)
MENTEES_PARTS = (
    ("The year", "insights:person"),
    ("Evidence", "portfolio:mentee_evidence"),
    ("Coverage", "portfolio:mentee_coverage"),
    ("Self-assessments", "portfolio:mentee_self_assessments"),
    ("Development plan", "portfolio:mentee_plan"),
    ("Critical reflection", "portfolio:mentee_reflection"),
    ("Notes and worksheets", "sessions_catalogue:session_notes"),
)


def parts_beside(match: ResolverMatch | None) -> list[NavigationItem]:
    """The other parts of a portfolio, on the first page of each: on a page below one, the way back leads there."""
    here = match.view_name if match else ""
    if match and here in {name for _, name in MENTEES_PARTS}:
        whose = [match.kwargs["pk"]]
        return [NavigationItem(label, reverse(name, args=whose), name == here) for label, name in MENTEES_PARTS]
    if here in {name for _, name in OWN_PARTS}:
        return [NavigationItem(label, reverse(name), name == here) for label, name in OWN_PARTS]
    return []
