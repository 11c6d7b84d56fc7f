"""Each kind by its format, and what only looks like it."""

import time
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pqs_portal.lib.confidentiality import Certainty, Kind, find
from pqs_portal.lib.confidentiality.contacts import AREAS
from pqs_portal.lib.confidentiality.numbers import is_nhs_number


def found(text, kind):
    return [finding.text for finding in find(text) if finding.kind == kind]


@pytest.mark.parametrize(
    ("digits", "right"),
    [
        ("9434765919", True),
        ("9434765918", False),
        ("4010232137", True),
        ("9876543210", True),
        ("1111111111", False),  # never given out, though the sum is right
        ("943476591", False),
        ("94347659190", False),
        ("943476591x", False),
        ("", False),
    ],
)
def test_nhs_check_digit(digits, right):
    assert is_nhs_number(digits) is right


@given(st.integers(min_value=100_000_000, max_value=999_999_999))
def test_at_most_one_check_digit_is_right(nine):
    assert sum(is_nhs_number(f"{nine}{digit}") for digit in range(10)) <= 1


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("NHS no. 943 476 5919.", ["943 476 5919"]),
        ("NHS no. 94 34 76 59 19.", ["94 34 76 59 19"]),
        ("on 94 34 76 59 19 we met", []),
        ("9434765919", ["9434765919"]),
        ("£9434765919", []),
        ("19434765919", []),
        ("943-476-5919", ["943-476-5919"]),
        ("943 476 5918", []),
    ],
)
def test_nhs_numbers(text, numbers):
    assert found(text, Kind.NHS_NUMBER) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("AB123456C", ["AB123456C"]),
        ("ab 12 34 56 c", ["ab 12 34 56 c"]),
        ("DA123456C", []),
        ("AO123456C", []),
        ("AB123456E", []),
        ("XAB123456C", []),
        *[(f"{prefix}123456A", []) for prefix in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ")],
    ],
)
def test_national_insurance_numbers(text, numbers):
    assert found(text, Kind.NATIONAL_INSURANCE) == numbers


PHONES = [
    ("7700", "900", "123"),
    ("20", "7946", "0018"),
    ("161", "496", "0345"),
    ("1632", "960", "555"),
    ("1632", "9605", "5"),
]
PREFIXES = ["0{}", "(0{})", "+44 {}", "+44{}", "0044 {}", "+44 (0){}", "+44 (0) {}", "(+44) {}", "+44-{}", "+44 0{}"]


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("around", ["{}", "Ring {}, please.", "({})", "Tel:{}.", "“{}”", "Call {};"])
def test_phone_numbers_however_they_are_grouped(prefix, around):
    for (area, middle, last), first, second in product(PHONES, " -.\u00a0", ["", " ", "-"]):
        number = f"{prefix.format(area)}{first}{middle}{second}{last}"
        assert found(around.format(number), Kind.PHONE) == [number]


def test_phone_numbers_of_other_countries():
    assert found("Ring +353 1 496 0345.", Kind.PHONE) == ["+353 1 496 0345"]


@pytest.mark.parametrize("text", ["01/02/2027 10:30", "0.7 of 1,250", "pages 0112-0118", "£07700900123", "07700 900"])
def test_what_is_no_phone_number(text):
    assert found(text, Kind.PHONE) == []


@pytest.mark.parametrize(
    ("text", "postcodes"),
    [
        ("M1 1AE", ["M1 1AE"]),
        ("sw1a 2aa", ["sw1a 2aa"]),
        ("EC1A1BB", ["EC1A1BB"]),
        ("ZX1 1AE", []),
        ("M1 1AC", []),
        ("so2 3pm", []),
        ("PC1 2a", []),
    ],
)
def test_postcodes(text, postcodes):
    assert found(text, Kind.POSTCODE) == postcodes


def test_all_areas_are_there():
    assert len(AREAS) == 124


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("She was born on 12 March 1941 and met us on 3 April 2027.", ["12 March 1941"]),
        ("DOB: 03/04/62", ["03/04/62"]),
        ("We met on 03/04/2027. She was born in Leeds.", []),
        ("3 May 1950 was his date of birth", ["3 May 1950"]),
        ("Aged 67 (12/02/1958)", ["12/02/1958"]),
        ("He is aged 67. We met him on 12/02/2027.", []),
        ("Date of birth:\n1950-01-31", ["1950-01-31"]),
        ("Section 3.4.2 was born of a debate", []),
    ],
)
def test_dates_of_birth(text, dates):
    assert found(text, Kind.DATE_OF_BIRTH) == dates


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("at 14 Larch Close with", ["14 Larch Close"]),
        ("at Flat 3, 60 Windmill Lane.", ["Flat 3, 60 Windmill Lane"]),
        ("at 14 larch lane", ["14 larch lane"]),
        ("12 close calls and 3 roads", []),
        ("In 2024 Spring Gardens opened", []),
    ],
)
def test_street_addresses(text, addresses):
    assert found(text, Kind.ADDRESS) == addresses


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Mosaic 1234567", ["1234567"]),
        ("case no. 98765", ["98765"]),
        ("LAS ID 445120", ["445120"]),
        ("client 40213", ["40213"]),
        ("ref: ASC/2026/01187", ["ASC/2026/01187"]),
        ("the case in 2026", []),
        ("case 3 of 4", []),
        ("file 2026", []),
        ("ref 03/09/2026", []),
    ],
)
def test_case_numbers(text, numbers):
    assert found(text, Kind.CASE_NUMBER) == numbers


def test_email_addresses():
    assert found("To a.b+c@mail.example.org, or @handle.", Kind.EMAIL) == ["a.b+c@mail.example.org"]


@given(st.text(max_size=400))
def test_findings_are_slices_in_order_without_overlaps(text):
    findings = find(text)
    assert all(text[finding.start : finding.end] == finding.text != "" for finding in findings)
    assert all(one.end <= other.start for one, other in pairwise(findings))
    assert all(finding.certainty in Certainty for finding in findings)


@pytest.mark.parametrize(
    "unit",
    [
        "de ",
        "Aa, ",
        "A",
        "a@",
        "0",
        "0 0 0",
        "000 ",
        "Mr ",
        "A. ",
        "1/",
        "case ",
        "Flat 1, ",
        "O'",
        "Name ",
        "NAME ",
        "born ",
    ],
)
def test_long_and_odd_texts_take_no_longer_than_others(unit):
    find("warm up: Chidimma")
    text = unit * (100_000 // len(unit))
    started = time.perf_counter()
    find(text)
    assert time.perf_counter() - started < 10
