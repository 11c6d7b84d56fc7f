"""Two texts side by side: nothing is left out, and what differs is marked."""

import pytest

from pqs_portal.lib.differences import MOST_WORDS, compare, pairs, steps


def marked(parts):
    return [part.text for part in parts if part.differs]


@pytest.mark.parametrize(
    ("theirs", "mine", "only_theirs", "only_mine"),
    [
        ("", "", [], []),
        ("I listened.", "I listened.", [], []),
        ("", "New words", [], ["New words"]),
        ("I asked twice.", "I asked once.", ["twice"], ["once"]),
        ("One two three", "One three", ["two "], []),
        ("a\n\nb", "a\n\nc", ["b"], ["c"]),
        ("<b>x</b>", "<b>y</b>", ["x"], ["y"]),
    ],
)
def test_what_differs_is_marked_and_all_is_there(theirs, mine, only_theirs, only_mine):
    left, right = compare(theirs, mine)
    assert ("".join(part.text for part in left), "".join(part.text for part in right)) == (theirs, mine)
    assert (marked(left), marked(right)) == (only_theirs, only_mine)


def test_long_texts_are_compared_by_lines():
    lines = [f"Line {number} has five words\n" for number in range(MOST_WORDS // 5)]
    changed = [*lines[:10], "Another line\n", *lines[11:]]
    left, right = compare("".join(lines), "".join(changed))
    assert (marked(left), marked(right)) == ([lines[10]], ["Another line\n"])
    assert "".join(part.text for part in right) == "".join(changed)


def test_only_fields_that_differ_are_shown_and_none_is_forgotten():
    theirs = [("Name", "A"), ("Text", "same"), ("Area 3", "chosen.")]
    mine = [("Name", "B"), ("Text", "same"), ("Area 4", "chosen.")]
    assert [pair.label for pair in pairs(theirs, mine)] == ["Name", "Area 4", "Area 3"]


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        ("", "", []),
        ("", "new", [("new", "new")]),
        ("The cat sat. It was", "The dog ran. It is", [
            ("The ", "same"), ("cat sat", "gone"), ("dog ran", "new"), (". It ", "same"), ("was", "gone"),
            ("is", "new"),
        ]),
        ("a b", "a x b", [("a ", "same"), ("x ", "new"), ("b", "same")]),
        ("one\ntwo", "1\n2", [("one", "gone"), ("1", "new"), ("\n", "same"), ("two", "gone"), ("2", "new")]),
    ],
)  # fmt: skip
def test_two_texts_read_as_one(older, newer, expected):
    found = steps(older, newer)
    assert [(step.text, step.kind) for step in found] == expected
    assert "".join(step.text for step in found if step.kind != "new") == older
    assert "".join(step.text for step in found if step.kind != "gone") == newer
