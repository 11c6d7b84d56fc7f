"""Who may do what: attendance."""

from tests.architecture.permissions.rule import Rule

ROWS: dict[str, Rule] = {}
TEXTS: dict[str, str] = {}
PUBLIC: dict[str, dict[str, str]] = {}
