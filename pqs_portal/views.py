"""Pages that belong to no app: health, the law's pages, and what happens when a request is refused."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView
from redis import Redis
from redis.exceptions import RedisError

from accounts.middleware import resubmit
from accounts.models import AccountMail
from reminders.models import Delivery

LATE = dt.timedelta(minutes=5)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from an old page: the person gets the text back with a fresh token."""
    # Nothing else changes a token than signing in.
    return resubmit(request, reason="signed_in_since" if reason.endswith("incorrect.") else "csrf", status=403)


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Fails on the database alone; an absent broker or late mail is degraded, since pages work without them."""
    try:
        late = _late_mail()
    except DatabaseError:
        return JsonResponse({"status": "down", "database": "down"}, status=503)
    broker = "ok" if _broker_answers() else "down"
    degraded = broker == "down" or late > 0
    return JsonResponse(
        {"status": "degraded" if degraded else "ok", "database": "ok", "broker": broker, "late_mail": late}
    )


def _late_mail() -> int:
    connection.ensure_connection()
    before = timezone.now() - LATE
    waiting = Delivery.objects.filter(state__in=("queued", "sending"), due_at__lt=before).count()
    return waiting + AccountMail.objects.filter(due_at__lt=before).count()


def _broker_answers() -> bool:
    try:
        # Celery's name for a Unix socket is not the client's.
        url = settings.REDIS_URL.replace("redis+socket://", "unix://", 1)
        return bool(Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1).ping())
    except RedisError:
        return False


@login_not_required
def closed(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Stands in front of allauth's pages that are not offered."""
    raise Http404


@method_decorator(login_not_required, name="dispatch")
class PublicPage(TemplateView):
    """A page for everybody, signed in or not."""
