"""What every service needs that makes or changes a row: ids that are free, and saves that came in between."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models


def is_taken(model: type[models.Model], pk: uuid.UUID) -> bool:
    """Whether anybody's row has the id. Whose it is, and what it says, is not told."""
    return model._base_manager.filter(pk=pk).exists()


class SavedMeanwhile(Exception):
    """Other words were saved first, by somebody else or in another window. Nothing has been saved.

    ``current`` is the row as it is now; None if it was taken away.
    """

    def __init__(self, current: Any) -> None:
        super().__init__("saved in between")
        self.current = current


def says_all(row: Any, fields: Mapping[str, Any]) -> bool:
    """Whether ``row`` says all of ``fields`` already."""
    return all(getattr(row, name) == value for name, value in fields.items())


def save_over(row: Any, *, revision: int, fields: Mapping[str, Any]) -> bool:
    """Write ``fields`` on the locked ``row``, begun from ``revision`` of it; False if it says all that already.

    Raises SavedMeanwhile.
    """
    if says_all(row, fields):
        return False
    if row.revision != revision:
        raise SavedMeanwhile(row)
    for name, value in fields.items():
        setattr(row, name, value)
    row.revision += 1
    row.save()
    return True
