"""Navigation by role: who a person is in the organisation, found in one query."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import ResolverMatch, reverse

from accounts.models import Organisation, Role, User
from pathway.models import Enrolment, Nomination, PanelMember
from reminders.models import Notification
from sessions_catalogue.models import Facilitation


@dataclass(frozen=True)
class Standing:
    """What the person is in one organisation, beyond the roles given by hand."""

    is_supervisor: bool
    is_mentor: bool
    is_line_manager: bool
    is_panel_member: bool
    is_facilitator: bool
    # Somebody waits for this line manager's yes; the person waits for a place.
    is_asked: bool
    has_nomination: bool
    unread: int


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    current: bool


def recent_notices(user: User, organisation: Organisation) -> list[dict[str, object]]:
    """The newest things the person was told, as rows of the component ``events``."""
    notices = Notification.objects.visible_to(user).filter(organisation=organisation)[:5]
    return [{"title": notice.title, "url": notice.url, "at": notice.happened_at} for notice in notices]


def standing_of(user: User, organisation: Organisation) -> Standing:
    """One query, kept on the loaded person for the rest of the request."""
    kept: dict[object, Standing] = user.__dict__.setdefault("_standings", {})
    if organisation.pk not in kept:
        here = {"organisation": organisation}
        panels = PanelMember.objects.current().filter(member=user, **here)
        unread = Notification.objects.visible_to(user).unread().filter(**here)
        row = (
            User.objects.filter(pk=user.pk)
            .values(
                is_supervisor=Exists(Enrolment.objects.of_supervisor(user).filter(cohort__status="published", **here)),
                is_mentor=Exists(Enrolment.objects.mentored_by(user).filter(**here)),
                is_line_manager=Exists(Enrolment.objects.line_managed_by(user).filter(**here)),
                is_panel_member=Exists(panels),
                is_facilitator=Exists(Facilitation.objects.current().filter(member=user, **here)),
                is_asked=Exists(Nomination.objects.filter(line_manager=user, status="asked", **here)),
                has_nomination=Exists(Nomination.objects.open().filter(membership__user=user, **here)),
                unread=_number_of(unread),
            )
            .get()
        )
        kept[organisation.pk] = Standing(**row)
    return kept[organisation.pk]


def _number_of(rows: QuerySet[Notification]) -> Coalesce:
    counted = rows.order_by().values("recipient").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


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
