"""Rows and texts of the world: voices."""

from django.utils import timezone

from pathway.models import Cohort, Enrolment
from pqs_portal.lib.dates import add_months
from sessions_catalogue.models import PulseTally, PulseTurn, Suggestion


def suggestion(side, name, **fields):
    side.rows[f"suggestion_{name}"] = side.own(
        Suggestion,
        text=side.canary(f"suggestion{name}"),
        answer=side.canary(f"suggestion{name}answer"),
        answered_at=timezone.now(),
        answered_by=side.people["ld_lead"],
        **fields,
    )


def build(side):
    """Half a year ago the other supervisor began in an earlier cohort too; the supervisor made a suggestion, and
    somebody made one without a name, whose answer is published."""
    now, began = timezone.now(), add_months(timezone.localdate(), -6)
    earlier = side.own(
        Cohort, name="Earlier", programme=side.catalogue["programme_supplied"], starts_on=began,
        status="published", published_at=now, published_by=side.people["ld_lead"],
    )  # fmt: skip
    side.rows["pulse_enrolment"] = side.own(
        Enrolment, cohort=earlier, supervisor=side.people["other_supervisor"], starts_on=began
    )
    suggestion(side, "named", theme="time", author=side.people["supervisor"])
    suggestion(side, "unnamed", theme="tools", author=None, status="done", published_at=now)
    side.own(PulseTurn, enrolment=side.rows["enrolment"], moment="midway")
    side.own(PulseTally, cohort=side.rows["cohort"], moment="midway", replies=1)
