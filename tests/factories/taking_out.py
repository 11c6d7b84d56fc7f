"""A year in which every text that can hold them holds the same words, as people type them: never quite alike."""

import uuid

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import WorkingCopy
from observations.models import FocusWish, Observation
from pathway.models import MilestoneCompletion, ParticipationNeed
from portfolio.models import (
    Action,
    AreaRating,
    AreaWord,
    Comment,
    CpdRecord,
    MentorView,
    Note,
    Objective,
    ObjectiveReview,
    Plan,
    PlanVersion,
    PortfolioExport,
    Reflection,
    ReflectionComment,
    ReflectionVersion,
    SelfAssessment,
    SelfAssessmentVersion,
)
from portfolio.services.evidence import add_version
from sessions_catalogue.models import Suggestion, Worksheet, WorkspaceEntry
from tests.factories.pathway import MilestoneFactory
from tests.factories.portfolio import AttachmentFactory, area_of, shared
from tests.factories.sessions_catalogue import BlockItemFactory
from tests.factories.workspace import WorksheetTemplateFactory

PASSAGE = "Margaret Qzxwname"
TOKEN = "qzxwname"
TEXT = "We met Margaret\n  QZXWNAME again."
LEFT = "We met [taken out] again."


def filled(world):
    """Rows of every place; gives those that tests ask about by name."""
    year, writer, mentor, area = world.enrolment, world.supervisor, world.mentor, area_of(world.enrolment)

    def own(model, **fields):
        return model.objects.create(organisation=world.organisation, **fields)

    words, done = ["Low", "High"], timezone.now()
    said = [{"area": str(area.pk), "statement": None, "level": 1, "why": TEXT, "evidence": []}]
    piece = shared(year, title=TEXT, body=TEXT, areas={area: TEXT}, tags=["margaret qzxwname", "mine"])
    piece.version += 1
    piece.save()
    add_version(piece, by=writer)
    file = AttachmentFactory(
        evidence=piece,
        name="Margaret Qzxwname.txt",
        file=ContentFile(b"About margaret qzxwname", name="stored"),
        found=[{"kind": "name", "where": "line 1", "text": "margaret qzxwname"}],
    )
    piece.shared_version.attachments.add(file)
    talk = {"evidence": piece, "version": piece.shared_version, "author": mentor}
    comment = own(Comment, **talk, text=TEXT, passage="margaret qzxwname")
    own(Comment, **talk | {"author": writer}, parent=comment, text=TEXT)

    assessment = own(SelfAssessment, enrolment=year, point="start", words=words, revision=1)
    own(AreaRating, assessment=assessment, area=area, level=1, why=TEXT)
    own(SelfAssessmentVersion, assessment=assessment, number=1, words=words, ratings=said, saved_by=writer)
    own(MentorView, enrolment=year, point="start", mentor=mentor, words=words, ratings=said)

    plan = own(Plan, enrolment=year, revision=1)
    typed = dict.fromkeys(("need", "why", "activity", "support", "success", "how_it_went"), TEXT)
    objective = own(Objective, plan=plan, **typed)
    own(ObjectiveReview, objective=objective, author=mentor, text=TEXT)
    reviews = [{"by": "Margaret Qzxwname", "on": "2026-01-01", "text": TEXT}]
    stood = [{"id": str(objective.pk), "period": "first", "areas": [], **typed, "reviews": reviews}]
    own(PlanVersion, plan=plan, number=1, objectives=stood, saved_by=writer)

    reflection = own(Reflection, enrolment=year, title=TEXT, parts={"what": TEXT}, revision=1)
    version = own(
        ReflectionVersion, reflection=reflection, number=1, title=TEXT, structure="what", parts={"what": TEXT},
        saved_by=writer, shared_with=mentor,
    )  # fmt: skip
    own(ReflectionComment, reflection=reflection, version=version, part="what", author=mentor, text=TEXT)

    note = own(Note, enrolment=year, belongs_to="plan", text=TEXT)
    own(Action, enrolment=year, text=TEXT, how_it_went=TEXT, done_on=timezone.localdate())
    own(
        CpdRecord, enrolment=year, title=TEXT, what_and_why=TEXT, learnt=TEXT, impact=TEXT, with_peer=True,
        peer_learnt=TEXT,
    )  # fmt: skip
    own(AreaWord, enrolment=year, area=area, author=mentor, level="enough", text=TEXT)
    export = own(
        PortfolioExport, enrolment=year, requested_by=world.admin, reason=TEXT, status="done", finished_at=done,
        file=ContentFile(b"%PDF margaret qzxwname", name="x.pdf"),
    )  # fmt: skip

    item = BlockItemFactory()
    own(WorkspaceEntry, enrolment=year, session=item.block.session, item=item, text=TEXT, shared_text=TEXT)
    answers = {"noticed": TEXT, "time": "2"}
    own(
        Worksheet, enrolment=year, template=WorksheetTemplateFactory(), about="Margaret Qzxwname", answers=answers,
        shared_about="Margaret Qzxwname", shared_answers=answers,
    )  # fmt: skip
    own(Observation, enrolment=year, observer=mentor, reflection=TEXT)
    own(FocusWish, enrolment=year, mentor=mentor, text=TEXT, asked_at=timezone.now())
    step = MilestoneFactory(programme=world.cohort.programme)
    own(
        MilestoneCompletion, milestone=step, cohort=world.cohort, enrolment=year, recorded_by=writer, note=TEXT,
        took_part="Margaret Qzxwname", file_name="margaret qzxwname.txt",
    )  # fmt: skip
    own(ParticipationNeed, enrolment=year, text=TEXT)
    own(Suggestion, author=writer, text=TEXT, theme="time")

    def typing(author, form, target, **payload):
        kept = {name: [value] for name, value in payload.items()}
        return own(WorkingCopy, author=author, form=form, target_id=target, revision=7, payload=kept)

    return {
        "piece": piece,
        "file": file,
        "comment": comment,
        "note": note,
        "export": export,
        "objective": objective,
        "typed": typing(writer, "evidence", piece.pk, body=TEXT, title="Mine"),
        "begun": typing(writer, "evidence", uuid.uuid4(), body=TEXT),
        "mentors": typing(mentor, "evidence_comment", piece.pk, text=TEXT, passage="margaret qzxwname"),
    }
