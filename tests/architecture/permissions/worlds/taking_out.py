"""Rows and texts of the world: a version that was taken back, a thread, a comment that is being typed."""

from django.utils import timezone

from accounts.models import WorkingCopy
from portfolio.models import Comment, EvidenceVersion


def _taken_back(side, piece, name):
    return side.own(
        EvidenceVersion,
        evidence=piece,
        number=0,
        title=side.canary(name),
        body=side.canary(f"{name}body"),
        happened_on=timezone.localdate(),
        audience="mentor",
        shared_with=side.people["mentor"],
        taken_back_at=timezone.now(),
        saved_by=side.people["supervisor"],
    )


def _talk_taken_back(side, piece, version):
    """On a piece that is open again, and on one that is not."""

    def say(author, name, about=version, **more):
        talk = {"evidence": about.evidence, "version": about, "author": side.people[author]}
        return side.own(Comment, **talk, text=side.canary(name), **more)

    said = say("mentor", "takenbackcomment", passage=side.canary("takenbackquoted"))
    say("supervisor", "takenbackanswer", parent=said)
    say("supervisor", "takenbackasked")
    side.rows["comment_taken_back"] = said
    closed = side.rows["evidence_private"]
    said = say("mentor", "privatetalk", _taken_back(side, closed, "privatetaken"))
    side.rows["private_talk"] = said
    side.own(
        WorkingCopy,
        author=side.people["mentor"],
        form="evidence_answer",
        target_id=said.pk,
        revision=1,
        payload={"text": [side.canary("privatetyped")]},
    )


def build(side):
    piece, mentor = side.rows["evidence_mentored"], side.people["mentor"]
    _talk_taken_back(side, piece, _taken_back(side, piece, "takenback"))
    # Words that several may quote or take out, and that tell nobody anything.
    piece.shared_version.body += " Known by name"
    piece.shared_version.save()
    Comment.objects.filter(pk=side.rows["comment"].pk).update(passage=side.canary("quoted"))
    side.rows["comment_answer"] = side.own(
        Comment,
        evidence=piece,
        version=piece.shared_version,
        parent=side.rows["comment"],
        author=side.people["supervisor"],
        text=side.canary("answered"),
    )
    side.own(
        WorkingCopy,
        author=mentor,
        form="evidence_comment",
        target_id=side.rows["evidence_portfolio"].pk,
        revision=1,
        payload={"text": [side.canary("commenttyped")]},
    )
