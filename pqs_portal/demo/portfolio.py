"""What Sam says of where they stand at the start of the year, and how Priya sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from accounts.models import User
from pathway.models import Cohort, Enrolment
from portfolio.models import Evidence, MentorView, Point, SelfAssessment, SelfAssessmentVersion
from portfolio.services.self_assessment import Rated, open_assessment, save_assessment, save_view
from pqs_portal.demo.work import ago

# Area, level, why, and the title of a piece that shows it.
OWN = (
    (1, 2, "I know what we stand for. I rarely say it out loud when the duty desk is full.", ""),
    (2, 1, "I have not yet tried to change anything outside my own team.", ""),
    (3, 3, "People learn when I make room for it. I still make room only in quiet weeks.", ""),
    (4, 2, "I look at what is recorded. I seldom look at how a visit really went.", ""),
    (5, 3, "I test a plan with questions. I would like to bring in research more often.", "Whose risk is it?"),
    (6, 4, "This is where I come from, and workers tell me it helps.", "Why I said yes to supervising"),
    (7, 2, "I avoid saying who decides, and then I decide anyway.", "Feedback from Worker A on our first ten weeks"),
    (8, None, "I leave it open: I have not had to address anybody’s performance yet.", ""),
)
MENTORS = (
    (1, 3, "You do say it, in how you ask about the person before the task."),
    (3, 3, "The protected hour is real. Next: let others lead it."),
    (5, 3, "You stayed with a question that many would have closed."),
    (6, 4, ""),
    (7, 3, "You are clearer about who decides than you think; the agreement shows it."),
)
DONE_DAYS_AGO = 89


def assess(cohort: Cohort, people: dict[str, User]) -> None:
    """The first one, shared, with the mentor's view beside."""
    sam, priya = people["sam"], people["priya"]
    enrolment: Enrolment = cohort.enrolments.select_related("organisation", "cohort").get(supervisor=sam)
    done, shared = ago(DONE_DAYS_AGO), ago(DONE_DAYS_AGO - 3)
    finished_assessment(enrolment, Point.START, own=OWN, mentors=MENTORS, mentor=priya, done=done, shared=shared)


def rated(enrolment: Enrolment, rows: Iterable[Sequence[Any]]) -> list[Rated]:
    """Area, level, why, and perhaps the title of a piece that shows it."""
    areas = {area.number: area for area in enrolment.cohort.programme.standard.areas.all()}
    pieces = dict(Evidence.objects.filter(enrolment=enrolment).values_list("title", "pk"))
    return [
        Rated(areas[number].pk, None, level, why, [pieces[title] for title in titles if title])
        for number, level, why, *titles in rows
    ]


def finished_assessment(
    enrolment: Enrolment,
    point: str,
    *,
    own: Iterable[Sequence[Any]],
    mentors: Iterable[Sequence[Any]],
    mentor: User,
    done: dt.datetime,
    shared: dt.datetime,
) -> None:
    """Done and opened by its writer, with the view that the mentor had given beside it."""
    writer = enrolment.supervisor
    save_view(enrolment=enrolment, point=point, revision=0, ratings=rated(enrolment, mentors), give=True, by=mentor)
    row = save_assessment(
        enrolment=enrolment, point=point, revision=0, ratings=rated(enrolment, own), finish=True, by=writer
    )
    open_assessment(
        assessment=row,
        revision=row.revision,
        to_mentor=True,
        in_portfolio=False,
        nobody_recognisable=True,
        by=writer,
        shown=mentor.pk,
    )
    SelfAssessment.objects.filter(pk=row.pk).update(created_at=done, done_at=done, shared_at=shared, updated_at=shared)
    SelfAssessmentVersion.objects.filter(assessment=row).update(created_at=done)
    views = MentorView.objects.filter(enrolment=enrolment, point=point)
    views.update(created_at=done, given_at=done, opened_at=shared)
