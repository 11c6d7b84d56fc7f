"""Rows and texts of the world: calendar."""

from sessions_catalogue.models import CalendarFeed


def build(side):
    CalendarFeed.objects.create(user=side.people["supervisor"], token_hash=side.mark)
