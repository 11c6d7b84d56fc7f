"""Who may do what: what the pieces say about the areas."""

from tests.architecture.permissions.rule import Rule

ROWS: dict[str, Rule] = {}
TEXTS: dict[str, str] = {}
PUBLIC: dict[str, dict[str, str]] = {}
