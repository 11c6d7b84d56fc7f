"""What a form holds, as data that can be stored."""

import pytest
from django.http import QueryDict

from pqs_portal.lib.drafts import (
    MOST_BYTES,
    MOST_FIELDS,
    Refused,
    TooLarge,
    cleaned,
    has_something,
    has_words,
    payload_of,
)


def test_a_form_as_data():
    posted = QueryDict(
        "body=One%0D%0ATwo&areas=1&areas=2&csrfmiddlewaretoken=x&draft_revision=3&password=y&save_draft="
    )
    assert payload_of(posted) == {"body": ["One\nTwo"], "areas": ["1", "2"]}


def test_text_is_kept_as_typed():
    assert cleaned({"body": ["  two  spaces \r\n\t<b>’é😀\u2028"]}) == {"body": ["  two  spaces \n\t<b>’é😀\u2028"]}


def test_half_a_character_becomes_what_a_browser_posts_for_it():
    assert cleaned({"body": ["a\ud83db"]}) == {"body": ["a\ufffdb"]}


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "x",
        {"a": "x"},
        {"a": [1]},
        {"a": None},
        {1: ["x"]},
        {str(number): [] for number in range(MOST_FIELDS + 1)},
    ],
)
def test_what_no_form_sends_is_refused(raw):
    with pytest.raises(Refused, match="could not be read"):
        cleaned(raw)


def test_a_character_that_cannot_be_stored_is_refused_in_words():
    with pytest.raises(Refused, match="Copy it again as plain text"):
        cleaned({"body": ["a\x00b"]})


@pytest.mark.parametrize("letter", ["x", "é"])
def test_the_limit_counts_bytes(letter):
    longest = letter * ((MOST_BYTES - 1) // len(letter.encode()))
    assert cleaned({"b": [longest]}) == {"b": [longest]}
    with pytest.raises(TooLarge, match="Save it in two parts"):
        cleaned({"b": [longest + letter]})


@pytest.mark.parametrize(
    ("payload", "words", "something"),
    [
        ({"text": [" "], "shown": ["171a5ee2-7c5e-4c37-9c5f-c529ac3712cd"], "revision": ["0"]}, False, False),
        ({"kind": ["plain"], "happened_on_day": ["3"], "areas": ["1"]}, False, False),
        ({"text": ["Words"]}, True, True),
        ({"kept": ["a file"]}, False, True),
        ({"level_1": ["3"], "why_1": [""]}, False, True),
    ],
)
def test_what_would_be_a_loss(payload, words, something):
    assert (has_words(payload), has_something(payload)) == (words, something)
