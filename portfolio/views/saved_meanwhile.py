"""The answer to a save that came too late: what is saved now beside what was sent."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.given_back import sent_in_words
from pqs_portal.lib.posted import posted_fields


def saved_meanwhile(
    request: HttpRequest, *, revision: int, current: Sequence[tuple[str, str]], action: str = ""
) -> HttpResponse:
    """Sending again counts from what is saved now. ``current``: (label, text) of what is saved."""
    sent = [(name, value) for name, value in posted_fields(request.POST) if name != "revision"]
    context = {
        "fields": [*sent, ("revision", str(revision))],
        "words": sent_in_words(request),
        "current": list(current),
        "action": action or request.get_full_path(),
        "reason": "stale",
        "signed_in": True,
    }
    return render(request, "layouts/resubmit.html", context, status=409)
