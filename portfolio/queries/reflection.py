"""What pages show of a critical reflection. A reader's content comes from the version that was opened to them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from accounts.models import User
from pathway.models import Area, Enrolment
from portfolio.models import Note, Reflection, ReflectionComment, ReflectionVersion, WordLimit
from portfolio.models.reflection_parts import PARTS, Written, kept_aside, paragraphs_of, written_in

WHOLE = 0


@dataclass
class Thread:
    """What the mentor said about a paragraph, and the answers to it."""

    comment: ReflectionComment
    answers: list[ReflectionComment] = field(default_factory=list)
    # The paragraph as it was, where it reads otherwise now.
    was: str = ""

    @property
    def is_changed(self) -> bool:
        return bool(self.was)


@dataclass
class Paragraph:
    """``number`` counts within its part from 1; 0 is the part as a whole."""

    part: str
    number: int
    text: str
    threads: list[Thread] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"{self.part}-{self.number}"


@dataclass
class PartOfPage:
    written: Written
    whole: Paragraph
    paragraphs: list[Paragraph]


def word_limit(organisation_id: uuid.UUID) -> WordLimit:
    """The organisation's, else the default one, which is no row."""
    found: WordLimit | None = WordLimit.objects.filter(organisation=organisation_id).first()
    return found or WordLimit(organisation_id=organisation_id, revision=0)


def own_reflection(user: User, enrolment: Enrolment) -> Reflection | None:
    mine = Reflection.objects.visible_to(user).owned_by(user).filter(enrolment=enrolment)
    found: Reflection | None = mine.with_people().first()
    return found


def notes_for(user: User, enrolment: Enrolment) -> list[Note]:
    """The notebook's notes as the piece can take them up: unused ones first, each in the order they were written."""
    notes = Note.objects.visible_to(user).kept().with_source()
    found = notes.filter(enrolment=enrolment, belongs_to=Note.For.REFLECTION).order_by("created_at")
    return sorted(found, key=lambda note: note.used_at is not None)


def page_of(structure: str, parts: Mapping[str, str], comments: Iterable[ReflectionComment]) -> list[PartOfPage]:
    """The text part by part, with the talk about each paragraph beside it. See ``elsewhere``."""
    rows = []
    for written in written_in(structure, parts):
        key = written.part.key
        paragraphs = [Paragraph(key, number, text) for number, text in enumerate(written.paragraphs, start=1)]
        rows.append(PartOfPage(written, Paragraph(key, WHOLE, written.text), paragraphs))
    places = {row.written.part.key: row for row in rows}
    for thread in threads_of(comments):
        row = places.get(thread.comment.part)
        if row is not None and row.written.text:
            _place(thread, row)
    return rows


def elsewhere(structure: str, parts: Mapping[str, str], comments: Iterable[ReflectionComment]) -> list[Thread]:
    """Talk about parts that have no words any more."""
    there = {written.part.key for written in written_in(structure, parts) if written.text}
    found = [thread for thread in threads_of(comments) if thread.comment.part not in there]
    for thread in found:
        thread.was = _spoken_of(thread.comment)
    return found


def threads_of(comments: Iterable[ReflectionComment]) -> list[Thread]:
    """Oldest first. An answer whose question the reader may not see is left out with it."""
    threads: dict[uuid.UUID, Thread] = {}
    ordered = sorted(comments, key=lambda comment: comment.created_at)
    for comment in ordered:
        if comment.parent_id is None:
            threads[comment.pk] = Thread(comment)
    for comment in ordered:
        if comment.parent_id in threads:
            threads[comment.parent_id].answers.append(comment)
    return list(threads.values())


def _place(thread: Thread, row: PartOfPage) -> None:
    """Beside the paragraph it speaks of, wherever that stands now; else where it stood."""
    said_of, number = _spoken_of(thread.comment), thread.comment.paragraph
    if number == WHOLE:
        thread.was = "" if said_of == row.written.text else said_of
        row.whole.threads.append(thread)
        return
    same = [paragraph for paragraph in row.paragraphs if paragraph.text == said_of]
    if same:
        min(same, key=lambda paragraph: abs(paragraph.number - number)).threads.append(thread)
        return
    thread.was = said_of
    row.paragraphs[min(number, len(row.paragraphs)) - 1].threads.append(thread)


def _spoken_of(comment: ReflectionComment) -> str:
    text: str = comment.version.parts.get(comment.part, "")
    paragraphs = paragraphs_of(text)
    if comment.paragraph == WHOLE or comment.paragraph > len(paragraphs):
        return text
    return paragraphs[comment.paragraph - 1]


def comments_for(user: User, reflection: Reflection) -> list[ReflectionComment]:
    found = ReflectionComment.objects.visible_to(user).filter(reflection=reflection)
    return list(found.select_related("author", "version"))


def talk_about(comments: Iterable[ReflectionComment], versions: Iterable[ReflectionVersion]) -> list[ReflectionComment]:
    """The comments about one of ``versions``: of others, a reader is shown their own words by themselves."""
    readable = {version.pk for version in versions}
    return [comment for comment in comments if comment.version_id in readable]


def versions_for(user: User, reflection: Reflection | None) -> list[ReflectionVersion]:
    """The newest first: all of the writer's own, those that were opened to a reader."""
    if reflection is None:
        return []
    found = ReflectionVersion.objects.visible_to(user).filter(reflection=reflection)
    return list(found.select_related("shared_with").order_by("-number"))


def areas_named(ids: Iterable[str]) -> list[Area]:
    return list(Area.objects.filter(pk__in=list(ids)).order_by("number"))


def to_compare(version: Reflection | ReflectionVersion, areas: Sequence[Area]) -> list[tuple[str, str]]:
    """(label, text) of all that was written, for marking what differs."""
    texts = [*written_in(version.structure, version.parts), *kept_aside(version.structure, version.parts)]
    return [
        ("Name", version.title),
        *((written.part.title, written.text) for written in texts),
        ("Areas", "\n".join(f"{area.number} {area.title}" for area in areas)),
    ]


def title_of(part: str) -> str:
    return PARTS[part].title
