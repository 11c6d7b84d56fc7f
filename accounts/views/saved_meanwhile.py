"""The answer to a save that came too late: what is saved now beside what was sent, with what differs marked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.drafts import Fields, Read, as_posted
from accounts.given_back import sent_in_words
from pqs_portal.lib.differences import Pair, pairs
from pqs_portal.lib.drafts import Refused, payload_of
from pqs_portal.lib.posted import posted_fields


def saved_meanwhile(
    request: HttpRequest,
    *,
    saved: Mapping[str, Any],
    read: Read,
    revision: int,
    sent: Mapping[str, Any] | None = None,
    beside: Fields = (),  # type: ignore[assignment]  # read, never changed
    counter: str = "revision",
    without: Collection[str] = (),
    action: str = "",
) -> HttpResponse:
    """Sending again counts from what is saved now. ``saved``: field → what the form of it begins with.

    ``sent``: what was typed, where numbers and times can be typed in several ways; ``beside``: what else is saved by
    now; ``counter``: the field that says from which version was begun; ``without``: fields not to send again.
    """
    fields = [(name, value) for name, value in posted_fields(request.POST) if name not in {counter, *without}]
    theirs = read(as_posted(saved))
    differences: list[Pair] | None
    try:
        differences = pairs(theirs, read(as_posted(sent) if sent is not None else payload_of(request.POST)))
    except Refused:  # too much to compare
        differences = None
    context = {
        "fields": [*fields, (counter, str(revision))],
        "words": sent_in_words(request),
        "current": [*beside, *theirs] if differences is None else list(beside),
        "differences": differences,
        "action": action or request.get_full_path(),
        "reason": "stale",
        "signed_in": True,
    }
    return render(request, "layouts/resubmit.html", context, status=409)
