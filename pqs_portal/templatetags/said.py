"""The banner that says what has just happened: at the top of a page, or beside the thing that it is about."""

from typing import Any

from django import template
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pqs_portal.lib.said import not_shown, said_about

register = template.Library()


@register.simple_block_tag(takes_context=True)
def with_messages(context: template.Context, content: SafeString) -> SafeString:
    """Put before what the page says at its things, which are therefore rendered first."""
    return format_html("{}{}", _banner(not_shown(context.get("request"), context.get("messages") or [])), content)


@register.simple_tag(takes_context=True)
def said_at(context: template.Context, *parts: Any) -> SafeString:
    """The anchor, in parts, of the thing that this stands in."""
    request = getattr(context, "request", None)  # an include with "only" keeps it
    return _banner(said_about(request, "".join(str(part) for part in parts)) if request else [], is_inside=True)


def _banner(said: Any, *, is_inside: bool = False) -> SafeString:
    found: list[Message] = list(said)
    if not found:
        return SafeString()
    return render_to_string(
        "components/messages.html",
        {
            "messages": found,
            "is_inside": is_inside,
            "has_problem_message": any(message.level >= messages.WARNING for message in found),
            "has_done_message": any(message.level == messages.SUCCESS for message in found),
        },
    )
