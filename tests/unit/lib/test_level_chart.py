"""Small pictures of levels."""

from pqs_portal.lib.level_chart import LevelPoint, level_steps


def test_steps_join_what_is_known_and_say_it_in_words():
    points = [
        LevelPoint("Start", 2, 5, "Developing", beside=3, beside_of=5, beside_word="Capable"),
        LevelPoint("Halfway", None, 5),
        LevelPoint("End", 1, 3, "<New>"),
    ]
    drawn = level_steps("Area 1", points, beside="mentor")
    assert "Start: Developing, mentor: Capable; Halfway: nothing said; End: &lt;New&gt;" in drawn
    assert drawn.count("<circle") == 2
    assert drawn.count("l7 7l-7 7") == 1
    assert drawn.count("V") == 1  # one step, over the moment that was left open


def test_the_same_height_for_the_top_of_any_scale():
    heights = [
        level_steps("Area", [LevelPoint("Start", of, of, "Top")]).partition("cy=")[2][:6] for of in (3, 5)
    ]  # fmt: skip
    assert heights[0] == heights[1]


def test_nothing_known_is_a_picture_too():
    assert "Start: nothing said" in level_steps("Area", [LevelPoint("Start", None, 5)])


def test_two_areas_of_which_the_same_is_known_are_not_called_by_one_name():
    first, second = (level_steps(name, [LevelPoint("Start", 2, 5, "Developing")]) for name in ("Area 1", "Area 2"))
    names = [drawn.partition('aria-labelledby="')[2].partition('"')[0] for drawn in (first, second)]
    assert names[0] != names[1]
