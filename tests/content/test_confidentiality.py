"""The search for identifying words on its labelled sentences: floors on the half frozen before it was written."""

import hashlib
import re

import pytest

from benchmarks.confidentiality import FOLDER, measure, milliseconds, sentences
from pqs_portal.lib.confidentiality import Kind
from pqs_portal.lib.confidentiality.words import is_first_name, is_surname

FROZEN = "cb3a22df3427709482213aa2e6cad7ab6b7385eeaa402bcefa65a4d730f27b77"
NO_NAMES = {"mrs", "miss", "prof", "cllr", "rev", "auntie", "sister"}


@pytest.fixture(scope="module")
def frozen():
    return measure("frozen")


def test_the_frozen_half_is_as_it_was():
    assert hashlib.sha256((FOLDER / "frozen.txt").read_bytes()).hexdigest() == FROZEN


def test_there_are_enough_sentences():
    assert (len(sentences("frozen")), len(sentences("tuning"))) == (260, 300)


def test_no_name_of_the_frozen_half_is_in_the_lists():
    words = {
        word
        for text, spans in sentences("frozen")
        for kind, start, end in spans
        if kind == Kind.NAME
        for word in re.findall(r"[^\W\d_]{3,}", text[start:end])
    }
    assert [word for word in words if word.lower() not in NO_NAMES and (is_first_name(word) or is_surname(word))] == []


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.NAME])
def test_numbers_and_addresses(frozen, kind):
    assert frozen.precision(kind) > 0.95
    assert frozen.recall(kind) > 0.95


def test_names(frozen):
    assert frozen.recall(Kind.NAME) >= 0.95
    assert frozen.precision(Kind.NAME) >= 0.95


def test_three_thousand_words_take_less_than_half_a_second():
    assert min(milliseconds(3000) for _ in range(3)) < 500
