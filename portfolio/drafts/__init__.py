"""The forms of the portfolio that keep what is being typed, named by ``settings.DRAFT_MODULES``.

Each module here offers its own ``DRAFTS``: the form's name → where a person may write with it, and its
``WINDOWS``: models and the forms that show their words. ``CLOSED`` is about those that are closed meanwhile.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules

from django.db.models import Model

from accounts.drafts import Finder, Windows
from portfolio.drafts.closed import CLOSED

__all__ = ["CLOSED", "DRAFTS", "WINDOWS"]

MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
DRAFTS: Mapping[str, Finder] = {name: finder for module in MODULES for name, finder in module.DRAFTS.items()}
WINDOWS: Sequence[tuple[type[Model], Windows]] = [pair for module in MODULES for pair in module.WINDOWS]
