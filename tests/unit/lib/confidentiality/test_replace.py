"""The same person, the same letter."""

from pqs_portal.lib.confidentiality import apply, find, replacements

TEXT = (
    "My supervisee Chidimma Okwuosa told me about Adult A. Chidimma's note was clear. "
    "The daughter, Nkechinyere, rang 07700 900123. Mrs Thwaites lives alone."
)


def test_one_person_is_one_letter_and_letters_in_use_are_left_out():
    assert replacements(TEXT, find(TEXT)) == {
        "Chidimma Okwuosa": "Worker B",
        "Chidimma": "Worker B",
        "Nkechinyere": "Relative C",
        "Mrs Thwaites": "Adult D",
        "07700 900123": "[phone number]",
    }


def test_what_stands_there_already_says_nothing_about_the_next_name():
    text = "Worker A told me about Mrs Thwaites."
    assert replacements(text, find(text)) == {"Mrs Thwaites": "Adult B"}


def test_apply_keeps_possessives():
    assert apply(TEXT, replacements(TEXT, find(TEXT))) == (
        "My supervisee Worker B told me about Adult A. Worker B's note was clear. "
        "The daughter, Relative C, rang [phone number]. Adult D lives alone."
    )


def test_apply_takes_only_what_was_chosen_and_only_whole_words():
    text = "Ann met Ann-Marie, Hannah and O'Ann. Ann’s bag."
    assert apply(text, {"Ann": "Adult A"}) == "Adult A met Ann-Marie, Hannah and O'Ann. Adult A’s bag."
    assert apply(text, {}) == text


def test_the_longer_name_goes_first():
    assert apply("Ann Lee and Ann", {"Ann": "B", "Ann Lee": "A"}) == "A and B"


def test_a_married_couple_is_two_people():
    text = "I saw Mr Thwaites and then Mrs Thwaites."
    assert set(replacements(text, find(text)).values()) == {"Adult A", "Adult B"}


def test_after_z_come_two_letters():
    text = " ".join(f"Adult {chr(65 + index)} was there." for index in range(26)) + " I told Chidimma so."
    assert replacements(text, find(text)) == {"Chidimma": "Person AA"}


def test_a_replaced_text_has_nothing_left_to_find():
    assert find(apply(TEXT, replacements(TEXT, find(TEXT)))) == []
