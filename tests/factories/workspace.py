"""Rows of what people write around a session for themselves."""

import factory
from django.utils import timezone

from sessions_catalogue.models import Worksheet, WorksheetTemplate, WorkspaceEntry
from tests.factories.sessions_catalogue import BlockItemFactory


class WorkspaceEntryFactory(factory.django.DjangoModelFactory):
    """``shared_with`` opens the text as it is."""

    class Meta:
        model = WorkspaceEntry

    enrolment = factory.SubFactory("tests.factories.pathway.EnrolmentFactory")
    organisation = factory.SelfAttribute("enrolment.organisation")
    item = factory.SubFactory(BlockItemFactory)
    session = factory.SelfAttribute("item.block.session")
    text = "What I make of it."
    shared_with = None
    shared_at = factory.LazyAttribute(lambda row: timezone.now() if row.shared_with else None)
    shared_text = factory.LazyAttribute(lambda row: row.text if row.shared_with else "")


FIELDS = [
    {"key": "held_on", "label": "When was it?", "hint": "", "kind": "date", "group": ""},
    {"key": "noticed", "label": "What did you notice?", "hint": "In a few words", "kind": "long", "group": "look"},
    {"key": "word", "label": "One word for it", "hint": "", "kind": "text", "group": "look"},
    {
        "key": "time", "label": "There was time to think", "hint": "", "kind": "scale", "group": "weigh",
        "low": "hardly", "high": "plenty",
    },
]  # fmt: skip
GROUPS = [{"key": "look", "title": "Look", "text": "At what happened."}, {"key": "weigh", "title": "Weigh", "text": ""}]


class WorksheetTemplateFactory(factory.django.DjangoModelFactory):
    """A date, two texts and a scale, in two groups."""

    class Meta:
        model = WorksheetTemplate
        django_get_or_create = ("key",)

    key = factory.Sequence(lambda n: f"worksheet-{n}")
    title = factory.LazyAttribute(lambda template: f"Title of {template.key}")
    text = "What it is for."
    session_number = 4
    groups = GROUPS
    fields = FIELDS


class WorksheetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Worksheet

    enrolment = factory.SubFactory("tests.factories.pathway.EnrolmentFactory")
    organisation = factory.SelfAttribute("enrolment.organisation")
    template = factory.SubFactory(WorksheetTemplateFactory)
    about = ""
    answers = factory.LazyFunction(lambda: {"noticed": "Much silence", "time": "2"})
    shared_with = None
    shared_at = factory.LazyAttribute(lambda row: timezone.now() if row.shared_with else None)
    shared_about = factory.LazyAttribute(lambda row: row.about if row.shared_with else "")
    shared_answers = factory.LazyAttribute(lambda row: row.answers if row.shared_with else {})
