"""CSV as it is written, and as people's spreadsheets save it."""

import contextlib
import csv
import io
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pqs_portal.lib.csv import NotReadable, read_csv, rows_to_csv

COLUMNS = {"name": ("full name", "prénom"), "email": ("e-mail", "e-mail address"), "starts_on": ("start date",)}


def read(content, **given):
    if isinstance(content, str):
        content = content.encode()
    return read_csv(content, **{"columns": COLUMNS, "most_rows": 100, "required": ("name", "email")} | given)


def cells(content):
    return [tuple(row.cells.values()) for row in read(content).rows]


def written(*row):
    content = rows_to_csv(["Name"], [row])
    assert content.startswith(b"\xef\xbb\xbfName\r\n")
    return next(csv.reader(io.StringIO(content.decode("utf-8-sig").split("\r\n", 1)[1], newline="")))


@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", '=HYPERLINK("https://evil.example","x")']
)
def test_formulas_are_written_as_texts(text):
    assert written(text) == [f"'{text}"]


def test_numbers_stay_numbers_and_texts_texts():
    assert written(-1, 2.5, Decimal("-3.10"), None, "Zoë; a, b", 'say "so"', "two\nlines") == [
        "-1", "2.5", "-3.10", "", "Zoë; a, b", 'say "so"', "two\nlines",
    ]  # fmt: skip


def test_headings_are_guarded_too():
    assert rows_to_csv(["=1"], []) == b"\xef\xbb\xbf'=1\r\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=4))
def test_no_text_becomes_a_formula(texts):
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in written(*texts))


PLAIN = "Name,E-mail,Start date\r\nZoë,zoe@x.example,1 March 2027\r\n"
SEEN = [("Zoë", "zoe@x.example", "1 March 2027")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_what_spreadsheets_save(encoding, mark, end):
    assert cells(PLAIN.replace(",", mark).replace("\r\n", end).encode(encoding)) == SEEN


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_the_line_that_names_the_separator(first):
    table = read(f"{first}\r\n" + PLAIN.replace(",", ";"))
    assert [row.number for row in table.rows] == [2], "Excel does not show that line"
    assert table.unknown == []


def test_commas_in_a_table_with_semicolons():
    assert cells('Name;E-mail;"Start date"\n"Lee, Zoë";a@x.example;3,5') == [("Lee, Zoë", "a@x.example", "3,5")]


@pytest.mark.parametrize("heading", ["E-MAIL", " e-mail  ", "Email", "e mail", "E_mail:", "é-mail", "EMail Address *"])
def test_headings_are_met_halfway(heading):
    assert read(f"name,{heading}\nA,a@x.example").rows[0].cells["email"] == "a@x.example"


def test_accents_of_the_aliases_do_not_matter():
    assert read("PRENOM,email\nA,b").rows[0].cells["name"] == "A"


def test_missing_and_unknown_columns():
    table = read("Name,,Shoe size\nA,B,C")
    assert table.missing == ["email"]
    assert table.unknown == ["column 2", "Shoe size"]
    assert table.rows[0].cells == {"name": "A", "email": "", "starts_on": ""}
    assert table.rows[0].problems == []


def test_numbers_are_those_of_the_spreadsheet():
    table = read('\n,,\nname,email\n"A\nB",a@x.example\n\n , \nC,c@x.example\n')
    assert [(row.number, row.cells["name"]) for row in table.rows] == [(4, "A\nB"), (7, "C")]


def test_space_around_cells_is_dropped():
    assert cells("name,email,start date\n  A B\u00a0,\ta@x.example ,") == [("A B", "a@x.example", "")]


def test_quotes():
    assert cells('name,email,start date\n"A ""B"" C",5" wide,') == [('A "B" C', '5" wide', "")]


def test_too_few_and_too_many_cells():
    few, many, trailing = read("name,email,start date\nA,b\nA,b,c,d\nA,b,c,,\n").rows
    assert few.problems == ["The line has 2 of 3 cells."]
    assert few.cells == {"name": "A", "email": "b", "starts_on": ""}
    assert many.problems == ["The line has more cells than the first line has headings (3)."]
    assert trailing.problems == []


def test_empty_columns_at_the_end_are_none():
    assert read("name,email,,\nA,b,,\n").unknown == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\r\n , ,\r\n", "empty"),
        (b"sep=;", "empty"),
        (b"PK\x03\x04\x14\x00rest", "save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as CSV"),
        (b"%PDF-1.7", "save it as CSV"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
        (b"name,email\nA\x00,b", "not a text file"),
        (b"\xff\xfe\x00\x00n\x00\x00\x00", "not a text file"),
        (b"\xff\xfen", "not a text file"),
        (b"name,email\n\x81\x8d", "not a text file"),
        (b'name,email\nA,b\n"C,d\nE,f\n', "Line 3 cannot be read"),
        (b'name,email\n"A"B,c\n', "Line 2 cannot be read"),
        (b'"name,email\nA,b', "Line 1 cannot be read"),
        (b"name,email\n" + b"a" * 200_000, "Line 2 cannot be read"),
        (b"Name,E-mail,email\nA,b,c", "“E-mail” and “email” mean the same"),
        (b"a," * 300 + b"a", "more than 200 columns"),
        (b"name,email\n" + b"A,b\n" * 101, "more than 100 lines"),
    ],
)
def test_what_cannot_be_read_says_how_to_mend_it(content, words):
    with pytest.raises(NotReadable, match=words):
        read(content)


def test_as_many_rows_as_allowed():
    assert len(read("name,email\n" + "A,b\n" * 100 + "\n\n").rows) == 100


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    with contextlib.suppress(NotReadable):
        read(content)


def test_a_file_of_ours_can_be_read_again():
    assert cells(rows_to_csv(["Name", "Email", "Start date"], [("Zoë, Lee", 'a"b', "c\nd")])) == [
        ("Zoë, Lee", 'a"b', "c\nd")
    ]


def test_five_thousand_rows_in_well_under_a_second():
    rows = [(f"Person {number}", f"{number}@x.example", "1 March") for number in range(5000)]
    content = rows_to_csv(["Name", "Email", "Start date"], rows)
    before = time.perf_counter()
    assert len(read(content, most_rows=5000).rows) == 5000
    assert time.perf_counter() - before < 0.5
