"""What is expected of an address: the words that the rows of the oracle are written in.

Imports nothing of the project, so that a slip in the rules cannot be repeated here. Addresses hold ids of
organisation A.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.architecture.permissions.personas import LIVE, NOWHERE, a, both

# The address of a form for something new has the id of what it will make; without one it only leads here.
FRESH = "id=2f1c6d0e-5b7a-4c1d-9e3f-8a6b4c2d0e1f"
NEW = f"?{FRESH}"


@dataclass(frozen=True)
class Rule:
    """``get`` and ``post``: who may; both empty for a method that the address does not have.

    ``sees``: who may know of the thing but not do this with it. Everybody else is answered ``others``: 404 as if
    there were nothing, or 403 where the address itself is no secret.
    """

    get: frozenset[str] = frozenset()
    post: frozenset[str] = frozenset()
    sees: frozenset[str] = frozenset()
    others: int = 404
    url: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    data: Mapping[str, Any] | Callable[[Mapping[str, Any]], Mapping[str, Any]] = field(default_factory=dict)
    get_status: int = 200
    post_status: int = 302
    # Permitted, but with nothing to change.
    writes_nothing: frozenset[str] = frozenset()
    # (method, person) → status, where neither of the above fits.
    special: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def asked(self, method: str) -> frozenset[str]:
        return self.get if method == "get" else self.post


def status(rule: Rule, person: str, method: str) -> int:
    if person == "anonymous":
        return 302 if method == "get" else 401
    if person.startswith("pending_"):
        return 302 if method == "get" else 403  # the text is given back
    if (method, person) in rule.special:
        return rule.special[method, person]
    if person in rule.asked(method):
        return rule.get_status if method == "get" else rule.post_status
    if person in rule.get | rule.post:
        return 403 if rule.asked(method) else 405
    return 403 if person in rule.sees else rule.others


def each(personas: frozenset[str], answer: int, *methods: str) -> dict[tuple[str, str], int]:
    return {(method, person): answer for method in methods or ("get", "post") for person in personas}


# --- addresses with no id: each person gets their own page, or is told that it is not for them -------------------
def page(get: str = "", post: str = "", others: int = 403, **more: Any) -> Rule:
    return Rule(get=both(get), post=both(post), others=others, **more)


# --- addresses with the id of something in A -----------------------------------------------------------------
def thing(url: Mapping[str, Any], get: str = "", post: str = "", sees: str = "", **more: Any) -> Rule:
    return Rule(get=a(get), post=a(post), sees=a(sees), url=url, **more)


def for_all(get: frozenset[str] = both(f"{LIVE} {NOWHERE}"), **more: Any) -> Rule:
    """Supplied: readable by everybody who can sign in."""
    return Rule(get=get, **more)
