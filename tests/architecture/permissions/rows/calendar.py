"""Who may do what: calendar."""

from tests.architecture.permissions.personas import LIVE, both
from tests.architecture.permissions.rule import Rule, each, page

# Only the supervisors have an address; everybody else is led to the page that makes one.
WITH_ADDRESS = each(both("supervisor"), 200, "get")
ROWS: dict[str, Rule] = {
    "sessions_catalogue:calendar": page(LIVE),
    "sessions_catalogue:calendar_make": page(LIVE, LIVE, get_status=302, special=WITH_ADDRESS),
    "sessions_catalogue:calendar_end": page(
        LIVE, LIVE, get_status=302, special=WITH_ADDRESS, writes_nothing=both(LIVE) - both("supervisor")
    ),
}
# Nothing is typed for it; what it shows are dates, whose readers the table of texts has.
TEXTS: dict[str, str] = {}
PUBLIC: dict[str, dict[str, str]] = {"sessions_catalogue:calendar_feed": {"token": "made-up"}}
