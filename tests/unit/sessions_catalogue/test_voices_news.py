"""Who hears what of suggestions."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Role
from sessions_catalogue.models import Suggestion
from sessions_catalogue.services.suggestions import answer_suggestion
from sessions_catalogue.voices_news import events
from tests.factories.accounts import member
from tests.factories.voices import SuggestionFactory

pytestmark = pytest.mark.django_db

ANSWER = {"status": "done", "answer": "WORDS", "publish": False}


def since(days=1):
    return timezone.now() - dt.timedelta(days=days)


def test_leads_hear_of_a_new_one_and_not_its_words(world, django_assert_num_queries):
    row = SuggestionFactory(organisation=world.organisation, text="WORDS")
    _ = world.other
    with django_assert_num_queries(2):
        found = events(since())
    assert [(event.recipient_id, event.kind, event.key, event.title, event.url) for event in found] == [
        (
            world.ld_lead.pk,
            "suggestion",
            f"suggestion:{row.pk}",
            "There is a new suggestion. Theme: Time and workload",
            f"/suggestions/{row.pk}/",
        )
    ]


def test_a_lead_is_not_told_of_their_own(world):
    SuggestionFactory(organisation=world.organisation, author=world.ld_lead)
    assert events(since()) == []
    other = member(world.organisation, Role.LD_LEAD)
    assert [event.recipient_id for event in events(since())] == [other.pk]


def test_the_author_hears_of_each_answer(world):
    row = SuggestionFactory(organisation=world.organisation, author=world.supervisor)
    Suggestion.objects.update(created_at=since(days=9))
    row = answer_suggestion(suggestion=row, by=world.ld_lead, revision=1, **ANSWER)
    (event,) = events(since())
    assert (event.recipient_id, event.kind, event.title, event.url, event.at) == (
        world.supervisor.pk,
        "suggestion_answered",
        "Your suggestion is answered. It stands at: Done",
        "/suggestions/",
        row.answered_at,
    )
    row = answer_suggestion(suggestion=row, by=world.ld_lead, revision=2, **ANSWER | {"answer": "More"})
    assert [again.key != event.key for again in events(since())] == [row.answered_at.second != event.at.second]


def test_publishing_alone_and_answers_to_nobody_are_no_news(world):
    old = {"organisation": world.organisation, "answer": "WORDS", "status": "done"}
    named = SuggestionFactory(**old, answered_at=since(days=9))
    unnamed = SuggestionFactory(organisation=world.organisation, author=None)
    Suggestion.objects.update(created_at=since(days=9))
    answer_suggestion(suggestion=named, by=world.ld_lead, revision=1, **ANSWER | {"publish": True})
    answer_suggestion(suggestion=unnamed, by=world.ld_lead, revision=1, **ANSWER)
    assert events(since()) == []
