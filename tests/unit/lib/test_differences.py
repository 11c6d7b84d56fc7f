"""Two texts side by side: nothing is left out, and what differs is marked."""

from difflib import Match, SequenceMatcher

import pytest

from pqs_portal.lib.differences import MOST_LOOKS, MOST_TOKENS, Looks, compare, pairs, steps


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
    lines = [f"Line {number} has five words\n" for number in range(MOST_TOKENS // 5)]
    changed = [*lines[:10], "Another line\n", *lines[11:-20], "One more\n", *lines[-19:]]
    left, right = compare("".join(lines), "".join(changed))
    assert (marked(left), marked(right)) == ([lines[10], lines[-20]], ["Another line\n", "One more\n"])
    assert "".join(part.text for part in right) == "".join(changed)


HARD = [
    ("a " + "." * 8000, "b " + "." * 7999 + "!"),
    ("x\n" + "same\n" * 4000 + "y", "z\n" + "same\n" * 3999 + "w"),
    ("".join(f"a{n}. " for n in range(2900)), "".join(f"b{n}. " for n in range(2900))),
    ("x\n" + "\n" * 20_000 + "y", "z" + "\n" * 20_000),
]


@pytest.mark.parametrize(("theirs", "mine"), HARD)
def test_the_work_has_a_bound_and_the_texts_stay_whole(monkeypatch, theirs, mine):
    looked = []

    def longest(self, alo, ahi, blo, bhi):
        looked.append(sum(len(self.b2j.get(token, ())) for token in self.a[alo:ahi]))
        return Match(alo, blo, 0)

    monkeypatch.setattr(SequenceMatcher, "find_longest_match", longest)
    left, right = compare(theirs, mine)
    assert sum(looked) <= MOST_LOOKS
    assert ("".join(part.text for part in left), "".join(part.text for part in right)) == (theirs, mine)
    assert "".join(step.text for step in steps(theirs, mine) if step.kind != "new") == theirs


def test_marks_in_a_row_are_one_token_and_what_both_begin_and_end_with_is_not_looked_at():
    looks = Looks()
    compare("." * 8000, "!" * 8000, looks)
    assert MOST_LOOKS - looks.left == 1
    same = "The same words. " * 500
    compare(f"{same}One{same}", f"{same}Two{same}", looks)
    assert MOST_LOOKS - looks.left == 2


def test_fields_share_the_looks_and_what_is_not_compared_differs():
    looks = Looks()
    looks.left = 3
    assert marked(compare("a, b, c", "x, b, y", looks)[0]) == ["a, b, c"]
    assert looks.left == 0
    assert marked(compare("a same z", "b same y", looks)[0]) == ["a same z"]


def test_beyond_the_most_lines_both_are_whole():
    theirs, mine = "a\nb\n" * MOST_TOKENS, "a\nc\n" * MOST_TOKENS
    left, right = compare(theirs, mine)
    assert (marked(left), marked(right)) == ([theirs], [mine])


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
