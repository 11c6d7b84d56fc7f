"""An organisation's own sessions: adapted from a supplied one or written anew, in versions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from accounts.services.rows import SavedMeanwhile, save_over, says_all
from accounts.services.working_copies import Typed, drop_copy
from pathway.models import Area
from pathway.services.rows import Refused, free_id, made_before
from sessions_catalogue.models import BlockItem, ProgrammeSession, Resource, SessionBlock, Tool
from sessions_catalogue.querysets import SERIES

ORGANISATION = AuditEvent.Category.ORGANISATION
A_DAY = 4  # sessions in each day of the short form

FROZEN = "A cohort has a date for this version now. Make a new version to change it"
SUPERSEDED = "There is a newer version of this session. Change that one"


@dataclass(frozen=True)
class Content:
    """What stands over the blocks of a session."""

    title: str
    overview: str
    area: Area | None
    aims: list[str]


@dataclass(frozen=True)
class Item:
    kind: str
    text: str
    resource: Resource | None = None
    tool: Tool | None = None
    extract: str = ""


def refuse_if_frozen(session: ProgrammeSession) -> None:
    """A version that a running or closed cohort has a date for stays as it is, and so does one with a successor."""
    row = ProgrammeSession.objects.with_use().get(pk=session.pk)
    if row.organisation_id is None:
        raise Refused("This session is supplied. Copy it to adapt it")
    if not row.is_newest:
        raise Refused(SUPERSEDED)
    if row.is_frozen:
        raise Refused(FROZEN)


def _locked(session: ProgrammeSession) -> ProgrammeSession:
    """As it is now: one change of the session at a time."""
    row: ProgrammeSession = ProgrammeSession.objects.select_for_update().get(pk=session.pk)
    refuse_if_frozen(row)
    return row


def _newest(organisation: Organisation, session: ProgrammeSession) -> ProgrammeSession | None:
    """What the organisation has of the session; nobody else writes another one until the transaction ends."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    own = ProgrammeSession.objects.own_of(organisation).filter(series=session.series, number=session.number)
    found: ProgrammeSession | None = own.first()
    return found


@transaction.atomic
def copy_session(*, session: ProgrammeSession, organisation: Organisation, by: User) -> tuple[ProgrammeSession, bool]:
    """The organisation's own copy of a supplied session, and whether it was made just now: there is only one."""
    before = _newest(organisation, session)
    if before:
        return before, False
    copy = _written_again(session, organisation=organisation, version=1, copied_from=session)
    audit.record("copied session", by=by, category=ORGANISATION, target=copy)
    return copy, True


@transaction.atomic
def next_version(*, session: ProgrammeSession, by: User) -> ProgrammeSession:
    """The version after ``session``; where there is one already, that one."""
    if session.organisation is None:
        raise Refused("This session is supplied. Copy it to adapt it")
    newest = _newest(session.organisation, session)
    if newest is None or newest.pk != session.pk:
        return newest or session
    made = _written_again(
        session, organisation=session.organisation, version=session.version + 1, copied_from=session.copied_from
    )
    audit.record("made version of session", by=by, category=ORGANISATION, target=made)
    return made


def _written_again(session: ProgrammeSession, **other: Any) -> ProgrammeSession:
    """A copy with all blocks and items, with ``other`` values where they are given."""
    made: ProgrammeSession = _twin(session, **other)
    made.save(force_insert=True)
    blocks = {block: _twin(block, session=made) for block in session.blocks.prefetch_related("items")}
    SessionBlock.objects.bulk_create(blocks.values())
    BlockItem.objects.bulk_create(
        _twin(item, block=twin) for block, twin in blocks.items() for item in block.items.all()
    )
    return made


def _twin(row: Any, **other: Any) -> Any:
    """A new row with the same values."""
    fields = [field for field in row._meta.concrete_fields if field.name not in {"id", "revision", *other}]
    return type(row)(**{field.attname: getattr(row, field.attname) for field in fields}, **other)


@transaction.atomic
def write_session(
    *,
    pk: uuid.UUID,
    organisation: Organisation,
    content: Content,
    minutes: Mapping[str, int | None],
    by: User,
    revision: int = 0,
    typed: Typed | None = None,
) -> ProgrammeSession:
    """A session of the organisation's own, with its six blocks and nothing in them yet. ``minutes`` by block kind.

    The same id and content again give the same session, other content changes the one that was looked at as it is at
    ``revision``. Raises Refused, SavedMeanwhile or UnseenCopy.
    """
    drop_copy(author=by, typed=typed)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = made_before(ProgrammeSession, pk, organisation.pk)
    if before:
        return _written_before(before, content, minutes, revision=revision, by=by)
    number = _free_number(organisation)
    session = ProgrammeSession.objects.create(
        pk=free_id(ProgrammeSession, pk),
        series=SERIES,
        organisation=organisation,
        number=number,
        slug=slugify(content.title)[:100] or f"session-{number}",
        day=(number - 1) // A_DAY + 1,
        title=content.title,
        overview=content.overview,
        area=content.area,
        aims=content.aims,
    )
    SessionBlock.objects.bulk_create(
        SessionBlock(session=session, position=position, kind=kind, minutes=minutes.get(kind))
        for position, kind in enumerate(SessionBlock.Kind, start=1)
    )
    audit.record("wrote session", by=by, category=ORGANISATION, target=session)
    return session


def _written_before(
    session: ProgrammeSession, content: Content, minutes: Mapping[str, int | None], *, revision: int, by: User
) -> ProgrammeSession:
    """What the same form made. It has one revision, that of the content, and its minutes go with that."""
    blocks = session.blocks.filter(kind__in=minutes)
    if says_all(session, vars(content)) and all(block.minutes == minutes[block.kind] for block in blocks):
        return session
    row = _locked(session)
    if row.revision != revision:
        raise SavedMeanwhile(row)
    for block in row.blocks.filter(kind__in=minutes):
        time = minutes[block.kind]
        change_block(block=block, minutes=time, label_note=block.label_note, revision=block.revision, by=by)
    change_content(session=row, content=content, revision=revision, by=by)
    return row


def _free_number(organisation: Organisation) -> int:
    """After the supplied ones and the organisation's own, so that a number says which session is meant."""
    taken = ProgrammeSession.objects.filter(models.Q(organisation=None) | models.Q(organisation=organisation))
    last: int | None = taken.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def change_content(
    *, session: ProgrammeSession, content: Content, revision: int, by: User, typed: Typed | None = None
) -> None:
    """``revision`` is what ``by`` began from. Raises Refused, SavedMeanwhile or UnseenCopy."""
    drop_copy(author=by, typed=typed)
    if save_over(_locked(session), revision=revision, fields=vars(content)):
        audit.record("changed session", by=by, category=ORGANISATION, target=session)


@transaction.atomic
def change_block(
    *, block: SessionBlock, minutes: int | None, label_note: str, revision: int, by: User, typed: Typed | None = None
) -> None:
    """``revision`` is what ``by`` began from. Raises Refused, SavedMeanwhile or UnseenCopy."""
    drop_copy(author=by, typed=typed)
    session = _locked(block.session)
    fields = {"minutes": minutes, "label_note": label_note}
    if save_over(SessionBlock.objects.get(pk=block.pk), revision=revision, fields=fields):
        audit.record("changed session", by=by, category=ORGANISATION, target=session)


@transaction.atomic
def add_item(
    *, pk: uuid.UUID, block: SessionBlock, item: Item, by: User, revision: int = 0, typed: Typed | None = None
) -> BlockItem:
    """After the last one of its block. The same id and words again give the same item, others change the one that was
    looked at as it is at ``revision``. Raises Refused, SavedMeanwhile or UnseenCopy."""
    drop_copy(author=by, typed=typed)
    before: BlockItem | None = BlockItem.with_removed.filter(pk=pk, block__session=block.session).first()
    if before:
        if not says_all(before, vars(item)):
            change_item(row=before, item=item, revision=revision, by=by)
        return before
    _locked(block.session)
    row: BlockItem = BlockItem.objects.create(
        pk=free_id(BlockItem, pk), block=block, position=_last_position(block) + 1, **vars(item)
    )
    audit.record("changed session", by=by, category=ORGANISATION, target=block.session)
    return row


def _last_position(block: SessionBlock) -> int:
    return BlockItem.with_removed.filter(block=block).aggregate(last=Max("position"))["last"] or 0


@transaction.atomic
def change_item(*, row: BlockItem, item: Item, revision: int, by: User, typed: Typed | None = None) -> None:
    """``revision`` is what ``by`` began from. Raises Refused, SavedMeanwhile or UnseenCopy."""
    drop_copy(author=by, typed=typed)
    session = _locked(row.block.session)
    if save_over(BlockItem.with_removed.get(pk=row.pk), revision=revision, fields=vars(item)):
        audit.record("changed session", by=by, category=ORGANISATION, target=session)


@transaction.atomic
def move_item(*, row: BlockItem, up: bool, by: User) -> bool:
    """Change places with the one before or after it in its block; False where there is none."""
    _locked(row.block.session)
    row.refresh_from_db(fields=["position"])
    beside = BlockItem.objects.filter(block=row.block)
    if up:
        other = beside.filter(position__lt=row.position).order_by("-position").first()
    else:
        other = beside.filter(position__gt=row.position).order_by("position").first()
    if other is None:
        return False
    free, mine, theirs = _last_position(row.block) + 1, row.position, other.position
    for item, position in ((row, free), (other, mine), (row, theirs)):
        item.position = position
        item.save(update_fields=["position"])
    audit.record("changed session", by=by, category=ORGANISATION, target=row.block.session)
    return True


@transaction.atomic
def set_removed(*, row: BlockItem, removed: bool, by: User) -> None:
    """Take an item out of its session, or put it back where it was."""
    _locked(row.block.session)
    row.removed_at = timezone.now() if removed else None
    row.save(update_fields=["removed_at"])
    audit.record("changed session", by=by, category=ORGANISATION, target=row.block.session)


@transaction.atomic
def set_retired(*, session: ProgrammeSession, retired: bool, by: User) -> None:
    """No longer offer it where sessions are chosen, or offer it again. Cohorts that have it keep it."""
    row = ProgrammeSession.objects.with_use().get(pk=session.pk)
    if row.organisation_id is None or not row.is_newest:
        raise Refused(SUPERSEDED)
    if bool(row.retired_at) == retired:
        return
    row.retired_at = timezone.now() if retired else None
    row.save(update_fields=["retired_at"])
    audit.record("retired session" if retired else "brought session back", by=by, category=ORGANISATION, target=row)
