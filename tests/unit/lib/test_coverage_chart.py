"""The small picture of one area: the same in shapes and in words."""

from pqs_portal.lib.coverage_chart import CoveragePoint, coverage_card, coverage_in_words


def test_an_area_without_pieces_says_only_its_word():
    point = CoveragePoint("later", "nothing yet, comes in session 2, 3 June")
    assert coverage_in_words(point) == "nothing yet, comes in session 2, 3 June"
    drawn = coverage_card("Area 2", point)
    lines = (">nothing yet<" in drawn, ">comes in session 2, 3 June<" in drawn)
    assert (drawn.count("<rect"), lines) == (0, (True, True))


def test_each_piece_is_a_square_filled_where_others_read_it():
    drawn = coverage_card("Area 1", CoveragePoint("some", "some", opened=2, private=1, when="today"))
    assert (drawn.count('fill="#0f5257" stroke'), drawn.count("<rect"), ">last today<" in drawn) == (2, 3, True)


def test_of_many_the_rest_is_a_number():
    drawn = coverage_card("Area 1", CoveragePoint("enough", "enough for you", opened=300))
    assert (drawn.count("<rect"), ">+288<" in drawn) == (12, True)


def test_what_is_said_stands_in_the_words_and_is_escaped():
    point = CoveragePoint("some", "some", opened=1, best=1, when="yesterday", said=[("A<b>", "more is needed")])
    assert coverage_in_words(point) == "some; 1 piece; 1 among the best; the last yesterday; A<b>: more is needed"
    assert "<b>" not in coverage_card("Area 1", point)
