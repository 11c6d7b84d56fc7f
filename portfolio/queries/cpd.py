"""Records for a regulator: what is asked, what one says and begins with, how the registration year stands."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import Membership, User
from observations.models import Observation
from pathway.models import Enrolment
from portfolio.models import CpdRecord, Evidence, Objective, PeerInvitation, Reflection
from portfolio.models.cpd import registration_year
from portfolio.queries.pieces import current_mentor
from pqs_portal.lib.text import as_uuid
from sessions_catalogue.meetings import meetings_of
from sessions_catalogue.models import ProgrammeSession
from sessions_catalogue.queries_workspace import own_entries

# What Social Work England asks for in a registration year.
ENOUGH, WITH_PEER = 2, 1
TITLE_LENGTH = 200
Activity, MadeFrom, Kind = CpdRecord.Activity, CpdRecord.MadeFrom, Evidence.Kind
DATE = "happened_on"

# In our own words, in the order in which each is asked.
SWE_QUESTIONS: Mapping[str, str] = {
    "activity": "What kind of activity was it?",
    "what_and_why": "What did you do, and why does it matter for your work?",
    DATE: "When was it?",
    "learnt": "What did you learn?",
    "impact": "What difference has it made: to your role, your practice and the people you work with?",
    "peer_learnt": "What did you learn from talking it over with a peer?",
}
PLAIN_QUESTIONS: Mapping[str, str] = {
    "what_and_why": "What did you do?",
    DATE: "When was it?",
    "learnt": "What did you learn?",
    "impact": "What difference has it made?",
}

# Everything that Social Work England asks is answered, or the person said that it is on their site.
WHOLE = Q(submitted_on__isnull=False) | (
    ~Q(activity="")
    & Q(what_and_why__regex=r"\S", learnt__regex=r"\S", impact__regex=r"\S")
    & (Q(with_peer=False) | Q(peer_learnt__regex=r"\S"))
)


@dataclass(frozen=True)
class Answered:
    """A question and what the record says to it; nothing yet where ``text`` is empty."""

    field: str
    asked: str
    text: str


@dataclass(frozen=True)
class YearTally:
    """How one registration year stands. ``ends_in`` is the year of its last day, 30 November."""

    ends_in: int
    recorded: int
    with_peer: int
    submitted: int
    # Not whole yet, and therefore counted nowhere else.
    begun: int

    @property
    def starts_on(self) -> dt.date:
        return dt.date(self.ends_in - 1, 12, 1)

    @property
    def ends_on(self) -> dt.date:
        return dt.date(self.ends_in, 11, 30)

    @property
    def words(self) -> str:
        """ "1 of 2 recorded this year, none discussed with a peer yet" """
        recorded = f"{self.recorded} of {ENOUGH}" if self.recorded < ENOUGH else f"{self.recorded}"
        with_peer = f"{self.with_peer}" if self.with_peer else "none"
        return f"{recorded} recorded this year, {with_peer} discussed with a peer{'' if self.with_peer else ' yet'}"

    @property
    def is_enough(self) -> bool:
        return self.recorded >= ENOUGH and self.with_peer >= WITH_PEER


@dataclass(frozen=True)
class Beginning:
    """What a new record begins with: words of a piece of the person's own, which stays as it is."""

    made_from: str
    made_from_id: uuid.UUID
    title: str
    happened_on: dt.date | None = None
    activity: str = ""
    what_and_why: str = ""
    learnt: str = ""
    impact: str = ""


def is_with_swe(user: User, organisation_id: uuid.UUID) -> bool:
    """Whether the person says that they are registered with Social Work England."""
    bodies = (row.registration_body for row in user.live_memberships if row.organisation_id == organisation_id)
    return next(bodies, "") == Membership.Body.SOCIAL_WORK_ENGLAND


def says_no_body(user: User, organisation_id: uuid.UUID) -> bool:
    """Whether they have not said with whom they are registered."""
    return not any(row.registration_body for row in user.live_memberships if row.organisation_id == organisation_id)


def questions(*, with_swe: bool) -> Mapping[str, str]:
    return SWE_QUESTIONS if with_swe else PLAIN_QUESTIONS


def answers(record: CpdRecord, *, with_swe: bool) -> list[Answered]:
    """The record under each of the questions, as it can be copied; that about a peer only where there was one."""
    said = {
        name: getattr(record, name) for name in ("what_and_why", "learnt", "impact", "peer_learnt")
    } | {
        "activity": record.get_activity_display(),
        DATE: f"{record.happened_on.day} {record.happened_on:%B %Y}",
    }  # fmt: skip
    asked = questions(with_swe=with_swe)
    return [
        Answered(name, words, said[name]) for name, words in asked.items() if name != "peer_learnt" or record.with_peer
    ]


def unanswered(record: CpdRecord, *, with_swe: bool) -> list[Answered]:
    """What is left to answer before the record is whole; not every record needs a talk with a peer."""
    return [row for row in answers(record, with_swe=with_swe) if not row.text.strip()]


def as_file(record: CpdRecord, *, with_swe: bool) -> str:
    """The same as plain text, without the questions that have no answer yet."""
    said = [row for row in answers(record, with_swe=with_swe) if row.text.strip()]
    parts = [f"{row.asked}\n{row.text}" for row in said]
    return "\n\n".join([record.title, *parts]) + "\n"


def year_tally(user: User, organisation_id: uuid.UUID, today: dt.date) -> YearTally:
    ends_in = registration_year(today)
    empty = YearTally(ends_in, 0, 0, 0, 0)
    mine = CpdRecord.objects.visible_to(user).kept().filter(organisation=organisation_id)
    within = mine.filter(happened_on__range=(empty.starts_on, empty.ends_on))
    counts = within.aggregate(
        recorded=Count("pk", filter=WHOLE),
        peers=Count("pk", filter=WHOLE & Q(with_peer=True)),
        submitted=Count("pk", filter=Q(submitted_on__isnull=False)),
        begun=Count("pk", filter=~WHOLE),
    )
    return YearTally(ends_in, counts["recorded"], counts["peers"], counts["submitted"], counts["begun"])


def beginning_of(user: User, enrolment: Enrolment, named: str) -> Beginning | None:
    """``evidence:<id>``, ``reflection:<id>``, ``observation:<id>`` or ``objective:<id>``, if it is the person's own in
    the organisation; ``session:<id>`` of one that they can open."""
    kind, _, typed = named.partition(":")
    pk, way = as_uuid(typed), WAYS.get(kind)
    return way(user, enrolment, pk) if pk and way else None


def made_already(user: User, beginning: Beginning | None) -> CpdRecord | None:
    """The newest record made from the same piece."""
    if beginning is None:
        return None
    mine = CpdRecord.objects.visible_to(user).kept()
    found: CpdRecord | None = mine.filter(made_from_id=beginning.made_from_id).order_by("-created_at").first()
    return found


ACTIVITY_OF = {Kind.SESSION: Activity.FORMAL, Kind.FEEDBACK: Activity.FEEDBACK, Kind.CPD: ""}


def _evidence(user: User, enrolment: Enrolment, pk: uuid.UUID) -> Beginning | None:
    mine = Evidence.objects.visible_to(user).owned_by(user).kept()
    piece = mine.filter(pk=pk, organisation=enrolment.organisation_id).first()
    if piece is None:
        return None
    activity = ACTIVITY_OF.get(piece.kind, Activity.WORK_BASED)
    return Beginning(MadeFrom.EVIDENCE, pk, piece.title, piece.happened_on, activity, piece.body)


# Which parts of a critical reflection speak to which question.
WHAT = ("what", "description", "feelings", "experience", "free")
LEARNT = ("so_what", "evaluation", "analysis", "conclusion", "reflection", "concept", "power", "theory")
IMPACT = ("impact", "now_what", "action", "experiment", "change")


def _reflection(user: User, enrolment: Enrolment, pk: uuid.UUID) -> Beginning | None:
    mine = Reflection.objects.visible_to(user).owned_by(user).filter(organisation=enrolment.organisation_id)
    row = mine.filter(pk=pk).first()
    if row is None:
        return None

    def together(*names: str) -> str:
        return _together(*(row.parts.get(name, "") for name in names))

    return Beginning(
        MadeFrom.REFLECTION,
        pk,
        row.title or "My critical reflection",
        activity=Activity.WORK_BASED,
        what_and_why=together(*WHAT),
        learnt=together(*LEARNT),
        impact=together(*IMPACT),
    )


def _observation(user: User, enrolment: Enrolment, pk: uuid.UUID) -> Beginning | None:
    """Released, of oneself: the observer's words stay theirs, one's own reflection comes along."""
    mine = Observation.objects.visible_to(user).released().filter(enrolment__supervisor=user)
    row = mine.filter(pk=pk, organisation=enrolment.organisation_id).first()
    if row is None:
        return None
    title = f"{row.get_kind_display()} of a supervision I gave"
    return Beginning(
        MadeFrom.OBSERVATION, pk, title, row.observed_on, activity=Activity.FEEDBACK, learnt=row.reflection
    )


def _objective(user: User, enrolment: Enrolment, pk: uuid.UUID) -> Beginning | None:
    """What one set out to learn, what one did for it and how it went."""
    mine = Objective.objects.visible_to(user).kept().filter(plan__enrolment__in=Enrolment.objects.of_supervisor(user))
    row = mine.filter(pk=pk, organisation=enrolment.organisation_id).first()
    if row is None:
        return None
    return Beginning(
        MadeFrom.OBJECTIVE,
        pk,
        Truncator(" ".join(row.need.split())).chars(TITLE_LENGTH),
        timezone.localdate(row.closed_at) if row.closed_at else None,
        activity=Activity.WORK_BASED,
        what_and_why=_together(row.need, row.why, row.activity),
        learnt=row.how_it_went,
    )


def _session(user: User, enrolment: Enrolment, pk: uuid.UUID) -> Beginning | None:
    """What one noted around it, and what its follow-up brought; on the day one was there."""
    here = Q(organisation=None) | Q(organisation=enrolment.organisation_id)
    session = ProgrammeSession.objects.visible_to(user).filter(here, pk=pk).first()
    if session is None:
        return None
    written = list(own_entries(user, enrolment, session))
    today, own = timezone.localdate(), meetings_of(Enrolment.objects.filter(pk=enrolment.pk)).get(enrolment.pk, [])
    held = [meeting.on for meeting in own if meeting.session_id == session.pk and meeting.on <= today]
    return Beginning(
        MadeFrom.SESSION,
        pk,
        f"Session {session.number}: {session.title}"[:TITLE_LENGTH],
        max(held, default=None),
        activity=Activity.FORMAL,
        learnt=_together(*(entry.text for entry in written if entry.item_id)),
        impact=_together(*(entry.text for entry in written if not entry.item_id)),
    )


def _together(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text.strip())


WAYS: Mapping[str, Callable[[User, Enrolment, uuid.UUID], Beginning | None]] = {
    "evidence": _evidence,
    "reflection": _reflection,
    "observation": _observation,
    "objective": _objective,
    "session": _session,
}


def known_peers(enrolment: Enrolment, today: dt.date) -> dict[User, str]:
    """Whom the person's own year shows them, and who they are to them; nobody else of the organisation."""
    manager = enrolment.line_managements.current().select_related("manager").first()
    beside = {current_mentor(enrolment): "your mentor", manager.manager if manager else None: "your line manager"}
    here = User.objects.members_of(enrolment.organisation_id, on=today)
    ids = set(here.filter(pk__in=[person.pk for person in beside if person]).values_list("pk", flat=True))
    return {person: role for person, role in beside.items() if person and person.pk in ids}


def invitations_of(user: User, record: CpdRecord) -> list[PeerInvitation]:
    """Whom the writer has asked, the first first; ``is_here``: whether they still belong to the organisation."""
    rows = PeerInvitation.objects.visible_to(user).filter(record=record).not_withdrawn()
    return list(rows.with_standing().select_related("peer"))
