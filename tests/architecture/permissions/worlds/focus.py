"""Rows and texts of the world: what a supervisor has asked observations to look at."""

from django.utils import timezone

from observations.models import FocusWish


def build(side):
    area, enrolment = side.catalogue["area"], side.rows["enrolment"]

    def wish(text, mentor="mentor", observation=None):
        row = side.own(
            FocusWish,
            enrolment=enrolment,
            mentor=side.people[mentor],
            observation=observation and side.rows[f"observation_{observation}"],
            text=side.canary(text),
            asked_at=timezone.now(),
        )
        row.areas.add(area)

    wish("focustext")
    wish("focusseen", observation="released")
    wish("focusformer", mentor="former_mentor", observation="formerreleased")
