"""The forms of the portfolio that keep what is being typed, named by ``settings.DRAFT_MODULES``.

Each module here offers its own ``DRAFTS``: the form's name → where a person may write with it.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from accounts.drafts import Finder

DRAFTS: Mapping[str, Finder] = {
    name: finder
    for module in iter_modules(__path__)
    for name, finder in import_module(f"{__name__}.{module.name}").DRAFTS.items()
}
