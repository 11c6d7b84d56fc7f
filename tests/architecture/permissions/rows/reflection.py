"""Who may do what: the critical reflection and its notebook."""

from tests.architecture.permissions.rule import Rule

ROWS: dict[str, Rule] = {}
TEXTS: dict[str, str] = {}
PUBLIC: dict[str, dict[str, str]] = {}
