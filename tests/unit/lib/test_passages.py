"""Words as a person finds them: whatever their case, whole, and wherever lines break."""

import pytest

from pqs_portal.lib.passages import INSTEAD, pattern_of, spoken_of, taken_out


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
        ("Mary Smith", "_Mary Smith_ and __Mary Smith__", "_[taken out]_ and __[taken out]__"),
        ("Mary Smith", "Mary_Smith_report.pdf", "[taken out]_report.pdf"),
        ("Mary Smith", "report_Mary Smith.pdf", "report_[taken out].pdf"),
        ("Mary Smith", "Ma\u00adry\u200b Smi\u200dth", "[taken out]"),
        ("Ma\u00adry", "Mary", "[taken out]"),
        ("Jose\u0301", "José, Josée", "[taken out], Josée"),
    ],
)
def test_what_is_found(passage, text, left):
    assert pattern_of([passage]).sub(INSTEAD, text) == left


def test_the_longer_words_go_first():
    assert pattern_of(["Mary", "Mary Jones"]).sub(INSTEAD, "Mary Jones and Mary") == "[taken out] and [taken out]"


@pytest.mark.parametrize(
    ("text", "most", "left"),
    [
        ("With Jo", 16, "With [taken out]"),
        ("With Jo", 15, "With […]"),
        ("With Jo", 7, "With …"),
        ("With Jo", None, "With [taken out]"),
        ("[taken out] Jo", 20, "[taken out] […]"),
    ],
)
def test_what_stands_instead_fits_and_no_other_word_goes(text, most, left):
    assert taken_out(text, pattern_of(["Jo", "taken"]), most) == left


def test_signs_alone_are_nothing_to_look_for():
    with pytest.raises(ValueError, match="nothing"):
        pattern_of(["--", " "])


def test_words_are_quoted_whatever_their_line_ends():
    assert spoken_of("the  team\nmet", "Then *The team* met again")
    assert not spoken_of("the team left", "Then the team met")
    assert not spoken_of(" ", "anything")
