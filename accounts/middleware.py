"""What is asked of every request: a fresh enough sign-in, an organisation, a second factor where required."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.given_back import sent_in_words
from pqs_portal.lib.posted import posted_fields
from pqs_portal.lib.writer import FILE, GIVEN_BACK, given_back, is_given_back, writer_of

Answer = Callable[[HttpRequest], HttpResponseBase]

SIGNED_IN_AT = "signed_in_at"
TOUCHED_AT = "touched_at"
ORGANISATION = "organisation_id"
TOUCH_EVERY = dt.timedelta(minutes=10)


class SessionAgeMiddleware:
    """Ends a sign-in after 24 hours without use (the cookie's age, renewed here) or 7 days in all."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        now = timezone.now()
        if request.user.is_authenticated:
            signed_in_at = self._time(request, SIGNED_IN_AT)
            if signed_in_at and now - signed_in_at > settings.SESSION_ABSOLUTE_AGE:
                logout(request)
            else:
                self._renew(request, now, first=signed_in_at is None)
        response = self.get_response(request)
        if request.user.is_authenticated and SIGNED_IN_AT not in request.session:
            self._renew(request, now, first=True)
        return response

    @staticmethod
    def _time(request: HttpRequest, key: str) -> dt.datetime | None:
        value = request.session.get(key)
        return dt.datetime.fromisoformat(value) if value else None

    def _renew(self, request: HttpRequest, now: dt.datetime, *, first: bool) -> None:
        """Write the session seldom: each write costs a query and sends the cookie again."""
        touched_at = self._time(request, TOUCHED_AT)
        if first:
            request.session[SIGNED_IN_AT] = now.isoformat()
        if first or touched_at is None or now - touched_at > TOUCH_EVERY:
            request.session[TOUCHED_AT] = now.isoformat()


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Default deny; an anonymous POST gets its text back instead of a redirect that would lose it."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]  # Django only knows the redirect
        if request.method == "POST":
            if request.content_type == "application/json":
                return JsonResponse({"reason": "signed_out"}, status=401)
            return resubmit(request, reason="signed_out", status=401)
        answer: HttpResponse = super().handle_no_permission(request, view_func)
        return answer


class GivenBackMiddleware:
    """Lets "Save again" be pressed once: signing in made the token of the page that gave the words back too old.

    It gets the new one if that page is where the browser says that the POST comes from, and only for whoever the page
    was signed for. Stands before the check of the token, which is made as always.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func: Any, args: Any, kwargs: Any) -> None:
        # No page of another site can say this of itself (Fetch Metadata); where it is not said there is no new token.
        if request.method != "POST" or request.headers.get("Sec-Fetch-Site") != "same-origin":
            return
        if GIVEN_BACK not in request.POST or not request.user.is_authenticated:
            return
        if is_given_back(request.POST, request.user.pk, request.get_full_path()):
            posted = request.POST.copy()
            posted["csrfmiddlewaretoken"] = get_token(request)
            request.POST = posted  # type: ignore[assignment]  # a copy may be changed


class WriterMiddleware:
    """What somebody typed is never saved for the next person who signs in at the same computer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if request.method == "POST" and of_somebody_else(request):
            return resubmit(request, reason="somebody_else", status=403)
        return None


class OrganisationMiddleware:
    """Sets ``request.organisation``: the one chosen, if still a member, else the first; None if there is none."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found = None
        if request.user.is_authenticated:
            mine = [membership.organisation for membership in request.user.live_memberships]
            chosen = request.session.get(ORGANISATION)
            found = next((o for o in mine if str(o.pk) == chosen), mine[0] if mine else None)
        request.organisation = found  # type: ignore[attr-defined]  # what PortalRequest declares
        return self.get_response(request)


class SecondFactorMiddleware:
    """Holds everybody of an organisation that requires a second factor at the set-up page until they have one."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if not request.user.is_authenticated or not getattr(view_func, "login_required", True):
            return None
        required = any(membership.organisation.second_factor_required for membership in request.user.live_memberships)
        if not required or self._open(request):
            return None
        if Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
            return None
        if request.method == "POST":
            return resubmit(request, reason="second_factor", status=403)
        return redirect("mfa_activate_totp")

    @staticmethod
    def _open(request: HttpRequest) -> bool:
        """The set-up page, what it needs, and the way out."""
        match = request.resolver_match
        return match is not None and match.view_name in {
            "mfa_activate_totp",
            "account_reauthenticate",
            "account_logout",
        }


def of_somebody_else(request: HttpRequest) -> bool:
    """Whether the form was drawn for another person than the one who is signed in now."""
    writer = writer_of(request.POST)
    return request.user.is_authenticated and writer is not None and writer.person_id != str(request.user.pk)


def resubmit(request: HttpRequest, *, reason: str, status: int) -> HttpResponse:
    """The page that gives a refused POST its text back, with ways to save it again."""
    writer = writer_of(request.POST)
    files = [(FILE, str(upload.name)) for _, uploads in request.FILES.lists() for upload in uploads]
    fields = posted_fields(request.POST) + files
    context = {
        "fields": fields,
        "words": sent_in_words(request),
        "file_names": [value for name, value in fields if name == FILE],
        "action": request.get_full_path(),
        "reason": "somebody_else" if of_somebody_else(request) else reason,
        "signed_in": request.user.is_authenticated,
        "writer": writer,
        "given_back": given_back(writer, request.get_full_path()) if writer else "",
    }
    return render(request, "layouts/resubmit.html", context, status=status)
