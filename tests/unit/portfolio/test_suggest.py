"""Areas guessed from the session, the kind and the words: a help, in the order of likelihood."""

import uuid

import pytest

from pathway.models import Area, Standard
from portfolio.area_words import OF_KIND, WORDS
from portfolio.models import Evidence
from portfolio.suggest import found_words, suggested


def areas(series="pqs-adults", titles=("Values", "Influence", "Capability", "Assuring", "Analysis", "Relations")):
    standard = Standard(series=series)
    return [Area(standard=standard, number=number, title=title) for number, title in enumerate(titles, 1)]


def numbers(of, **asked):
    return [row.area.number for row in suggested(of, **{"text": "", "kind": "plain"} | asked)]


def test_nothing_from_nothing_and_nothing_from_one_word():
    assert numbers(areas()) == []
    assert numbers(areas(), text="We talked about ethics.") == []


def test_two_words_of_an_area():
    found = suggested(areas(), text="We weighed the RISKS, and I asked what was opinion.", kind="plain")
    assert [(row.area.number, row.why) for row in found] == [(5, "You write of “weighed”, “risks” and “opinion”.")]


def test_the_kind_alone():
    found = suggested(areas(), text="", kind="agreement")
    assert [(row.area.number, row.why) for row in found] == [
        (6, "“A supervision agreement” often speaks to it."),
    ]


def test_the_session_comes_first_and_at_most_three_are_named():
    of = areas()
    text = "Trust, listening, stress. Ethics and values and privilege and faith. Policies, leadership. Audits, quality."
    found = suggested(of, text=text, kind="situation", session_area=of[4].pk)
    assert [row.area.number for row in found] == [5, 1, 6]
    assert found[0].why == "The session is about it."


def test_what_is_chosen_is_not_suggested():
    of = areas()
    assert numbers(of, kind="agreement", chosen=[of[5].pk]) == []
    assert numbers(of, session_area=of[0].pk, chosen=[of[0].pk, uuid.uuid4()]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the law, lawyers and flaws", ["law"]),
        ("1:1, then group supervision", []),
        ("Powerful people", ["powerful"]),
        ("empowered", []),
        ("the Care\nAct says so", ["care act"]),
    ],
)
def test_words_are_whole_and_a_star_stands_for_an_ending(text, found):
    plain = " ".join(text.casefold().split())
    assert found_words("pqs-adults", 7, "", plain) == found


def test_a_set_without_a_list_goes_by_its_titles():
    of = areas("own", ["Practice supervision and dementia", "Housing partnerships"])
    assert numbers(of, text="Dementia and supervision") == []
    assert numbers(of, text="Housing first, in partnerships") == [2]


def test_every_list_is_of_its_own_words():
    for lists in WORDS.values():
        for number, words in lists.items():
            assert len(words) == len(set(words)) >= 8, number
            assert all(word == word.casefold().strip() and word.strip("*") for word in words)
    assert set(WORDS) == set(OF_KIND)
    for kinds in OF_KIND.values():
        assert set(Evidence.Kind.values) - set(kinds) == {"session", "plain"}
