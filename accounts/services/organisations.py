"""The organisation itself: made on the command line, looked after in the browser."""

from __future__ import annotations

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, Membership, Organisation, Role, User
from accounts.services.people import invite_person

CATEGORY = AuditEvent.Category.ORGANISATION


@transaction.atomic
def create_organisation(
    *, name: str, slug: str, admin_name: str, admin_email: str, is_demo: bool = False
) -> Membership:
    """A new organisation with its first admin invited; raises IntegrityError if the slug is taken."""
    organisation = Organisation.objects.create(name=name, slug=slug, is_demo=is_demo)
    audit.record("created organisation", by=None, category=CATEGORY, target=organisation, organisation=organisation)
    return invite_person(
        organisation=organisation, name=admin_name, email=admin_email, roles=[Role.ORGANISATION_ADMIN], by=None
    )


@transaction.atomic
def update_organisation(*, organisation: Organisation, by: User, **values: str | bool) -> Organisation:
    """Name, contacts and what counts here. ``values`` are names of fields and their new value."""
    changed = [field for field, value in values.items() if getattr(organisation, field) != value]
    for field in changed:
        setattr(organisation, field, values[field])
    if changed:
        organisation.save(update_fields=changed)
        audit.record("changed organisation", by=by, category=CATEGORY, target=organisation, organisation=organisation)
    return organisation


@transaction.atomic
def set_second_factor_required(*, organisation: Organisation, required: bool, by: User) -> Organisation:
    if organisation.second_factor_required != required:
        organisation.second_factor_required = required
        organisation.save(update_fields=["second_factor_required"])
        verb = "required second factor" if required else "stopped requiring second factor"
        audit.record(verb, by=by, category=CATEGORY, target=organisation, organisation=organisation)
    return organisation


@transaction.atomic
def save_organisation(
    *, organisation: Organisation, by: User, second_factor_required: bool, **values: str | bool
) -> Organisation:
    """What the organisation's page holds, in one go."""
    set_second_factor_required(organisation=organisation, required=second_factor_required, by=by)
    return update_organisation(organisation=organisation, by=by, **values)
