"""One person's year, read across the apps: steps, sessions and what waits on whom. Never anybody's writing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Organisation, User
from pathway.milestones import asking_once, people_of
from pathway.models import Enrolment
from pathway.querysets import EnrolmentQuerySet
from pathway.timeline import TimelineEntry, all_entries
from pqs_portal.lib.charts import STATE_WORDS, State, YearPoint
from pqs_portal.templatetags.portal import short_date

ONE_DAY = dt.timedelta(days=1)
SESSION_WORDS: dict[str, str] = {"done": "Held", "overdue": "To catch up"}
SOON = dt.timedelta(days=14)


@dataclass(frozen=True)
class Year:
    """One person's year: the row, everything due or done in it, and the day it is looked at."""

    enrolment: Enrolment
    entries: list[TimelineEntry]
    today: dt.date

    @property
    def month(self) -> int:
        return min(self.enrolment.month_on(self.today), self.months)

    @property
    def months(self) -> int:
        """As long as the programme says, or longer where a pause, an extension or part-time hours stretch it."""
        return self.enrolment.months_long(self.enrolment.cohort.programme.months)

    @property
    def is_paused(self) -> bool:
        return self.enrolment.is_paused(self.today)

    @property
    def status(self) -> str:
        """ "Month 4 of 12", or what stands in its place before the year begins and during a pause."""
        if self.is_paused:
            return f"Paused until {short_date(self.enrolment.paused_until)}"
        if self.today < self.enrolment.starts_on:
            return f"Starts {short_date(self.enrolment.starts_on)}"
        return f"Month {self.month} of {self.months}"

    @property
    def sessions_words(self) -> str:
        return f"{self.sessions_count} sessions attended" if self.sessions else "No dates yet"

    @property
    def sessions_count(self) -> str:
        """Attended of those held so far; without a register, held counts as attended."""
        if not self.sessions:
            return "No dates yet"
        return f"{self.sessions_attended} of {len(self.sessions_held)}" if self.sessions_held else "None held yet"

    @property
    def sessions_held(self) -> list[TimelineEntry]:
        """Each session once, though somebody may have had two dates of it."""
        return self._each_once(entry for entry in self.sessions if entry.due_on < self.today)

    def _each_once(self, entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
        return list({self.number_of(entry): entry for entry in entries}.values())

    @property
    def just_held(self) -> list[TimelineEntry]:
        """Sessions of today and yesterday, whose last fifteen minutes may still be ahead."""
        return [entry for entry in self.sessions if self.today - ONE_DAY <= entry.due_on <= self.today]

    @property
    def sessions_attended(self) -> int:
        return len(self.sessions_held) - len(self.missed)

    @property
    def missed(self) -> list[TimelineEntry]:
        """Sessions that a register says the person was not at, and that they have not caught up on."""
        return self._each_once(entry for entry in self.sessions if is_missed(entry, self.today))

    def done_of_kind(self, kind: str) -> int:
        """How many of the year's steps of that kind are done, on paper or here."""
        return sum(entry.done_on is not None for entry in self.steps if entry.step_kind == kind)

    @property
    def mentor_is_line_manager(self) -> bool:
        mentor, manager = self.enrolment.current_mentor, self.enrolment.current_line_manager
        return mentor is not None and manager is not None and mentor.pk == manager.pk

    @property
    def same_person_words(self) -> str:
        return (
            "Your mentor is also your line manager. If you would rather have somebody else, "
            f"ask {self.enrolment.organisation.help_name or 'your L&D lead'}."
        )

    @property
    def steps(self) -> list[TimelineEntry]:
        """What the picture shows: milestones and sessions."""
        return [entry for entry in self.entries if entry.importance]

    @property
    def points(self) -> list[YearPoint]:
        return [
            YearPoint(
                on=entry.done_on or entry.due_on,
                label=self.words_for(entry),
                kind=entry.importance,  # type: ignore[arg-type]  # one of the picture's kinds, or it is not a step
                state=self.state_of(entry),
            )
            for entry in self.steps
        ]

    def state_of(self, entry: TimelineEntry) -> State:
        """Nothing is late while the year is paused."""
        state = state_of(entry, self.today)
        return "to_come" if state == "overdue" and self.is_paused else state

    @property
    def strip(self) -> list[State]:
        return [point.state for point in self.points if point.kind != "session"]

    @property
    def sessions(self) -> list[TimelineEntry]:
        return [entry for entry in self.entries if entry.importance == "session"]

    @property
    def overdue(self) -> list[TimelineEntry]:
        """Nothing is late while the year is paused."""
        return [] if self.is_paused else [entry for entry in self.steps if entry.is_overdue(self.today)]

    @property
    def next_step(self) -> TimelineEntry | None:
        """The supervisor's own next thing; while nothing waits on them, the year's next step, whoever it waits on."""
        to_do = [entry for entry in self.steps if entry.done_on is None and entry.importance != "session"]
        mine = self.waiting_on(self.enrolment.supervisor)
        return next(iter(self.overdue or mine or to_do), None)

    def number_of(self, entry: TimelineEntry) -> str:
        """The session's number, which its title begins with."""
        return entry.title.removeprefix("Session ").partition(":")[0]

    def words_for(self, entry: TimelineEntry) -> str:
        """The entry's title on a page that is about this person already."""
        return entry.title.removesuffix(f" of {self.enrolment.supervisor.name}")

    def waiting_on(self, user: User) -> list[TimelineEntry]:
        """What waits on the person now: begun or due soon, and not done. A step and the work that does it are one."""
        found = [
            entry
            for entry in self.entries
            if entry.waiting_on_id == user.pk
            and entry.done_on is None
            and entry.importance != "session"
            and _shown_from(entry) <= self.today
            and not (entry.until and entry.until < self.today)
        ]
        under_way = {entry.url for entry in found if not entry.importance}
        return [entry for entry in found if not entry.importance or entry.url not in under_way]


@dataclass(frozen=True)
class StepRow:
    """A line of the list of steps; ``url`` only where it opens for the viewer."""

    title: str
    on: dt.date
    waits_on: str
    state: State
    url: str

    is_session: bool = False

    @property
    def word(self) -> str:
        """Of a session only that it was held, or missed: who was there stands beside the people."""
        if self.is_session and self.state in SESSION_WORDS:
            return SESSION_WORDS[self.state]
        return STATE_WORDS[self.state].capitalize()


@dataclass(frozen=True)
class NextStep:
    """What the component ``next_step`` shows at the top of one's own year; ``url`` only where one can act."""

    title: str
    due_on: dt.date
    url: str
    overdue: bool
    text: str


def next_step(year: Year) -> NextStep | None:
    entry = year.next_step
    if entry is None:
        return None
    mine = entry.waiting_on_id == year.enrolment.supervisor_id
    turn = "" if mine or not entry.waiting_on else f"This waits on: {entry.waiting_on.lower()}."
    if entry.is_overdue(year.today) and not entry.importance:
        turn = "The day has passed; it is still worth doing."  # nobody agrees a date for what follows a session
    return NextStep(
        title=f"Next: {year.words_for(entry)}",
        due_on=entry.due_on,
        url=entry.url if mine else "",
        overdue=entry.importance != "" and entry.is_overdue(year.today),
        text=turn,
    )


def step_rows(year: Year, viewer: User) -> list[StepRow]:
    """Steps and sessions in date order, as the viewer may follow them."""
    return [
        StepRow(
            title=year.words_for(entry),
            on=entry.done_on or entry.due_on,
            waits_on="" if entry.done_on or entry.importance == "session" else entry.waiting_on,
            state=year.state_of(entry),
            url=entry.url if entry.waiting_on_id == viewer.pk or entry.importance == "session" else "",
            is_session=entry.importance == "session",
        )
        for entry in sorted(year.steps, key=lambda entry: entry.done_on or entry.due_on)
    ]


def _shown_from(entry: TimelineEntry) -> dt.date:
    return entry.waits_from or entry.remind_from or entry.starts_on or entry.due_on - SOON


def state_of(entry: TimelineEntry, today: dt.date) -> State:
    if entry.done_on is not None:
        return "done"
    if entry.is_overdue(today) or is_missed(entry, today):
        return "overdue"
    return "now" if entry.is_current(today) else "to_come"


def is_missed(entry: TimelineEntry, today: dt.date) -> bool:
    return entry.importance == "session" and entry.done_on is None and entry.due_on < today


def years_of(enrolments: EnrolmentQuerySet, today: dt.date) -> list[Year]:
    """The years of all the enrolments, in a fixed number of queries however many."""
    scope = asking_once(enrolments)
    rows = people_of(scope)
    entries: dict[uuid.UUID | None, list[TimelineEntry]] = defaultdict(list)
    if rows:
        for entry in all_entries(scope, today):
            entries[entry.enrolment_id].append(entry)
    return [Year(row, entries[row.pk], today) for row in rows]


def waiting_for(user: User, years: Iterable[Year]) -> list[tuple[Year, TimelineEntry]]:
    """Everything that waits on the person in those years, the earliest due first."""
    found = [(year, entry) for year in years for entry in year.waiting_on(user)]
    return sorted(found, key=lambda pair: (pair[1].due_on, pair[1].title))


def is_current(person: User | None, user: User) -> bool:
    return person is not None and person.pk == user.pk


def beside(user: User, organisation: Organisation) -> EnrolmentQuerySet:
    """The person's own year, and those of the people they mentor or manage."""
    rows = (
        Enrolment.objects.of_supervisor(user)
        | Enrolment.objects.mentored_by(user)
        | Enrolment.objects.line_managed_by(user)
    )
    return rows.begun().filter(organisation=organisation)


def waiting_row(year: Year, entry: TimelineEntry, user: User) -> dict[str, object]:
    """A row of the component ``waiting_list``; one's own rows name nobody."""
    mine = year.enrolment.supervisor_id == user.pk
    return {
        "who": "" if mine or year.enrolment.supervisor.name in entry.title else year.enrolment.supervisor.name,
        "what": entry.title,
        "due_on": entry.due_on,
        "url": entry.url,
        "overdue": entry.is_overdue(year.today) and entry.importance != "",
    }
