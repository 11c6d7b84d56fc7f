"""Rows and texts of the world: a board's nudge, of some weeks ago."""

import datetime as dt

from django.utils import timezone

from pathway.models import Nudge


def build(side):
    side.own(
        Nudge,
        enrolment=side.rows["enrolment"],
        about="A step",
        nudged_on=timezone.localdate() - dt.timedelta(days=30),
        made_by=side.people["ld_lead"],
    )
