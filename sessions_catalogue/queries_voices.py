"""What everybody reads of suggestions: the answers by theme, never the suggestions."""

from __future__ import annotations

from itertools import groupby

from accounts.models import Organisation, User
from sessions_catalogue.models import Suggestion

MOST = 200
ORDER = list(Suggestion.Theme)


def published_answers(user: User, organisation: Organisation) -> list[tuple[Suggestion.Theme, list[Suggestion]]]:
    """By theme, the newest first; the suggestion's words stay in the database."""
    rows = Suggestion.objects.published(user).filter(organisation=organisation)
    newest = rows.only("theme", "status", "answer").order_by("-published_at", "pk")[:MOST]
    by_theme = sorted(newest, key=lambda row: ORDER.index(Suggestion.Theme(row.theme)))
    return [(Suggestion.Theme(theme), list(found)) for theme, found in groupby(by_theme, key=lambda row: row.theme)]
