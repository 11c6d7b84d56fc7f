"""Reading the environment: what is missing or malformed is refused with a hint that says how to mend it."""

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def required(name: str, hint: str) -> str:
    """The variable's text; raises ImproperlyConfigured with ``hint`` when it is missing or empty."""
    value: str = env.str(name, default="").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {hint}")
    return value


def one_of(name: str, allowed: tuple[str, ...], default: str) -> str:
    """The variable's text, which must be one of ``allowed``."""
    value: str = env.str(name, default=default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}; it must be one of: {', '.join(allowed)}.")
    return value
