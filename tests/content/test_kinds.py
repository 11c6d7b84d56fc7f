"""What each kind of evidence asks: few questions, in plain words."""

import re

import pytest

from portfolio.kinds import GUIDES
from portfolio.models import Evidence

JARGON = re.compile(
    r"\b(utili[sz]e|leverage|facilitate|robust|stakeholder|service users?|holistic|synerg|impactful|learnings"
    r"|e\.g\.|i\.e\.|etc|via|please)\b",
    re.IGNORECASE,
)


def test_every_kind_has_a_guide_in_the_order_of_the_list():
    assert set(GUIDES) == set(Evidence.Kind.values)


@pytest.mark.parametrize("kind", GUIDES)
def test_few_questions_in_plain_words(kind):
    guide = GUIDES[kind]
    assert 3 <= len(guide.prompts) <= 5
    assert guide.hint.endswith(".")
    for prompt in guide.prompts:
        assert prompt.endswith("?")
        assert len(prompt.split()) <= 22
    words = " ".join((guide.hint, *guide.prompts))
    assert not JARGON.search(words)
    assert "'" not in words


def test_no_question_stands_in_two_kinds():
    prompts = [prompt for guide in GUIDES.values() for prompt in guide.prompts]
    assert len(prompts) == len(set(prompts))


def test_what_went_well_begins_with_what_worked_and_why():
    first, second, *_ = GUIDES["went_well"].prompts
    assert (first.startswith("What worked"), second.startswith("Why did it work")) == (True, True)


def test_tools_and_statements_are_named_where_they_help():
    assert all(f"Tool {number}" in GUIDES["audit"].hint for number in (31, 33))
    assert "6.2" in GUIDES["agreement"].hint
