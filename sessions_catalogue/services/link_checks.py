"""The weekly look at the addresses of resources: which of them answer.

An address counts as dead when two looks in a row, at least a day apart, found nothing: a server may be away for an
hour. Who does not let the portal look, and what lies inside a network, is not called dead.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from functools import partial

from django.conf import settings

from pqs_portal.lib import links
from sessions_catalogue.models import LinkCheck, Resource, ResourceAddress

WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)
MOST = 25  # addresses in one run
SECONDS = 120.0  # after which a run begins no further look

GONE = {404, 410}
# The portal did not ask, so nothing is known.
NOT_ASKED = {
    "The address points inside a network, so it is not checked.",
    "The address is not written as web addresses are.",
    "The address holds a user name or password. Take it out.",
    "The address names a port that websites do not use.",
}

Ask = Callable[[str], links.LinkResult]


def check_links(*, now: dt.datetime) -> int | None:
    """What the task and the command do; None where the installation has it switched off."""
    if not settings.LINK_CHECK:
        return None
    return check_due(now=now, ask=partial(links.check, resolve=links.by_dns))


def check_due(*, now: dt.datetime, ask: Ask, most: int = MOST, seconds: float = SECONDS) -> int:
    """Look at the addresses whose turn it is, those never looked at first; says how many. Each is saved at once."""
    ends_at = time.monotonic() + seconds
    wanted = addresses()
    LinkCheck.objects.exclude(address__in=wanted).delete()
    done = 0
    for address in due(wanted, now)[:most]:
        if time.monotonic() >= ends_at:
            break
        record(address, ask(address), now)
        done += 1
    return done


def addresses() -> set[str]:
    """Of resources, and where organisations find them."""
    published = Resource.objects.exclude(address="").values_list("address", flat=True)
    return {*published, *ResourceAddress.objects.values_list("address", flat=True)}


def due(wanted: set[str], now: dt.datetime) -> list[str]:
    """A week after the last look; the day after one that found nothing for the first time."""
    looked_at = {row.address: row for row in LinkCheck.objects.filter(address__in=wanted)}

    def is_due(address: str) -> bool:
        row = looked_at.get(address)
        if row is None:
            return True
        is_doubtful = row.dead_since is not None and not row.is_dead
        return bool(row.checked_at <= now - (DAY if is_doubtful else WEEK))

    def last(address: str) -> tuple[bool, dt.datetime, str]:
        row = looked_at.get(address)
        return row is not None, row.checked_at if row else now, address

    return sorted(filter(is_due, wanted), key=last)


def found_nothing(result: links.LinkResult) -> bool:
    """Gone, broken or out of reach: not merely closed to the portal."""
    if result.ok or result.problem in NOT_ASKED:
        return False
    return result.status is None or result.status in GONE or result.status >= 500 or result.status < 400


def record(address: str, result: links.LinkResult, now: dt.datetime) -> LinkCheck:
    row = LinkCheck.objects.filter(address=address).first()
    dead_since = ((row.dead_since if row else None) or now) if found_nothing(result) else None
    saved, _ = LinkCheck.objects.update_or_create(
        address=address,
        defaults={
            "checked_at": now,
            "status": result.status,
            "problem": result.problem[:200],
            "dead_since": dead_since,
            "is_dead": dead_since is not None and now - dead_since >= DAY,
        },
    )
    return saved
