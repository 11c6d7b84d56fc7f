"""A session's blocks on the clock of one delivery: for the printed sheet and for the big screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sessions_catalogue.models import BlockItem, ScheduledSession, SessionBlock

# What stands large on the screen; the rest of a block is for whoever runs it.
LARGE = frozenset({BlockItem.Kind.QUESTION, BlockItem.Kind.TOOL, BlockItem.Kind.EVIDENCE_CHOICE})
UNLABELLED = frozenset({BlockItem.Kind.EVIDENCE_CHOICE, BlockItem.Kind.FOLLOW_UP})


@dataclass(frozen=True)
class Line:
    item: BlockItem

    @property
    def label(self) -> str:
        return "" if self.item.kind in UNLABELLED else self.item.get_kind_display()

    @property
    def is_large(self) -> bool:
        return self.item.kind in LARGE or self.item.tool_id is not None


@dataclass(frozen=True)
class Block:
    """One block; without ``number`` and times it is before or after the meeting."""

    block: SessionBlock
    lines: Sequence[Line]
    number: int = 0
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None

    @property
    def large(self) -> list[Line]:
        return [line for line in self.lines if line.is_large]

    @property
    def notes(self) -> list[Line]:
        return [line for line in self.lines if not line.is_large]


def run_sheet(scheduled: ScheduledSession, late: int = 0) -> list[Block]:
    """The blocks in order, each where it falls; ``late`` minutes are added where the meeting began later.

    Needs the session's blocks and items; asks for them once.
    """
    rows = scheduled.session.blocks.prefetch_related("items__tool", "items__resource")
    found, at, number = [], scheduled.starts_at + dt.timedelta(minutes=late), 0
    for block in rows:
        lines = [Line(item) for item in block.items.all()]
        if not block.minutes:
            found.append(Block(block, lines))
            continue
        number += 1
        end = at + dt.timedelta(minutes=block.minutes)
        found.append(Block(block, lines, number, at, end))
        at = end
    return found


def timed(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.number]
