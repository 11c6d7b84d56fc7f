"""Words as a person finds them: whatever their case, whole, and wherever lines break."""

import pytest

from pqs_portal.lib.passages import INSTEAD, pattern_of, spoken_of


@pytest.mark.parametrize(
    ("passage", "text", "left"),
    [
        ("Mary Jones", "With MARY\n  jones.", "With [taken out]."),
        ("Mary Jones", "With *Mary* Jones", "With *[taken out]"),
        ("mary jones", "Mary\u00a0Jones’s son", "[taken out]’s son"),
        ("O'Neil", "Mrs O’Neil", "Mrs [taken out]"),
        ("Ana-Lena", "Ana–Lena", "[taken out]"),
        ("José", "to jose\u0301 and José", "to [taken out] and [taken out]"),
        ("123 456", "no. 123\n456, 1123 456", "no. [taken out], 1123 456"),
        ("Al", "Al also said: al.", "[taken out] also said: [taken out]."),
        ("Jo", "Jo\u0301 is another", "Jo\u0301 is another"),
        ("a.b", "axb a.b", "axb [taken out]"),
    ],
)
def test_what_is_found(passage, text, left):
    assert pattern_of([passage]).sub(INSTEAD, text) == left


def test_the_longer_words_go_first():
    assert pattern_of(["Mary", "Mary Jones"]).sub(INSTEAD, "Mary Jones and Mary") == "[taken out] and [taken out]"


def test_signs_alone_are_nothing_to_look_for():
    with pytest.raises(ValueError, match="nothing"):
        pattern_of(["--", " "])


def test_words_are_quoted_whatever_their_line_ends():
    assert spoken_of("the  team\nmet", "Then *The team* met again")
    assert not spoken_of("the team left", "Then the team met")
    assert not spoken_of(" ", "anything")
