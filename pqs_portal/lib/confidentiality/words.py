"""Which words are English, and which are names somewhere: two libraries' lists, loaded once, when first asked.

Together they take about 60 MB and a second; a process that never searches a text never loads them.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import unicodedata
import zoneinfo
from functools import lru_cache

from . import vocabulary

LETTERS = re.compile(r"[^\W\d_]+")
MEDICINE = re.compile(
    r".(?:zepam|prazole|statin|cillin|oxetine|pril|olol|apine|azine|formin|mab|parin|triptyline|peridone|azole|sartan)$"
)
# The lists leave out names of two letters, most of which are words; these are people more often.
TWO_LETTERS = frozenset({"jo", "mo", "ed", "bo", "li", "xu", "wu", "ng", "yu", "su", "ty", "vi"})
NOT_DECOMPOSED = str.maketrans("łŁøØđĐıħŧæœß", "lLoOdDihtaos")


def plain(word: str) -> str:
    """Lower case without accents, so that Jose finds José."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.translate(NOT_DECOMPOSED))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


@lru_cache(maxsize=20_000)
def _known(lower: str) -> tuple[bool, str]:
    """(whether an English dictionary has the word, its lemma)"""
    import simplemma  # noqa: PLC0415 -- 26 MB, only for who needs it

    return simplemma.is_known(lower, "en"), simplemma.lemmatize(lower, "en")


def is_english(word: str) -> bool:
    """An ordinary word, each part of a compound too; not a proper noun that the dictionary happens to have."""
    if word.lower() in TWO_LETTERS:
        return False
    parts = LETTERS.findall(word.lower())
    return bool(parts) and all(_is_ordinary(part) for part in parts)


def _is_ordinary(lower: str) -> bool:
    known, lemma = _known(lower)
    return known and not lemma[:1].isupper()


def is_proper(word: str) -> bool:
    """A proper noun that the dictionary has: Leeds, Arabic, Sarah."""
    known, lemma = _known(word.lower())
    return known and lemma[:1].isupper()


def is_base_form(word: str) -> bool:
    """Not a plural or an inflected verb."""
    return _known(word.lower())[1].casefold() == word.casefold()


@lru_cache(maxsize=1)
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """(first names, surnames) of all the countries that Faker knows, as far as they are written in Latin letters."""
    person = importlib.import_module("faker.providers.person")
    first: set[str] = set()
    last: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if "name" in attribute and "format" not in attribute and isinstance(values, tuple | list | dict):
                target = first if "first" in attribute else last
                target.update(part for value in values for part in _parts(value))
    return frozenset(first), frozenset(last)


def _parts(value: object) -> list[str]:
    parts = LETTERS.findall(plain(value)) if isinstance(value, str) else []
    return [part for part in parts if len(part) > 2 and part.isascii()]


def is_first_name(word: str) -> bool:
    return word.lower() in TWO_LETTERS or any(part in _names()[0] for part in LETTERS.findall(plain(word)))


def is_surname(word: str) -> bool:
    return any(part in _names()[1] for part in LETTERS.findall(plain(word)))


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """Countries, and the cities that time zones are called after."""
    address = importlib.import_module("faker.providers.address.en").Provider
    gb = importlib.import_module("faker.providers.address.en_GB").Provider
    zones = (zone.rpartition("/")[2].replace("_", " ") for zone in zoneinfo.available_timezones() if "/" in zone)
    # Names of one word only: "St Thomas" would make a place of every Thomas.
    return frozenset(plain(name) for name in [*address.countries, *gb.counties, *zones] if name.isalpha())


def is_place(word: str) -> bool:
    return plain(word) in _places() or plain(word) in vocabulary.PLACES


def is_medicine(word: str) -> bool:
    """By the ending that international names of medicines share; who is called Nadine is in the lists."""
    return bool(MEDICINE.search(word.lower()))
