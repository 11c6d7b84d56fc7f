"""What a refused POST held, safe to show and to post again."""

from __future__ import annotations

from django.http import QueryDict

# Secrets are never echoed, and the token is made anew.
NEVER_SHOWN = ("password", "csrfmiddlewaretoken", "code", "token", "secret")


def posted_fields(posted: QueryDict) -> list[tuple[str, str]]:
    """Every (name, value) in the order typed, without passwords, codes and tokens."""
    return [
        (name, str(value))
        for name, values in posted.lists()
        for value in values
        if not any(word in name.lower() for word in NEVER_SHOWN)
    ]
