"""Rows of the portfolio for tests. A shared piece is made by the services, so that its versions are right."""

import datetime as dt
import io
import uuid

import factory
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from portfolio.models import Action, Attachment, Evidence, EvidenceMapping, Note, Plan, Point, SelfAssessment
from portfolio.models.self_assessment import DEFAULT_LEVELS
from portfolio.services.evidence import add_version
from portfolio.services.opening import Readers
from portfolio.services.plan import Wanted, make_objective, open_plan
from portfolio.services.self_assessment import Rated, open_assessment, save_assessment, save_view
from portfolio.services.sharing import share_evidence
from pqs_portal.demo.shown import shown_mentor
from tests.factories.pathway import AreaFactory, EnrolmentFactory


class EvidenceFactory(factory.django.DjangoModelFactory):
    """A piece that only its writer can read, saved once. ``areas``: a dict of area to rationale."""

    class Meta:
        model = Evidence
        skip_postgeneration_save = True

    enrolment = factory.SubFactory(EnrolmentFactory)
    organisation = factory.SelfAttribute("enrolment.organisation")
    title = factory.Sequence(lambda n: f"Piece {n}")
    body = factory.Sequence(lambda n: f"What happened in piece {n}")
    happened_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=3))
    version = 1

    @factory.post_generation
    def areas(self, create, extracted, **kwargs):
        for area, rationale in (extracted or {}).items():
            EvidenceMapping.objects.create(
                organisation=self.organisation, evidence=self, area=area, rationale=rationale
            )

    @factory.post_generation
    def saved(self, create, extracted, **kwargs):
        add_version(self, by=self.enrolment.supervisor)


def area_of(enrolment, number=1):
    """An area of the standard that the person's year follows."""
    return AreaFactory(standard=enrolment.cohort.programme.standard, number=number)


def shared(enrolment, *, audience=Evidence.Audience.MENTOR, **fields):
    """A piece shared by its writer with the current mentor, or put into the portfolio."""
    if audience == Evidence.Audience.PORTFOLIO:
        fields.setdefault("areas", {area_of(enrolment): "It shows it"})
    evidence = EvidenceFactory(enrolment=enrolment, **fields)
    return share_evidence(
        evidence=evidence,
        audience=audience,
        version=evidence.version,
        nobody_recognisable=True,
        rationales={},
        by=enrolment.supervisor,
        shown=shown_mentor(enrolment),
    )


class AttachmentFactory(factory.django.DjangoModelFactory):
    """A clean file on a piece."""

    class Meta:
        model = Attachment

    evidence = factory.SubFactory(EvidenceFactory)
    organisation = factory.SelfAttribute("evidence.organisation")
    uploaded_by = factory.SelfAttribute("evidence.enrolment.supervisor")
    name = factory.Sequence(lambda n: f"notes-{n}.txt")
    file = factory.LazyFunction(lambda: ContentFile(b"Some notes", name="stored"))
    content_type = "text/plain"
    size = 10
    sha256 = "0" * 64
    state = Attachment.State.CLEAN


def text_file(name="notes.txt", content=b"Some notes"):
    return SimpleUploadedFile(name, content)


def picture(kind="PNG", size=(20, 10), **options):
    """The bytes of a picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


class NoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Note

    enrolment = factory.SubFactory(EnrolmentFactory)
    organisation = factory.SelfAttribute("enrolment.organisation")
    belongs_to = Note.For.REFLECTION
    text = factory.Sequence(lambda n: f"Something to remember {n}")


class ActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Action

    enrolment = factory.SubFactory(EnrolmentFactory)
    organisation = factory.SelfAttribute("enrolment.organisation")
    text = factory.Sequence(lambda n: f"Something to do {n}")


class SelfAssessmentFactory(factory.django.DjangoModelFactory):
    """The first one, being written, with nothing said yet."""

    class Meta:
        model = SelfAssessment

    enrolment = factory.SubFactory(EnrolmentFactory)
    organisation = factory.SelfAttribute("enrolment.organisation")
    point = Point.START
    words = factory.LazyFunction(lambda: list(DEFAULT_LEVELS))


def assessed(enrolment, levels, *, point=Point.START, why="", finish=True, evidence=()):
    """A self-assessment saved by its writer: ``levels`` is a dict of area to level."""
    ratings = [Rated(area.pk, None, level, why, evidence) for area, level in levels.items()]
    by = enrolment.supervisor
    return save_assessment(enrolment=enrolment, point=point, revision=0, ratings=ratings, finish=finish, by=by)


def opened(assessment, *, to_mentor=True, in_portfolio=False):
    """The same, opened by its writer."""
    return open_assessment(
        assessment=assessment,
        revision=assessment.revision,
        to_mentor=to_mentor,
        in_portfolio=in_portfolio,
        nobody_recognisable=True,
        by=assessment.enrolment.supervisor,
        shown=shown_mentor(assessment.enrolment),
    )


def viewed(enrolment, mentor, levels, *, point=Point.START, why="", give=True, revision=0):
    """The mentor's view, given."""
    ratings = [Rated(area.pk, None, level, why) for area, level in levels.items()]
    return save_view(enrolment=enrolment, point=point, revision=revision, ratings=ratings, give=give, by=mentor)


def planned(enrolment, *, need="Something to learn", **said):
    """An objective in the writer's plan; ``said`` as in services.plan.Wanted."""
    return make_objective(
        pk=uuid.uuid4(), enrolment=enrolment, wanted=Wanted(need=need, **said), by=enrolment.supervisor
    )


def plan_opened(enrolment, *, to_mentor=True, in_portfolio=False):
    """The plan, opened by its writer as it stands."""
    plan = Plan.objects.get(enrolment=enrolment)
    readers = Readers(to_mentor, in_portfolio, nobody_recognisable=True, shown=shown_mentor(enrolment))
    return open_plan(plan=plan, revision=plan.revision, readers=readers, by=enrolment.supervisor)
