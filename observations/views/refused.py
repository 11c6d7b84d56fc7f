"""Answers to a save that came too late. Nothing that was sent is lost: it is shown, to compare or to copy."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.given_back import sent_in_words
from observations.models import Observation
from pqs_portal.lib.posted import posted_fields
from pqs_portal.templatetags.portal import short_date


def changed_meanwhile(request: HttpRequest, current: Observation) -> HttpResponse:
    """Both texts; sending again saves over the version that is there now."""
    sent = [(name, value) for name, value in posted_fields(request.POST) if name not in {"version", "release", "id"}]
    context = {
        "fields": [*sent, ("version", str(current.version))],
        "words": sent_in_words(request),
        "current": saved_fields(current),
        "action": reverse("observations:observation_edit", args=[current.pk]),
        "reason": "stale",
        "signed_in": True,
    }
    return render(request, "layouts/resubmit.html", context, status=409)


def saved_fields(current: Observation) -> list[tuple[str, str]]:
    """What is saved now, under the words of the form."""
    return [
        ("kind", current.get_kind_display()),
        ("with whom", current.with_whom),
        ("asked beforehand", "Yes" if current.asked_beforehand else "No"),
        ("observed on", short_date(current.observed_on)),
        ("mode", current.get_mode_display()),
        ("context", current.context),
        ("noticed", current.noticed),
        ("strengths", current.strengths),
        ("development points", current.development_points),
        ("areas", ", ".join(str(area) for area in current.areas.all())),
    ]


def already_released(request: HttpRequest, back: str) -> HttpResponse:
    """It is with the supervisor: what was sent can only be copied from here."""
    context = {"fields": sent_in_words(request), "back": back}
    return render(request, "observations/observation_closed.html", context, status=409)
