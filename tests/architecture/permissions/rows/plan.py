"""Who may do what: the development plan."""

from tests.architecture.permissions.rule import Rule

ROWS: dict[str, Rule] = {}
TEXTS: dict[str, str] = {}
PUBLIC: dict[str, dict[str, str]] = {}
