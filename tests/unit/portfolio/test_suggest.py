"""Areas guessed from the session, the kind and the words: a help, in the order of likelihood."""

import uuid

import pytest

from benchmarks.suggested_areas import labelled, measure, the_areas
from pathway.models import Area, Standard
from portfolio.area_words import COMMON_KIND, TELLING_KIND, WORDS
from portfolio.models import Evidence
from portfolio.suggest import found_words, suggested


def areas(series="pqs-adults", titles=("Values", "Influence", "Capability", "Assuring", "Analysis", "Relations")):
    standard = Standard(series=series)
    return [Area(standard=standard, number=number, title=title) for number, title in enumerate(titles, 1)]


def rows(of, **asked):
    return [(row.area.number, row.why) for row in suggested(of, **{"text": "", "kind": "plain"} | asked)]


def numbers(of, **asked):
    return [number for number, _ in rows(of, **asked)]


def test_nothing_from_nothing_and_nothing_from_one_common_word():
    assert numbers([], text="Ethics") == []
    assert numbers(areas()) == []
    assert numbers(areas(), text="We talked about boundaries.") == []


def test_one_telling_word_is_enough_and_so_are_two_common_ones():
    assert rows(areas(), text="We talked about ETHICS.") == [(1, "You write of “ethics”.")]
    assert rows(areas(), text="Boundaries, and what is unfair.") == [(1, "You write of “boundaries” and “unfair”.")]


def test_a_word_of_two_areas_is_half_a_word_for_each():
    assert numbers(areas(), text="We looked at the training.") == []
    assert numbers(areas(), text="Training and the quality of records.") == [4]
    assert numbers(areas(), text="Training and the evidence.") == []


def test_the_words_that_say_most_are_shown_in_the_order_of_the_text():
    text = "I felt upset. We spoke of trust and stress, and how tired one gets: burnout, and our agreement."
    assert rows(areas(), text=text) == [(6, "You write of “stress”, “burnout” and “our agreement”.")]


def test_the_kind_alone_and_with_a_word():
    of = areas()
    assert rows(of, kind="agreement") == [(6, "“A supervision agreement” often speaks to it.")]
    assert rows(of, kind="reflection") == []
    assert rows(of, kind="reflection", text="She was upset.") == [
        (6, "“Reflection on supervision I gave” often speaks to it, and you write of “upset”."),
    ]


def test_the_session_comes_first_and_at_most_two_are_named():
    of = areas()
    text = "Trust, empathy, stress. Ethics and values and privilege and faith. Leadership, strategy, governance."
    assert numbers(of, text=text) == [1, 2]
    found = rows(of, text=text, session_area=of[4].pk)
    assert [number for number, _ in found] == [5, 1]
    assert found[0][1] == "The session is about it."


def test_an_area_with_much_less_than_the_likeliest_is_not_named():
    of = areas()
    assert numbers(of, text="Ethics and dignity, with an audit") == [1]
    assert numbers(of, text="Ethics, with an audit") == [1, 4]


def test_what_is_chosen_is_not_suggested_and_nothing_weaker_comes_up_for_it():
    of = areas()
    assert numbers(of, kind="agreement", chosen=[of[5].pk]) == []
    assert numbers(of, session_area=of[0].pk, chosen=[of[0].pk, uuid.uuid4()]) == []
    text = "Trust, empathy, stress. Ethics and values and faith. Leadership, strategy, governance."
    assert numbers(of, text=text, chosen=[of[0].pk]) == [2]
    assert numbers(of, text=text, chosen=[of[0].pk, of[1].pk]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the law, outlaws and flaws", ["law"]),
        ("Powerful people", ["powerful"]),
        ("empowered", []),
        ("the Care\nAct says so", ["care act"]),
        ("a capacity assessment, then two capacity assessments", ["capacity assessment"]),
        ("after s42", ["s42"]),
        ("a child’s choice", ["choice"]),
    ],
)
def test_words_are_whole_and_a_star_stands_for_an_ending(text, found):
    assert found_words("pqs-adults", ((7, ""),), text)[7].most_telling() == found


def test_a_set_without_a_list_goes_by_its_titles():
    of = areas("own", ["Practice supervision and dementia", "Housing partnerships"])
    assert numbers(of, text="Dementia and supervision") == []
    assert numbers(of, text="Housing first, in partnerships") == [2]


def test_the_childrens_set_has_its_own_lists():
    of = areas("kss-children", ["Excellent practice", "Excellent practitioners", "Systems", "Power"])
    assert rows(of, text="The court asked what the threshold was.") == [(4, "You write of “court” and “threshold”.")]
    assert numbers(of, kind="audit") == [1]


def test_every_list_is_of_its_own_words():
    for lists in WORDS.values():
        for number, words in lists.items():
            both = words.telling + words.common
            assert len(both) == len(set(both)) >= 8, number
            assert all(word == " ".join(word.casefold().split()) and word.strip("*") for word in both)
            assert all("*" not in word[:-1] for word in both)
    assert set(WORDS) == set(TELLING_KIND) == set(COMMON_KIND)
    for series in WORDS:
        assert not set(TELLING_KIND[series]) & set(COMMON_KIND[series])
        assert set(Evidence.Kind.values) - set(TELLING_KIND[series]) - set(COMMON_KIND[series]) == {"session", "plain"}


@pytest.mark.parametrize("frozen", [False, True])
def test_most_suggestions_for_the_labelled_pieces_are_right(frozen):
    figures = measure(labelled(frozen=frozen), the_areas())
    assert figures.pieces == (86 if frozen else 82)
    assert min(figures.precision, figures.one_right) >= 0.7
