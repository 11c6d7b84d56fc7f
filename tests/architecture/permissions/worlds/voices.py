"""Rows and texts of the world: voices."""

from django.utils import timezone

from pathway.models import Cohort, Enrolment
from pqs_portal.lib.dates import add_months


def build(side):
    """Half a year ago the other supervisor began in an earlier cohort too."""
    now, began = timezone.now(), add_months(timezone.localdate(), -6)
    earlier = side.own(
        Cohort, name="Earlier", programme=side.catalogue["programme_supplied"], starts_on=began,
        status="published", published_at=now, published_by=side.people["ld_lead"],
    )  # fmt: skip
    side.rows["pulse_enrolment"] = side.own(
        Enrolment, cohort=earlier, supervisor=side.people["other_supervisor"], starts_on=began
    )
