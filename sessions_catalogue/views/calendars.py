"""One's own dates in one's own calendar program: the page that makes the private address, and what stands there."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.views.generic import View

from accounts.permissions import Perm
from accounts.views.base import GuardedPage
from pqs_portal.lib import calendar
from sessions_catalogue import queries_calendar
from sessions_catalogue.models import CalendarFeed
from sessions_catalogue.services import calendars

NAME = "Supervisors’ Pathway"
PROGRAMS = [
    ("Outlook", "In the calendar choose “Add calendar”, then “Subscribe from web”, and paste the address."),
    ("Google Calendar", "On a computer press the plus beside “Other calendars”, choose “From URL”, and paste it."),
    (
        "Apple Calendar",
        "On a Mac choose “File”, “New Calendar Subscription”; on an iPhone open the link under the address.",
    ),
]
# Between the press that makes an address and the page that shows it once.
SHOWN_NEXT = "calendar_address"


class OwnFeed(GuardedPage):
    """Pages about one's own address."""

    permission_required = Perm.SIGNED_IN

    @property
    def feed(self) -> CalendarFeed | None:
        found: CalendarFeed | None = CalendarFeed.objects.visible_to(self.request.user).first()
        return found


class Calendar(OwnFeed):
    template_name = "sessions_catalogue/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        feed = self.feed
        address = self.take_address(feed)
        return super().get_context_data(
            feed=feed, address=address, webcal=f"webcal:{address.partition(':')[2]}", programs=PROGRAMS, **kwargs
        )

    def take_address(self, feed: CalendarFeed | None) -> str:
        """The address that was made a moment ago, this once."""
        token = self.request.session.pop(SHOWN_NEXT, "")
        if not token or feed is None or feed.token_hash != queries_calendar.hashed(token):
            return ""
        return settings.SITE_URL + reverse("sessions_catalogue:calendar_feed", args=[token])


class EndsFeed(OwnFeed):
    """Asks before the address that somebody has ends; without one there is nothing to ask."""

    template_name = "layouts/confirm.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.feed is None:
            return redirect("sessions_catalogue:calendar")
        return super().get(request, *args, **kwargs)


class CalendarMake(EndsFeed):
    """Makes an address, or asks first where that would end the one before."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading="Make a new address?",
            text="The address that you have now ends at once. Calendars that read it get no more changes until you give"
            " them the new one.",
            button="Make a new address",
            cancel_url=reverse("sessions_catalogue:calendar"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Two presses make two addresses, of which the second counts and is the one that is seen.
        request.session[SHOWN_NEXT] = calendars.make_feed(by=self.request.user)
        return redirect("sessions_catalogue:calendar")


class CalendarEnd(EndsFeed):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            heading="End your calendar address?",
            text="Nobody can read your dates there any more. Remove the calendar from your calendar program too: what"
            " it has fetched may stay in it.",
            button="End the address",
            warning=True,
            cancel_url=reverse("sessions_catalogue:calendar"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if calendars.end_feed(by=self.request.user):
            messages.success(request, "Your calendar address has ended")
        return redirect("sessions_catalogue:calendar")


@method_decorator(login_not_required, name="dispatch")
class CalendarFeedFile(View):
    """Public: who holds the address reads the dates.

    Somebody who has left, or may no longer sign in, gets a calendar without dates rather than a 404: programs then
    take the old ones out, while after a 404 they keep them.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        feed = queries_calendar.feed_by_token(token)
        if feed is None:
            raise Http404
        entries = queries_calendar.entries_of(feed.user)
        # Weak: the file also says when it was written, the entries alone decide whether it is fetched anew.
        etag = f'W/"{hashlib.sha256(repr(entries).encode(errors="replace")).hexdigest()[:32]}"'
        answer = HttpResponse(
            calendar.feed(entries, name=NAME, now=timezone.now()),
            content_type=calendar.CONTENT_TYPE,
            headers={"ETag": etag, "Content-Disposition": 'inline; filename="supervisors-pathway.ics"'},
        )
        return get_conditional_response(request, etag=etag, response=answer) or answer
