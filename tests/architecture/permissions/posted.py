"""What is posted: for each form, data that are valid. Imports nothing of the project."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

TODAY = dt.date.today()  # noqa: DTZ011 -- the portal's day is that of the process, which Django sets to London
SOON = TODAY + dt.timedelta(days=9)


def day(name: str, on: dt.date = TODAY) -> dict[str, int]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("notes.txt", b"Nothing in particular.", content_type="text/plain")


def new() -> dict[str, str]:
    return {"id": str(uuid.uuid4())}


def step(ids: Mapping[str, Any]) -> dict[str, Any]:
    return {**day("done_on"), "took_part": "Both", "note": "Done", "file": upload()}


def piece(**more: Any) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    def data(ids: Mapping[str, Any]) -> dict[str, Any]:
        filled = {"title": "A title", "body": "What happened", **day("happened_on"), "attachments": upload()}
        return {**filled, "areas": [str(ids["area"].pk)], "why_1": "It fits", **more}

    return data


def sharing(audience: str) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    filled = {"audience": audience, "nobody_recognisable": "on", "version": 3, "why_1": "It fits"}
    return lambda ids: {**filled, "shown": ids["user_mentor"].pk}


def companions(ids: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": "pathway",
        **day("starts_on"),
        "mentor": ids["user_former_admin"].pk,
        "is_registered": "on",
        "has_two_years": "on",
        "line_manager": ids["user_senior_leader"].pk,
    }


OBSERVED = {
    "kind": "formative", "mode": "in_person", "with_whom": "Worker B", "asked_beforehand": "on", "context": "c",
    "noticed": "n", "strengths": "s", "development_points": "", **day("observed_on"),
}  # fmt: skip
BOOKED = {"kind": "direct", "mode": "in_person", "planned_time": "10:00", **day("planned_on", SOON)}
MILESTONE = {
    "title": "A step", "start_month": 0, "due_month": 3, "minimum": 1, "waiting_on": "mentor", "level": "person",
    "importance": "key_point",
}  # fmt: skip
# The date may be a weekend: that has been looked at.
SCHEDULED = {
    **day("held_on", SOON), "starts_at": "10:00", "minutes": 90, "mode": "online", "format": "mixed", "places": 12,
    "revision": 1, "checked": f"Move to {SOON:%A} {SOON.day} {SOON:%B %Y}, 10:00",
}  # fmt: skip
LAY_OUT = {
    "shape": "monthly", **day("first_on", SOON), "starts_at": "10:00", "break_minutes": 10, "lunch_minutes": 60
}  # fmt: skip
ORGANISATION = {"name": "Another name", "help_name": "Help"}
