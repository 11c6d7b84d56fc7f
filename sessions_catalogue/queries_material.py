"""What pages read of resources and of whether their addresses answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Organisation, User
from sessions_catalogue.models import LinkCheck, ProgrammeSession, Resource
from sessions_catalogue.queries import addresses_of


def dead_links(addresses: Iterable[str]) -> dict[str, LinkCheck]:
    """Of the addresses that the page shows anyway, those that do not answer."""
    asked = {address for address in addresses if address}
    if not asked:
        return {}
    return {row.address: row for row in LinkCheck.objects.dead().filter(address__in=asked)}


@dataclass(frozen=True)
class ResourceLine:
    resource: Resource
    # The sessions that name it.
    sessions: list[ProgrammeSession]
    # Where the organisation's people find it: its own before the publisher's; may be empty.
    address: str
    dead: LinkCheck | None


def resource_lines(user: User, organisation: Organisation, *, with_retired: bool) -> list[ResourceLine]:
    """Each resource that the organisation has, and what its people need to know of it."""
    rows = Resource.objects.visible_to(user).of(organisation).with_sessions(organisation)
    resources = [row for row in rows if with_retired or not row.retired_at]
    own = addresses_of(user, organisation)
    addresses = {row.pk: own.get(row.pk, row.address) for row in resources}
    dead = dead_links(addresses.values())
    return [
        ResourceLine(
            resource=row,
            sessions=list(dict.fromkeys(item.block.session for item in row.block_items.all())),
            address=addresses[row.pk],
            dead=dead.get(addresses[row.pk]),
        )
        for row in resources
    ]
