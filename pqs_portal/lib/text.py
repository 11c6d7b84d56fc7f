"""People's writing: stored as typed, rendered as paragraphs, lists, emphasis and safe links, nothing else."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

ALLOWED_SCHEMES = ("http://", "https://", "mailto:")


def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("zero", {"breaks": True, "html": False})
    renderer.enable(["list", "emphasis", "link", "newline", "escape", "balance_pairs", "fragments_join"])
    renderer.validateLink = lambda url: url.lower().startswith(ALLOWED_SCHEMES)  # type: ignore[method-assign]
    return renderer


_MARKDOWN = _renderer()


def as_typed(text: str) -> str:
    """The text to store: line ends made one kind, NUL refused (PostgreSQL cannot hold it), nothing else touched."""
    if "\x00" in text:
        raise ValidationError("The text holds a character that cannot be saved. Copy it again as plain text.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def render_text(text: str) -> SafeString:
    """HTML of stored text. Raw HTML, images and headings in it stay the characters they are."""
    html: str = _MARKDOWN.render(text)
    return mark_safe(html)  # noqa: S308 -- raw html is off, link schemes are listed


def as_uuid(value: str) -> uuid.UUID | None:
    """A posted id, or None where it is none."""
    try:
        return uuid.UUID(value)
    except ValueError:
        return None
