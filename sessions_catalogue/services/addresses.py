"""Where an organisation's people find a resource."""

from __future__ import annotations

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from sessions_catalogue.models import Resource, ResourceAddress


@transaction.atomic
def set_resource_address(*, organisation: Organisation, resource: Resource, address: str, by: User) -> None:
    """Keep the address; an empty one clears it."""
    if not address:
        removed, _ = ResourceAddress.objects.filter(organisation=organisation, resource=resource).delete()
        if not removed:
            return
    else:
        ResourceAddress.objects.update_or_create(
            organisation=organisation, resource=resource, defaults={"address": address}
        )
    verb = "set resource address" if address else "cleared resource address"
    audit.record(verb, by=by, category=AuditEvent.Category.ORGANISATION, target=resource, organisation=organisation)
