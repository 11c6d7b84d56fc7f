"""What tests about nominations post and make."""

import uuid

from django.urls import reverse

from tests.factories.pathway import NominationFactory

MINE = "/nominations/mine/"
LIST = "/nominations/"


def url_of(name, row=None):
    return reverse(f"pathway:nomination_{name}", args=[row.pk] if row else [])


def nominated(email, **more):
    return {"id": uuid.uuid4(), "name": "Nadia New", "email": email, "agrees": "on", **more}


def waiting(world, **fields):
    return NominationFactory(organisation=world.organisation, **fields)


def asked(world, **fields):
    fields = {"line_manager": world.line_manager, "line_manager_email": world.line_manager.email, **fields}
    nothing = {"time_agreed_at": None, "time_agreed_by": None, "typed_name": "", "typed_email": ""}
    return waiting(world, source="self", status="asked", **nothing, **fields)


def placing(cohort, **more):
    return {"cohort": cohort.pk, "taking_part_as": "", **more}
