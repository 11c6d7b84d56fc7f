"""What every page's frame shows: where the person can go, what is unread, which organisations they have."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pqs_portal.navigation import address_in_navigation, navigation_for, parts_beside, recent_notices
from pqs_portal.standing import standing_of


def page(request: HttpRequest) -> dict[str, Any]:
    """Lazy, so that a page which shows none of it pays for none of it."""
    user = getattr(request, "user", None)
    organisation = getattr(request, "organisation", None)
    if user is None or not user.is_authenticated or organisation is None:
        return {"navigation": [], "unread_notices": 0, "organisations": [], "recent_notices": []}
    return {
        "navigation": SimpleLazyObject(lambda: navigation_for(user, organisation, address_in_navigation(request))),
        "parts": parts_beside(request.resolver_match),
        "unread_notices": SimpleLazyObject(lambda: standing_of(user, organisation).unread),
        "standing": SimpleLazyObject(lambda: standing_of(user, organisation)),
        "recent_notices": SimpleLazyObject(lambda: recent_notices(user, organisation)),
        "organisations": [membership.organisation for membership in user.live_memberships],
    }
