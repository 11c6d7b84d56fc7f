"""What makes something new, whatever it is, needs to know of the id it was given."""

from __future__ import annotations

import uuid

from django.db import models


def is_taken(model: type[models.Model], pk: uuid.UUID) -> bool:
    """Whether anybody's row has the id. Whose it is, and what it says, is not told."""
    return model._base_manager.filter(pk=pk).exists()
