"""Rows and texts of the world: a version that was taken back, a thread, a comment that is being typed."""

from django.utils import timezone

from accounts.models import WorkingCopy
from portfolio.models import Comment, EvidenceVersion


def build(side):
    piece, mentor = side.rows["evidence_mentored"], side.people["mentor"]
    side.own(
        EvidenceVersion,
        evidence=piece,
        number=0,
        title=side.canary("takenback"),
        body=side.canary("takenbackbody"),
        happened_on=timezone.localdate(),
        audience="mentor",
        shared_with=mentor,
        taken_back_at=timezone.now(),
        saved_by=side.people["supervisor"],
    )
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
