"""Answers to a save that came too late. Nothing that was sent is lost: it is shown, to compare or to copy."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.given_back import sent_in_words
from accounts.views.saved_meanwhile import saved_meanwhile
from observations.drafts import read_observation
from observations.models import Observation


def changed_meanwhile(request: HttpRequest, current: Observation) -> HttpResponse:
    """Both texts; sending again saves over the version that is there now."""
    texts = ("kind", "with_whom", "asked_beforehand", "observed_on", "mode", "context", "noticed", "strengths")
    saved = {name: getattr(current, name) for name in (*texts, "development_points")}
    return saved_meanwhile(
        request,
        saved=saved | {"areas": [area.pk for area in current.areas.all()]},
        read=read_observation,
        revision=current.version,
        counter="version",
        without=("release", "id"),
        action=reverse("observations:observation_edit", args=[current.pk]),
    )


def already_released(request: HttpRequest, back: str) -> HttpResponse:
    """It is with the supervisor: what was sent can only be copied from here."""
    context = {"fields": sent_in_words(request), "back": back}
    return render(request, "observations/observation_closed.html", context, status=409)
