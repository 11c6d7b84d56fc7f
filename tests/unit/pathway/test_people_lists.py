"""Lists of people as they are pasted or come out of spreadsheets."""

import datetime as dt

import pytest

from pathway import people_lists
from pqs_portal.lib.csv import NotReadable


def test_what_people_may_take_part_as_in_words():
    assert people_lists.IN_WORDS == (
        "on the pathway, aspiring supervisor, supervisor of another profession, mentor, leader, single sessions"
    )


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Sam Green <sam@example.org>", [("Sam Green", "sam@example.org")]),
        ('"Sam Green" <sam@example.org>', [("Sam Green", "sam@example.org")]),
        ("Sam Green\tsam@example.org", [("Sam Green", "sam@example.org")]),
        ("Sam Green, sam@example.org", [("Sam Green", "sam@example.org")]),
        ("sam@example.org, Sam Green", [("Sam Green", "sam@example.org")]),
        ("sam@example.org", [("", "sam@example.org")]),
        ("Sam Green", [("Sam Green", "")]),
        ("Sam Green, sam.example.org", [("Sam Green", "sam.example.org")]),
        ("Green, Sam <s@a.org>; Fox, Di <d@a.org>;", [("Sam Green", "s@a.org"), ("Di Fox", "d@a.org")]),
        ("Sam Green <s@a.org>\r\n\r\n \nDi <d@a.org>\n", [("Sam Green", "s@a.org"), ("Di", "d@a.org")]),
        ("O’Brien-Ng, Zoë <z@a.org>", [("Zoë O’Brien-Ng", "z@a.org")]),
    ],
)
def test_pasted_addresses(text, people):
    table = people_lists.read_addresses(text)

    assert [(row.cells["name"], row.cells["email"]) for row in table.rows] == people
    assert [row.number for row in table.rows] == list(range(1, len(people) + 1))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"Name,Team\nSam,North\n", "no column “E-mail”"),
        (b"First,Second\n1,2\n", "no column “Name” and “E-mail”"),
        (b"Name,E-mail\n", "headings, but nobody below them"),
        (b"x" * (people_lists.MOST_BYTES + 1), "larger than 5 MB"),
        (b"PK\x03\x04 a spreadsheet", "This is not a CSV file"),
        (b"Name,E-mail\n" + b"a,a@a.org\n" * 5001, "more than 5000 lines"),
    ],
)
def test_a_file_of_no_use_says_why(content, words):
    with pytest.raises(NotReadable, match=words):
        people_lists.read_file(content)


def test_a_list_of_no_use_says_why():
    with pytest.raises(NotReadable, match="There is nobody in the list"):
        people_lists.read_addresses(" \n;\n")
    with pytest.raises(NotReadable, match="more than 5,000 people"):
        people_lists.read_addresses("a <a@a.org>\n" * 5001)


@pytest.mark.parametrize(
    "content",
    [
        "Name,E-mail\nZoë Ng,z@a.org\n".encode("utf-8-sig"),
        "Name;E-mail\nZoë Ng;z@a.org\n".encode("cp1252"),
        "sep=;\nName;E-mail\nZoë Ng;z@a.org\n".encode("utf-8-sig"),
        "NAME\tEMAIL ADDRESS\nZoë Ng\tz@a.org\n".encode("utf-16"),
    ],
    ids=["byte order mark", "semicolons", "sep line", "unicode text"],
)
def test_files_as_spreadsheets_save_them(content):
    (row,) = people_lists.read_file(content).rows

    assert (row.cells["name"], row.cells["email"]) == ("Zoë Ng", "z@a.org")


def test_the_example_is_read_again():
    assert [row.cells["email"] for row in people_lists.read_file(people_lists.example()).rows] == [
        "nadia@example.org", "sam@example.org",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/9/2027", dt.date(2027, 9, 3)),
        ("03.09.2027", dt.date(2027, 9, 3)),
        ("2027-09-03", dt.date(2027, 9, 3)),
        ("31/2/2027", None),
        ("3/9/27", None),
        ("9/30/2027", None),
        ("1/1/0001", None),
        ("soon", None),
    ],
)
def test_dates(typed, day):
    assert people_lists.date_of(typed) == day
