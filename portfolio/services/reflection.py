"""Writing the critical reflection, opening it, and the organisation's word limit."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from accounts.services.working_copies import Typed, drop_copy
from accounts.transitions import move
from pathway.models import Area, Enrolment
from portfolio.models import Note, Reflection, ReflectionVersion, WordLimit
from portfolio.models.reflection_parts import PARTS, asked_in
from portfolio.services.opening import Readers, StaleText, leave_portfolio, open_text
from portfolio.services.sharing import NotReady
from portfolio.transitions import FINISH_REFLECTION, REOPEN_REFLECTION

PORTFOLIO = AuditEvent.Category.PORTFOLIO


@dataclass(frozen=True)
class Piece:
    """What the writer typed: {part: text}, and the ids of the areas."""

    title: str
    structure: str
    parts: Mapping[str, str]
    areas: Sequence[uuid.UUID] = ()

    def with_notes(self, notes: Mapping[str, Sequence[str]]) -> Piece:
        """The same with the notes' words at the end of the part that each was put into."""
        parts = dict(self.parts)
        for part, texts in notes.items():
            before = parts.get(part, "").rstrip("\n")
            parts[part] = "\n\n".join([*([before] if before.strip() else []), *texts])
        return replace(self, parts=parts)

    @property
    def kept(self) -> dict[str, str]:
        return {part: text for part, text in self.parts.items() if part in PARTS and text}


@transaction.atomic
def save_reflection(
    *,
    enrolment: Enrolment,
    revision: int,
    piece: Piece,
    by: User,
    put: Mapping[uuid.UUID, str] | None = None,
    finish: bool = False,
    typed: Typed | None = None,
) -> Reflection:
    """What the writer says now, who began from ``revision`` (0: nothing was there). ``put``: notes into which part.

    Raises StaleText; NotReady where it is done; GuardRefused where there is nothing to finish; UnseenCopy.
    """
    drop_copy(author=by, typed=typed)
    notes = _notes(enrolment, put or {})
    piece = piece.with_notes(_by_part(notes, put or {}))
    try:
        row = _writable(enrolment, revision)
    except StaleText as stale:
        saved: Reflection = stale.current
        if _same(saved, piece) and (saved.is_done or not finish):
            return saved  # the form was sent twice
        raise
    _write(row, piece)
    add_version(row, by=by)
    used = [note.pk for note in notes if note.used_at is None]
    Note.objects.filter(pk__in=used).update(used_at=timezone.now())
    audit.record("saved a critical reflection", by=by, category=PORTFOLIO, target=row)
    return move(row, FINISH_REFLECTION, by=by) if finish else row


def _notes(enrolment: Enrolment, put: Mapping[uuid.UUID, str]) -> list[Note]:
    own = Note.objects.kept().filter(enrolment=enrolment, belongs_to=Note.For.REFLECTION, pk__in=put)
    return list(own.order_by("created_at"))


def _by_part(notes: Sequence[Note], put: Mapping[uuid.UUID, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for note in notes:
        found.setdefault(put[note.pk], []).append(note.text)
    return found


def _writable(enrolment: Enrolment, revision: int) -> Reflection:
    """The row at its next revision, if it is still at ``revision`` and being written."""
    existing = Reflection.objects.filter(enrolment=enrolment)
    if revision == 0:
        try:
            with transaction.atomic():
                made: Reflection = Reflection.objects.create(
                    organisation=enrolment.organisation, enrolment=enrolment, revision=1
                )
        except IntegrityError:
            raise StaleText(existing.get()) from None
        return made
    draft = existing.filter(status=Reflection.Status.DRAFT, revision=revision)
    changed = draft.update(revision=revision + 1, updated_at=timezone.now())
    row: Reflection | None = existing.with_people().first()
    if row is None:
        return _writable(enrolment, 0)
    if changed == 1:
        return row
    if row.is_done and row.revision == revision:
        raise NotReady("It is done. Go on writing first, then change it")
    raise StaleText(row)


def _write(row: Reflection, piece: Piece) -> None:
    Reflection.objects.filter(pk=row.pk).update(title=piece.title, structure=piece.structure, parts=piece.kept)
    row.areas.set(Area.objects.filter(pk__in=piece.areas))
    row.refresh_from_db()


def _same(row: Reflection, piece: Piece) -> bool:
    areas = set(row.areas.values_list("pk", flat=True))
    saved = (row.title, row.structure, row.parts, areas)
    return saved == (piece.title, piece.structure, piece.kept, set(piece.areas))


def add_version(row: Reflection, *, by: User, **fields: Any) -> ReflectionVersion:
    """What was saved. One that is opened holds what its readers are to read, without words kept from other parts."""
    parts = row.parts
    if any(fields.values()):
        asked = {part.key for part in asked_in(row.structure)}
        parts = {key: text for key, text in parts.items() if key in asked}
    made: ReflectionVersion = ReflectionVersion.objects.create(
        organisation_id=row.organisation_id,
        reflection=row,
        number=row.revision,
        title=row.title,
        structure=row.structure,
        parts=parts,
        areas=[str(area.pk) for area in row.areas.order_by("number")],
        saved_by=by,
        **fields,
    )
    return made


@transaction.atomic
def bring_back_version(*, reflection: Reflection, version: ReflectionVersion, revision: int, by: User) -> Reflection:
    """An earlier save as the newest; what stood there meanwhile stays a version. Raises StaleText or NotReady."""
    row = _writable(reflection.enrolment, revision)
    asked = {part.key for part in asked_in(version.structure)}
    aside = {key: text for key, text in row.parts.items() if key not in asked}
    areas = [uuid.UUID(pk) for pk in version.areas]
    _write(row, Piece(version.title, version.structure, {**aside, **version.parts}, areas))
    add_version(row, by=by)
    audit.record("brought back a version of a critical reflection", by=by, category=PORTFOLIO, target=row)
    return row


@transaction.atomic
def replace_words(*, reflection: Reflection, revision: int, texts: Mapping[str, str], by: User) -> Reflection:
    """The piece with these words (by part, and its ``title``) as its next version, done or not.

    Raises StaleText or NotReady.
    """
    title = texts.get("title", reflection.title)
    if len(title) > (Reflection._meta.get_field("title").max_length or 0):
        raise NotReady("The name would be too long with these words. Go on writing and change it there")
    at_it = Reflection.objects.filter(pk=reflection.pk, revision=revision)
    changed = at_it.update(revision=revision + 1, updated_at=timezone.now())
    reflection.refresh_from_db()
    if changed != 1:
        raise StaleText(reflection)
    areas = list(reflection.areas.values_list("pk", flat=True))
    _write(reflection, Piece(title, reflection.structure, {**reflection.parts, **texts}, areas))
    add_version(reflection, by=by)
    audit.record("saved a critical reflection", by=by, category=PORTFOLIO, target=reflection)
    return reflection


@transaction.atomic
def reopen_reflection(*, reflection: Reflection, by: User) -> Reflection:
    """Go on writing: it is not done, nor in the portfolio; a mentor keeps what was shared."""
    leave_portfolio(reflection)
    return move(reflection, REOPEN_REFLECTION, by=by, done_at=None, done_by=None, portfolio_version=None)


@transaction.atomic
def open_reflection(*, reflection: Reflection, revision: int, readers: Readers, by: User) -> Reflection:
    """Who may read it from now on. A mentor may read a draft; the portfolio takes what is done.

    Raises NotReady or StaleText.
    """
    if readers.portfolio and not reflection.is_done:
        raise NotReady("Say that it is done before it goes into your portfolio")
    return open_text(
        text=reflection,
        revision=revision,
        readers=readers,
        add_version=add_version,
        called="a critical reflection",
        by=by,
    )


@transaction.atomic
def save_word_limit(*, organisation: Organisation, revision: int, fewest: int, most: int, by: User) -> WordLimit:
    """How long the organisation wants the piece from now on. Raises StaleText."""
    row: WordLimit
    values = {"fewest": fewest, "most": most}
    row, made = WordLimit.objects.get_or_create(organisation=organisation, defaults=values)
    if not made:
        at_it = WordLimit.objects.filter(pk=row.pk, revision=revision)
        changed = at_it.update(**values, revision=revision + 1)
        row.refresh_from_db()
        if changed != 1:
            raise StaleText(row)
    audit.record(
        "set the length of critical reflections", by=by, category=AuditEvent.Category.ORGANISATION, target=row
    )  # fmt: skip
    return row
