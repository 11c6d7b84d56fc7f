"""Rows and texts of the world: self-assessments and the mentor's views of them."""

from django.utils import timezone

from portfolio.models import AreaRating, AssessmentScale, MentorView, SelfAssessment, SelfAssessmentVersion


def build(side):
    now, area = timezone.now(), side.catalogue["area"]
    words = ["Low", side.canary("scaleword"), "High"]
    mine = {"enrolment": side.rows["enrolment"], "words": words}

    def said(name):
        return [
            {"area": str(area.pk), "statement": None, "level": 2, "why": side.canary(name), "evidence": []},
        ]  # fmt: skip

    def assessment(point, name, **fields):
        row = side.own(SelfAssessment, **mine, point=point, revision=1, **fields)
        side.own(AreaRating, assessment=row, area=area, level=1, why=side.canary(name))
        return row

    def share(row, name):
        """Readers have a version of its own; what the row says now is the writer's."""
        version = side.own(
            SelfAssessmentVersion,
            assessment=row,
            number=2,
            words=words,
            ratings=said(name),
            shared_with=side.people["mentor"],
            saved_by=side.people["supervisor"],
        )
        SelfAssessment.objects.filter(pk=row.pk).update(
            audience="mentor",
            shared_with=side.people["mentor"],
            shared_at=now,
            shared_version=version,
            nobody_recognisable_at=now,
            revision=2,
        )

    done = {"status": "done", "done_at": now, "done_by": side.people["supervisor"]}
    share(assessment("start", "assessedopenlater", **done), "assessedopen")
    assessment("middle", "assesseddraft")
    share(assessment("end", "assessedwaitinglater", **done), "assessedwaiting")
    seen = {**mine, "mentor": side.people["mentor"], "revision": 1}
    side.own(MentorView, **seen, point="start", ratings=said("viewopen"), given_at=now, opened_at=now)
    side.own(MentorView, **seen, point="middle", ratings=said("viewdraft"))
    theirs = {"enrolment": side.rows["other_enrolment"], "point": "start", "words": words}
    taken_back = side.own(SelfAssessment, **theirs, revision=1)
    side.own(AreaRating, assessment=taken_back, area=area, level=1, why=side.canary("assessedtakenback"))
    given = {"ratings": said("viewtakenback"), "given_at": now, "opened_at": now}
    side.own(MentorView, **theirs, mentor=side.people["other_mentor"], revision=1, **given)
    side.own(AssessmentScale, words=words)
