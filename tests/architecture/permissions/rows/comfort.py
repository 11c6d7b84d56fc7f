"""Who may do what: how pages read to oneself. Everybody who is signed in, each for themselves."""

from tests.architecture.permissions.personas import LIVE, NOWHERE
from tests.architecture.permissions.rule import Rule, page

CHOSEN = {"font": "serif", "text_size": "large", "spacing": "wide", "tint": "blue"}
ROWS: dict[str, Rule] = {"accounts:comfort": page(f"{LIVE} {NOWHERE}", f"{LIVE} {NOWHERE}", data=CHOSEN)}
TEXTS: dict[str, str] = {}
PUBLIC: dict[str, dict[str, str]] = {}
