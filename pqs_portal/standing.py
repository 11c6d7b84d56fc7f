"""Who a person is in an organisation, which the frame of every page asks.

In SQL, because the same out of eight querysets takes longer to put together than the rest of a plain page;
tests/integration/pqs_portal/test_standing.py holds it to what the querysets say.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from accounts.models import Organisation, User


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


# In the order of Standing. An end date is the first day without the right.
ASKED = """
SELECT
  EXISTS (SELECT FROM pathway_enrolment year JOIN pathway_cohort cohort ON cohort.id = year.cohort_id
    WHERE year.supervisor_id = %(user)s AND year.organisation_id = %(here)s AND cohort.status = 'published'),
  EXISTS (SELECT FROM pathway_mentoring pair
    JOIN pathway_enrolment year ON year.id = pair.enrolment_id JOIN pathway_cohort cohort ON cohort.id = year.cohort_id
    WHERE pair.mentor_id = %(user)s AND pair.starts_on <= %(today)s
    AND (pair.ends_on IS NULL OR pair.ends_on > %(today)s)
    AND year.organisation_id = %(here)s AND cohort.status IN ('published', 'closed')),
  EXISTS (SELECT FROM pathway_linemanagement pair
    JOIN pathway_enrolment year ON year.id = pair.enrolment_id JOIN pathway_cohort cohort ON cohort.id = year.cohort_id
    WHERE pair.manager_id = %(user)s AND pair.starts_on <= %(today)s
    AND (pair.ends_on IS NULL OR pair.ends_on > %(today)s)
    AND year.organisation_id = %(here)s AND cohort.status IN ('published', 'closed')),
  EXISTS (SELECT FROM pathway_panelmember WHERE member_id = %(user)s AND organisation_id = %(here)s
    AND starts_on <= %(today)s AND (ends_on IS NULL OR ends_on > %(today)s)),
  EXISTS (SELECT FROM sessions_catalogue_facilitation WHERE member_id = %(user)s AND organisation_id = %(here)s
    AND starts_on <= %(today)s AND (ends_on IS NULL OR ends_on > %(today)s)),
  EXISTS (SELECT FROM pathway_nomination
    WHERE line_manager_id = %(user)s AND organisation_id = %(here)s AND status = 'asked'),
  EXISTS (SELECT FROM pathway_nomination nomination
    JOIN accounts_membership membership ON membership.id = nomination.membership_id
    WHERE membership.user_id = %(user)s AND nomination.organisation_id = %(here)s
    AND nomination.status IN ('asked', 'waiting', 'placed')),
  (SELECT count(*) FROM reminders_notification
    WHERE recipient_id = %(user)s AND organisation_id = %(here)s AND read_at IS NULL)
"""


def standing_of(user: User, organisation: Organisation) -> Standing:
    """One query, kept on the loaded person for the rest of the request; ``organisation`` is one that they are in."""
    kept: dict[object, Standing] = user.__dict__.setdefault("_standings", {})
    if organisation.pk not in kept:
        with connection.cursor() as cursor:
            cursor.execute(ASKED, {"user": user.pk, "here": organisation.pk, "today": timezone.localdate()})
            kept[organisation.pk] = Standing(*cursor.fetchone())
    return kept[organisation.pk]
