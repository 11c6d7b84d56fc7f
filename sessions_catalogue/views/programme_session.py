"""The sessions to read, on a phone and on paper: the twelve that are supplied, and an organisation's own."""

from __future__ import annotations

import uuid
from itertools import groupby
from typing import Any

from accounts.views.base import GuardedPage
from sessions_catalogue import queries, queries_material
from sessions_catalogue.models import BlockItem, LinkCheck, ProgrammeSession, ScheduledSession
from sessions_catalogue.permissions import Perm
from sessions_catalogue.queries_own import beside

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
        dates = queries.next_sessions(user)
        lines = [{"session": session, "own": _date_of(session, dates)} for session in sessions]
        days = [
            {"number": day, "words": DAY_WORDS.get(day, ""), "lines": list(its_lines)}
            for day, its_lines in groupby(lines, key=lambda line: line["session"].day)
        ]
        can_keep = user.has_perm(Perm.KEEP_CATALOGUE, self.target)
        ours = ProgrammeSession.objects.visible_to(user).own_of(self.target).select_related("area")
        own_lines = [
            {"session": session, "own": _date_of(session, dates)}
            for session in ours
            if can_keep or not session.retired_at
        ]
        return super().get_context_data(
            days=days, own_lines=own_lines, has_dates=bool(dates), can_keep=can_keep, **kwargs
        )


def _date_of(session: ProgrammeSession, dates: dict[int, ScheduledSession]) -> ScheduledSession | None:
    """The person's own delivery, where it is of this session in whichever version."""
    found = dates.get(session.number)
    return found if found and found.session.organisation_id == session.organisation_id else None


class SessionPage(GuardedPage):
    permission_required = Perm.READ_CATALOGUE
    template_name = "sessions_catalogue/session.html"

    def load(self) -> ProgrammeSession:
        found: ProgrammeSession = self.visible(
            ProgrammeSession.objects.supplied().whole(), number=self.kwargs["number"]
        )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, organisation = self.request.user, self.request.organisation
        addresses = queries.addresses_of(user, self.target.organisation or organisation)
        blocks = _blocks(self.target, addresses)
        return super().get_context_data(
            session=self.target,
            blocks=blocks,
            minutes=sum(block["block"].minutes or 0 for block in blocks),
            statements=self.target.area.statements.all() if self.target.area else [],
            own=queries.next_sessions(user).get(self.target.number),
            can_log=queries.is_supervisor(user, organisation),
            can_keep_addresses=user.has_perm(Perm.KEEP_ADDRESSES, organisation),
            can_copy=user.has_perm(Perm.KEEP_CATALOGUE, organisation),
            beside=beside(user, self.target, organisation),
            **kwargs,
        )


class OwnSessionPage(SessionPage):
    """An organisation's own session, in the version that the address names."""

    def load(self) -> ProgrammeSession:
        sessions = ProgrammeSession.objects.whole().with_use().select_related("organisation")
        found: ProgrammeSession = self.visible(sessions, pk=self.kwargs["pk"], organisation__isnull=False)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        can_keep = self.request.user.has_perm(Perm.KEEP_CATALOGUE, self.target)
        return super().get_context_data(can_keep=can_keep, **kwargs)


def _blocks(session: ProgrammeSession, addresses: dict[uuid.UUID, str]) -> list[dict[str, Any]]:
    """Blocks with their items; each item knows the address of its resource (the organisation's own first).

    A tool is described where it comes first; afterwards its name is enough. A block of one's own in which nothing
    stands is left out.
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
        if lines or block.minutes:
            found.append({"block": block, "lines": lines})
    _mark_dead(found)
    return found


def _mark_dead(blocks: list[dict[str, Any]]) -> None:
    """Each line knows whether its address did not answer."""
    lines = [line for block in blocks for line in block["lines"]]
    dead: dict[str, LinkCheck] = queries_material.dead_links(line["address"] for line in lines)
    for line in lines:
        line["dead"] = dead.get(line["address"])
