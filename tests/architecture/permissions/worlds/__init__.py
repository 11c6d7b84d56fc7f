"""What each topic adds to both organisations of the world: ``build(side)`` makes its rows and texts."""

from tests.architecture.permissions.worlds import (
    attendance,
    board,
    calendar,
    catalogue,
    changes,
    drafts,
    imports,
    later,
    nominations,
    schedule,
    voices,
    workspace,
)

TOPICS = (
    attendance,
    board,
    calendar,
    catalogue,
    changes,
    drafts,
    imports,
    later,
    nominations,
    schedule,
    voices,
    workspace,
)
