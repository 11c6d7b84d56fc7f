"""What a page shows of identifying words: grouped by person, placed, marked, replaced everywhere."""

import pytest

from pqs_portal.lib.words_found import CheckedText, items_in, marked, marked_line, replaced


def texts(**given):
    return [CheckedText(name, name.capitalize(), text) for name, text in given.items()]


def test_one_person_is_one_item_through_all_texts():
    (item,) = items_in(texts(title="About Oluwaseun", body="I met Oluwaseun Adeyemi. Oluwaseun smiled."))
    assert item.words == ["Oluwaseun", "Oluwaseun Adeyemi"]
    assert [(place.label, place.before, place.words, place.after) for place in item.places] == [
        ("Title", "About ", "Oluwaseun", ""),
        ("Body", "I met ", "Oluwaseun Adeyemi", ". Oluwaseun smiled."),
        ("Body", "I met Oluwaseun Adeyemi. ", "Oluwaseun", " smiled."),
    ]
    assert (item.count, item.more, item.likely) == (3, 0, True)


def test_numbers_stand_apart_from_each_other_and_behind_the_names():
    found = items_in(texts(body="Ring 07700 900123 or 07700 900456, then ask Oluwaseun Adeyemi."))
    assert [(item.title, item.words, item.stand_ins[0]) for item in found] == [
        ("Name", ["Oluwaseun Adeyemi"], "Person A"),
        ("Phone number", ["07700 900123"], "[phone number]"),
        ("Phone number", ["07700 900456"], "[phone number]"),
    ]


def test_a_letter_in_use_is_not_offered_again_but_may_be_chosen():
    (item,) = items_in(texts(title="Worker A at work", body="Oluwaseun Adeyemi came."))
    assert item.stand_ins[0].endswith(" B")
    assert item.stand_ins[-1] == "Worker A"


def test_places_are_cut_between_words():
    (item,) = items_in(texts(body=f"{'before ' * 20}Oluwaseun Adeyemi {'after ' * 20}"))
    (place,) = item.places
    assert (place.before[:7], place.after[-6:]) == ("…before", "after…")


def test_replacing_changes_only_the_texts_that_hold_the_words():
    given = texts(title="Team day", body="Ann rang Hannah, and Ann’s sister wrote.")
    assert replaced(given, {"Ann": "Adult A"}) == {"body": "Adult A rang Hannah, and Adult A’s sister wrote."}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ann rang Hannah", '<p><mark class="pp-found">Ann</mark> rang Hannah</p>\n'),
        ("**Ann** <b>", '<p><strong><mark class="pp-found">Ann</mark></strong> &lt;b&gt;</p>\n'),
        ("[Ann](mailto:a@b.org)", '<p><a href="mailto:a@b.org"><mark class="pp-found">Ann</mark></a></p>\n'),
        ("[x](https://e.org/?q=Ann)", '<p><a href="https://e.org/?q=Ann">x</a></p>\n'),
        ('[x](https://e.org "Ann")', '<p><a href="https://e.org" title="Ann">x</a></p>\n'),
        ("\ue000Ben\ue001", "<p>Ben</p>\n"),
    ],
)
def test_marks_stand_in_the_words_and_never_in_a_tag(text, html):
    assert marked(text, ["Ann"]) == html


def test_a_line_is_escaped():
    assert marked_line("<b>Ann</b>", ["Ann"]) == '&lt;b&gt;<mark class="pp-found">Ann</mark>&lt;/b&gt;'
    assert marked_line("Ann", []) == "Ann"
