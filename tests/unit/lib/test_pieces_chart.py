"""What each area has, as squares and in words."""

from pqs_portal.lib.pieces_chart import Pieces, pieces_chart, pieces_in_words


def test_an_area_without_pieces_says_so():
    empty = Pieces("1 Values")
    assert (empty.in_words, empty.kinds_in_words) == ("no piece yet", "")
    drawn = pieces_chart("Evidence", [empty])
    assert (drawn.count("<rect"), ">no piece yet<" in drawn) == (0, True)


def test_each_piece_is_a_square_and_the_best_have_a_star():
    area = Pieces("1 Values", [("a situation I handled", 3, 1), ("feedback I received", 1, 1)])
    assert (area.count, area.best) == (4, 2)
    drawn = pieces_chart("Evidence", [area])
    assert (drawn.count("<rect"), drawn.count('fill="#ffffff"'), drawn.count('fill="#d9e8e7"')) == (4, 2, 2)
    assert area.kinds_in_words == "a situation I handled (3), feedback I received"
    # Squares of one kind stand together, the next kind a little apart.
    assert [f'<rect x="{x}"' in drawn for x in (1, 17, 33, 55)] == [True] * 4


def test_of_many_the_rest_is_a_number():
    drawn = pieces_chart("Evidence", [Pieces("1 Values", [("plain", 100, 0)])])
    assert (drawn.count("<rect"), ">+70: 100 pieces<" in drawn) == (30, True)


def test_the_words_say_the_same_and_nothing_breaks_the_picture():
    areas = [Pieces("1 A<b>", [("one", 1, 1)]), Pieces("2 B", [("one", 2, 1)]), Pieces("3 C", [("one", 1, 0)])]
    assert pieces_in_words(areas) == (
        "1 A<b>: 1 piece, among the best; 2 B: 2 pieces, 1 of them among the best; 3 C: 1 piece"
    )
    assert "<b>" not in pieces_chart("Evidence", areas)
