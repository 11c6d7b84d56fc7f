"""What was saved meanwhile beside what was sent, for the forms of the workspace."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.given_back import sent_in_words
from pqs_portal.lib.posted import posted_fields


def both_texts(request: HttpRequest, *, saved: list[tuple[str, str]], revision: int, action: str) -> HttpResponse:
    """Both on the one page for it; sending again to ``action`` counts from what is saved now."""
    sent = [(name, str(revision) if name == "revision" else value) for name, value in posted_fields(request.POST)]
    context = {
        "fields": sent,
        "words": sent_in_words(request),
        "current": saved,
        "action": action,
        "reason": "stale",
        "signed_in": True,
        "file_names": [],
    }
    return render(request, "layouts/resubmit.html", context, status=409)
