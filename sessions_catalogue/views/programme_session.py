"""The twelve sessions to read, on a phone and on paper."""

from __future__ import annotations

import uuid
from itertools import groupby
from typing import Any

from accounts.views.base import GuardedPage
from sessions_catalogue import queries
from sessions_catalogue.models import BlockItem, ProgrammeSession
from sessions_catalogue.permissions import Perm

# What the days of the short form are called; a further day has a number only.
DAY_WORDS = {1: "Foundations", 2: "Relational", 3: "Enabling good practice"}

# What the block's heading says already.
WITHOUT_LABEL = frozenset({BlockItem.Kind.EVIDENCE_CHOICE, BlockItem.Kind.FOLLOW_UP})


class SessionList(GuardedPage):
    permission_required = Perm.READ_CATALOGUE
    template_name = "sessions_catalogue/session_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        sessions = ProgrammeSession.objects.visible_to(user).supplied().select_related("area")
        own = queries.next_sessions(user)
        lines = [{"session": session, "own": own.get(session.number)} for session in sessions]
        days = [
            {"number": day, "words": DAY_WORDS.get(day, ""), "lines": list(its_lines)}
            for day, its_lines in groupby(lines, key=lambda line: line["session"].day)
        ]
        return super().get_context_data(days=days, has_dates=bool(own), **kwargs)


class SessionPage(GuardedPage):
    permission_required = Perm.READ_CATALOGUE
    template_name = "sessions_catalogue/session.html"

    def load(self) -> ProgrammeSession:
        found: ProgrammeSession = self.visible(
            ProgrammeSession.objects.supplied().whole(), number=self.kwargs["number"]
        )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            session=self.target,
            blocks=_blocks(self.target, queries.addresses_of(user, self.request.organisation)),
            statements=self.target.area.statements.all() if self.target.area else [],
            own=queries.next_sessions(user).get(self.target.number),
            can_log=queries.is_supervisor(user, self.request.organisation),
            can_keep_addresses=user.has_perm(Perm.KEEP_ADDRESSES, self.request.organisation),
            **self._neighbours(),
            **kwargs,
        )

    def _neighbours(self) -> dict[str, ProgrammeSession | None]:
        sessions = ProgrammeSession.objects.visible_to(self.request.user).supplied()
        near = sessions.filter(number__in=(self.target.number - 1, self.target.number + 1))
        found = {session.number: session for session in near}
        return {"previous": found.get(self.target.number - 1), "next": found.get(self.target.number + 1)}


def _blocks(session: ProgrammeSession, addresses: dict[uuid.UUID, str]) -> list[dict[str, Any]]:
    """Blocks with their items; each item knows the address of its resource (the organisation's own first).

    A tool is described where it comes first; afterwards its name is enough.
    """
    described: set[uuid.UUID] = set()
    found = []
    for block in session.blocks.all():
        lines = []
        for item in block.items.all():
            address = addresses.get(item.resource.pk, item.resource.address) if item.resource else ""
            lines.append(
                {
                    "item": item,
                    "label": "" if item.kind in WITHOUT_LABEL else item.get_kind_display(),
                    "address": address,
                    "describe": item.tool_id not in described,
                }
            )
            described |= {item.tool_id} if item.tool_id else set()
        found.append({"block": block, "lines": lines})
    return found
