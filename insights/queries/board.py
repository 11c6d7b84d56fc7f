"""A cohort on one page: who is where, and who could do with a word, with that reason."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from accounts.models import Organisation, User
from insights.queries.quiet import quiet_for_leads
from insights.queries.year import Year, is_missed, years_of
from pathway.models import Cohort, Enrolment, Milestone, Nudge
from pathway.querysets import EnrolmentQuerySet
from pathway.timeline import TimelineEntry
from pqs_portal.lib.charts import STATE_WORDS

NUDGE_SHOWN_FOR = dt.timedelta(days=7)
Detail = tuple[str, dt.date, str]  # title, day, how it stands


@dataclass(frozen=True)
class BoardRow:
    """A line of a cohort's board; ``reason`` says why the person stands first, or is empty.

    ``is_quiet``: nothing shared or attended for eight weeks. It is said on the screen, and never in a file or print.
    """

    year: Year
    tag: str
    reason: str
    is_quiet: bool = False
    nudged_on: dt.date | None = None

    @property
    def name(self) -> str:
        return self.year.enrolment.supervisor.name

    @property
    def can_be_nudged(self) -> bool:
        """There is something that the person can do about it, and nobody is chased while their year does not run."""
        if self.year.is_paused or self.year.enrolment.cohort.status != Cohort.Status.PUBLISHED:
            return False
        late = [entry for entry in self.year.overdue if entry.step_kind != Milestone.Kind.MENTOR_MATCH]
        return self.is_quiet or bool(late or self.year.missed)

    @property
    def formative(self) -> int:
        return self.year.done_of_kind(Milestone.Kind.FORMATIVE_OBSERVATION)

    @property
    def direct(self) -> int:
        return self.year.done_of_kind(Milestone.Kind.DIRECT_OBSERVATION)

    @property
    def observations(self) -> str:
        return f"{self.formative} formative, {self.direct} direct"

    @property
    def session_details(self) -> list[Detail]:
        return [self._detail(entry) for entry in self.year.sessions if entry.due_on < self.year.today]

    @property
    def observation_details(self) -> list[Detail]:
        kinds = {Milestone.Kind.FORMATIVE_OBSERVATION.value, Milestone.Kind.DIRECT_OBSERVATION.value}
        return [self._detail(entry) for entry in self.year.steps if entry.step_kind in kinds]

    def _detail(self, entry: TimelineEntry) -> Detail:
        word = STATE_WORDS[self.year.state_of(entry)]
        if entry.importance == "session":
            word = "to catch up" if is_missed(entry, self.year.today) else "attended"
        return self.year.words_for(entry), entry.done_on or entry.due_on, word

    @property
    def missed(self) -> str:
        """The numbers of sessions missed and not caught up on: "4, 7"."""
        return ", ".join(self.year.number_of(entry) for entry in self.year.missed)


class Show(StrEnum):
    EVERYBODY = "everybody"
    NEED_A_WORD = "word"
    MISSED = "missed"
    NO_MENTOR = "no_mentor"
    PAUSED = "paused"


class Sort(StrEnum):
    WORD = "word"
    NAME = "name"
    ATTENDED = "attended"
    OBSERVATIONS = "observations"
    MENTOR = "mentor"


SHOWN: dict[Show, Callable[[BoardRow], bool]] = {
    Show.EVERYBODY: lambda row: True,
    Show.NEED_A_WORD: lambda row: bool(row.reason),
    Show.MISSED: lambda row: bool(row.year.missed),
    Show.NO_MENTOR: lambda row: row.year.enrolment.current_mentor is None,
    Show.PAUSED: lambda row: row.year.is_paused,
}
# Whoever has least comes first: the board is for finding who could do with a word, not for ranking.
SORTED: dict[Sort, Callable[[BoardRow], object]] = {
    Sort.WORD: lambda row: not row.reason,
    Sort.NAME: lambda row: "",
    Sort.ATTENDED: lambda row: row.year.sessions_attended,
    Sort.OBSERVATIONS: lambda row: row.formative + row.direct,
    Sort.MENTOR: lambda row: (
        row.year.enrolment.current_mentor.name.lower() if row.year.enrolment.current_mentor else ""
    ),
}


def board(enrolments: EnrolmentQuerySet, today: dt.date, *, lead: User | None = None) -> list[BoardRow]:
    """Whoever has a step overdue, missed a session or has nobody beside them stands first, with that reason.

    A ``lead`` also learns of quiet, and of whom has been nudged this week.
    """
    years = years_of(enrolments, today)
    quiet: set[uuid.UUID] = set()
    nudged: dict[uuid.UUID, dt.date] = {}
    if lead:
        quiet = quiet_for_leads(enrolments, today)
        lately = Nudge.objects.visible_to(lead).filter(nudged_on__gt=today - NUDGE_SHOWN_FOR)
        nudged = lately.filter(enrolment__in=[year.enrolment.pk for year in years]).latest_by_enrolment()
    rows = [
        BoardRow(year, *reason_for(year), year.enrolment.pk in quiet, nudged.get(year.enrolment.pk)) for year in years
    ]
    return arranged(rows, Sort.WORD)


def arranged(rows: Sequence[BoardRow], sort: Sort, show: Show = Show.EVERYBODY) -> list[BoardRow]:
    found = [row for row in rows if SHOWN[show](row)]
    return sorted(found, key=lambda row: (SORTED[sort](row), row.name.lower()))


def need_a_word(lead: User, organisation: Organisation, today: dt.date) -> list[BoardRow]:
    """Whoever of the organisation's running cohorts has something overdue, missed a session or has no mentor."""
    people = Enrolment.objects.overseen_by(lead).begun().filter(organisation=organisation)
    return [row for row in board(people, today) if row.reason]


def reason_for(year: Year) -> tuple[str, str]:
    """(a tag, what it is about), or nothing to say. Nobody is chased while their year is paused."""
    if year.is_paused or year.enrolment.ended_on:
        return "", ""
    if year.enrolment.kind == Enrolment.Kind.PATHWAY and year.enrolment.current_mentor is None:
        return "No mentor", "Nobody is paired yet"
    if year.overdue:
        first, more = year.overdue[0], len(year.overdue) - 1
        return "New date", year.words_for(first) + (f" and {more} more" if more else "")
    if year.missed:
        numbers = [year.number_of(entry) for entry in year.missed]
        return "To catch up", f"Session{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"
    return "", ""
