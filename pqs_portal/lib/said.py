"""What has just happened, said beside the thing that it happened to.

A page that is opened at an anchor is scrolled past the banner at its top. Words about one thing of a page are
therefore shown at that thing, by the tag ``said_at`` with the anchor; where the page does not show it, at the top.
"""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

AT = "at:"


def say_at(request: HttpRequest, anchor: str, words: str, *, level: int = messages.SUCCESS) -> None:
    messages.add_message(request, level, words, extra_tags=AT + anchor)


def said_about(request: HttpRequest, anchor: str) -> list[Message]:
    """They count as shown from now on."""
    found = [message for message in messages.get_messages(request) if message.extra_tags == AT + anchor]
    if found:
        _shown(request).add(anchor)
    return found


def not_shown(request: HttpRequest | None, said: Iterable[Message]) -> Iterator[Message]:
    shown = {AT + anchor for anchor in _shown(request)} if request else set()
    return (message for message in said if message.extra_tags not in shown)


def _shown(request: HttpRequest) -> set[str]:
    found: set[str] = request.__dict__.setdefault("said_at", set())
    return found
