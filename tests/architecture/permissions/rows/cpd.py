"""Who may do what: records for a regulator."""

from tests.architecture.permissions.rule import Rule

ROWS: dict[str, Rule] = {}
TEXTS: dict[str, str] = {}
PUBLIC: dict[str, dict[str, str]] = {}
