"""A choice of sessions: its order, its length in words, and what follows from what is left out."""

import pytest

from sessions_catalogue.chosen import Ticked, consequences, in_hours, in_order
from tests.factories.accounts import OrganisationFactory
from tests.factories.pathway import AreaFactory
from tests.factories.sessions_catalogue import ProgrammeSessionFactory

pytestmark = [pytest.mark.unit, pytest.mark.django_db]

# Session → the one area it serves; the others are general.
AREA_OF = {4: 1, 5: 6, 6: 7, 7: 3, 9: 5, 10: 8, 11: 4, 12: 2}


@pytest.fixture
def twelve():
    areas = {number: AreaFactory(number=number) for number in range(1, 9)}
    return {
        number: ProgrammeSessionFactory(
            number=number, area=areas.get(AREA_OF.get(number)), recommended_for_all=number == 1
        )
        for number in range(1, 13)
    }


def numbers(ticked):
    return [session.number for session in in_order(ticked)]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ({}, [1, 2, 3, 4, 5]),
        # Number → (where it stood, what is typed).
        ({5: (5, 2)}, [1, 5, 2, 3, 4]),
        ({2: (2, 5)}, [1, 3, 4, 5, 2]),
        ({2: (2, 3), 4: (4, 1)}, [4, 1, 3, 2, 5]),
        ({3: (None, None)}, [1, 2, 3, 4, 5]),
        ({3: (None, 1)}, [1, 3, 2, 4, 5]),
        ({1: (1, 99)}, [2, 3, 4, 5, 1]),
    ],
)
def test_a_session_goes_to_the_place_that_is_typed(twelve, places, expected):
    ticked = [Ticked(twelve[number], *places.get(number, (number, number))) for number in range(1, 6)]
    assert numbers(ticked) == expected


def test_without_places_they_go_by_number_and_a_new_one_joins_where_its_number_fits(twelve):
    assert numbers([Ticked(twelve[number]) for number in (9, 2, 4)]) == [2, 4, 9]
    turned = [Ticked(twelve[9], 1, 1), Ticked(twelve[2], 2, 2), Ticked(twelve[4], 3, 3)]
    assert numbers([*turned, Ticked(twelve[3])]) == [3, 9, 2, 4]


@pytest.mark.parametrize("left_out", AREA_OF)
def test_each_area_says_which_session_it_loses(twelve, left_out):
    chosen = [session for number, session in twelve.items() if number != left_out]
    area = twelve[left_out].area
    assert [one.words for one in consequences(list(twelve.values())) if one.follows(chosen)] == [
        f"Without session {left_out} nobody comes to area {AREA_OF[left_out]}, {area.title}"
    ]


@pytest.mark.parametrize("left_out", [2, 3, 8])
def test_the_general_ones_can_be_left_out_without_a_word(twelve, left_out):
    chosen = [session for number, session in twelve.items() if number != left_out]
    assert [one for one in consequences(list(twelve.values())) if one.follows(chosen)] == []


def test_the_first_is_recommended_for_everyone(twelve):
    chosen = [session for number, session in twelve.items() if number != 1]
    assert [one.words for one in consequences(list(twelve.values())) if one.follows(chosen)] == [
        f"Session 1, {twelve[1].title}, is recommended for everyone"
    ]


def test_an_own_version_stands_in_for_the_one_it_was_made_from(twelve):
    organisation = OrganisationFactory()
    own = [
        ProgrammeSessionFactory._meta.model.objects.create(
            organisation=organisation, number=number, slug="own", title="Ours", overview="o", day=1, aims=[],
            area=twelve[number].area, copied_from=twelve[number], recommended_for_all=number == 1,
        )
        for number in (1, 4)
    ]  # fmt: skip
    offered = [*twelve.values(), *own]
    chosen = [session for number, session in twelve.items() if number not in (1, 4)] + own
    assert [one for one in consequences(offered) if one.follows(chosen)] == []


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1080, "18 hours"),
        (270, "4 hours 30 minutes"),
        (61, "1 hour 1 minute"),
        (45, "45 minutes"),
        (0, "0 minutes"),
    ],
)
def test_minutes_in_words(minutes, words):
    assert in_hours(minutes) == words
