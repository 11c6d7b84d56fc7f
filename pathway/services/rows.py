"""What every service that makes a row does: a double press finds the row it made."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class Refused(Exception):
    """A policy forbids it; the message says why, in words for the person."""


def made_before(model: type[Row], pk: uuid.UUID, organisation_id: uuid.UUID) -> Row | None:
    """The row with the id the form carried, if this organisation made it already."""
    return model._default_manager.filter(pk=pk, organisation=organisation_id).first()


def free_id(model: type[models.Model], pk: uuid.UUID) -> uuid.UUID:
    """The id the form carried, unless somebody else's row has it."""
    return uuid.uuid4() if model._default_manager.filter(pk=pk).exists() else pk
