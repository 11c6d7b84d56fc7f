"""Rows and texts of the world: nominations."""

from django.utils import timezone

from pathway.models import Nomination


def build(side):
    """A nominated member, somebody who asked, somebody known by an address only, and somebody with a place."""
    now = timezone.now()
    people, domain = side.people, f"{side.mark.lower()}.example"
    nominated = {"source": "line_manager", "line_manager": people["line_manager"], "made_by": people["line_manager"]}
    agreed = {"time_agreed_at": now, "time_agreed_by": people["line_manager"]}
    side.rows["nomination_waiting"] = side.own(
        Nomination,
        membership=side.rows["membership_outsider"],
        status="waiting",
        typed_name=side.canary("nominee"),
        typed_email=f"nominee@{domain}",
        answer=side.canary("whynoplace"),
        **nominated,
        **agreed,
    )
    side.rows["nomination_unknown"] = side.own(
        Nomination,
        status="waiting",
        typed_name=side.canary("unknownnominee"),
        typed_email=f"unknownnominee@{domain}",
        **nominated,
        **agreed,
    )
    side.rows["nomination_asked"] = side.own(
        Nomination,
        membership=side.rows["membership_panel_member"],
        status="asked",
        source="self",
        line_manager=people["mentor"],
        line_manager_email=f"boss@{domain}",
        made_by=people["panel_member"],
    )
    side.rows["nomination_placed"] = side.own(
        Nomination,
        membership=side.rows["membership_invited"],
        status="placed",
        source="ld_lead",
        cohort=side.rows["draft_cohort"],
        made_by=people["ld_lead"],
        placed_by=people["ld_lead"],
        placed_at=now,
    )
