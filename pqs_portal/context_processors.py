"""What every page's frame shows: where the person can go, what is unread, which organisations they have."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from insights.navigation import navigation_for


def page(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or getattr(request, "organisation", None) is None:
        return {"navigation": [], "unread_notices": 0, "organisations": []}
    frame: Any = SimpleLazyObject(lambda: navigation_for(user, request.organisation, request.path))
    return {
        "navigation": SimpleLazyObject(lambda: frame.items),
        "unread_notices": SimpleLazyObject(lambda: frame.unread),
        "organisations": [membership.organisation for membership in user.live_memberships],
    }
