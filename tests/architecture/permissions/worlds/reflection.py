"""Rows and texts of the world: the critical reflection and its notebook."""

import uuid
from types import SimpleNamespace

from django.utils import timezone

from accounts.models import WorkingCopy
from observations.models import Observation, ObservationVersion
from portfolio.models import Evidence, Note, Reflection, ReflectionComment, ReflectionVersion, WordLimit
from tests.architecture.permissions.rows.later import source_id


def build(side):
    people = side.people
    piece = _piece(side)
    texts = {1: "former", 2: "between", 3: "earlier", 4: "", 5: "later"}
    readers = {1: people["former_mentor"], 3: people["mentor"], 4: people["mentor"]}
    versions = {
        number: _version(side, piece, number, f"reflected{name}", readers.get(number))
        for number, name in texts.items()
    }  # fmt: skip
    side.rows |= {f"reflection_version_{number}": version for number, version in versions.items()}
    Reflection.objects.filter(pk=piece.pk).update(
        audience="mentor",
        shared_with=people["mentor"],
        shared_at=timezone.now(),
        shared_version=versions[4],
        nobody_recognisable_at=timezone.now(),
    )

    def say(version, author, name, **more):
        about = {"reflection": piece, "version": version, "part": "what", "paragraph": 1}
        return side.own(ReflectionComment, **about, author=people[author], text=side.canary(name), **more)

    said = say(versions[3], "mentor", "reflectioncomment")
    say(versions[3], "supervisor", "reflectionanswer", parent=said)
    say(versions[1], "former_mentor", "reflectioncommentformer")
    side.rows["reflection_comment"] = said
    side.rows["reflection_spot"] = SimpleNamespace(pk=_spot(piece, b"what", 1))
    side.own(WordLimit, fewest=900, most=1100)
    _other(side)
    _notes(side)


def _spot(piece, part, paragraph):
    """A paragraph has no row."""
    return uuid.UUID(int=piece.pk.int ^ int.from_bytes(part + bytes([0, paragraph])))


def _piece(side):
    return side.own(
        Reflection,
        enrolment=side.rows["enrolment"],
        title=side.canary("reflectedtitlelater"),
        parts={"what": side.canary("reflectedlater"), "free": side.canary("reflectedaside")},
        revision=5,
    )


def _version(side, piece, number, name, reader):
    title = "reflectedtitle" if number == 4 else "reflectedtitlelater"
    return side.own(
        ReflectionVersion,
        reflection=piece,
        number=number,
        title=side.canary(title) if number > 3 else "",
        structure="what",
        parts={"what": side.canary(name)},
        shared_with=reader,
        saved_by=side.people["supervisor"],
    )


def _other(side):
    """Done, and nobody else's."""
    now, writer = timezone.now(), side.people["other_supervisor"]
    row = side.own(
        Reflection,
        enrolment=side.rows["other_enrolment"],
        parts={"what": side.canary("otherreflected")},
        revision=5,
        status="done",
        done_at=now,
        done_by=writer,
    )
    versions = [
        side.own(ReflectionVersion, reflection=row, number=number, structure="what", parts=row.parts, saved_by=writer)
        for number in range(1, 6)
    ]
    # Open to the mentor for a while.
    reader = side.people["other_mentor"]
    ReflectionVersion.objects.filter(pk=versions[1].pk).update(shared_with=reader, taken_back_at=now)
    talk = {"reflection": row, "version": versions[1], "part": "what", "paragraph": 1}
    said = side.own(ReflectionComment, **talk, author=reader, text=side.canary("closedcomment"))
    side.own(ReflectionComment, **talk, author=writer, parent=said, text=side.canary("closedanswer"))
    side.rows["closed_comment"] = said
    side.own(
        WorkingCopy,
        author=reader,
        form="reflection_comment",
        target_id=_spot(row, b"what", 2),
        page=f"/people/{row.enrolment_id}/reflection/comment/?part=what&paragraph=2",
        revision=1,
        payload={"text": [side.canary("closedtyped")]},
    )


def _notes(side):
    """Something released and something written, by ids that addresses can name."""
    mine, now, mentor = {"enrolment": side.rows["enrolment"]}, timezone.now(), side.people["mentor"]
    watched = side.own(
        Observation,
        pk=source_id(side.mark, "observation"),
        **mine,
        observer=mentor,
        status="draft",
        asked_beforehand=True,
        observed_on=timezone.localdate(),
    )
    version = side.own(ObservationVersion, observation=watched, number=1, content={}, saved_by=mentor)
    Observation.objects.filter(pk=watched.pk).update(
        status="released", released_at=now, released_by=mentor, released_version=version
    )
    side.own(
        Evidence,
        pk=source_id(side.mark, "evidence"),
        **mine,
        title=side.canary("privatelater"),
        body=side.canary("privatelaterbody"),
    )
    side.own(
        Note,
        **mine,
        belongs_to="reflection",
        text=side.canary("noteobserved"),
        came_from="observation",
        came_from_id=watched.pk,
    )
