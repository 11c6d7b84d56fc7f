"""E-mail addresses, postcodes and street addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Finding, Kind, from_span, word_set

EMAIL = re.compile(r"(?<![\w.+'’\-])[\w+][\w.+'’%\-]{0,63}@(?:[^\W_][\w\-]{0,62}\.)+[^\W\d_]{2,24}(?!\w)")

# The 124 areas of the Royal Mail's postcode address file, with Jersey, Guernsey and the Isle of Man.
AREAS = word_set(
    """AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
    FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN
    NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW
    UB W WA WC WD WF WN WR WS WV YO ZE"""
)
# Area, district, sector, unit; C, I, K, M, O and V never stand in a unit (so "so2 3pm" is a time).
POSTCODE = re.compile(
    r"(?<![\w\-/])([A-Z]{1,2})\d(?:\d|[A-Z])?[ \u00a0]?\d[ABD-HJLNP-UW-Z]{2}(?![\w/])(?!-\d)", re.IGNORECASE
)

WORD = r"(?:(?:[A-Z][^\W\d_]{0,30}(?:['’\-][^\W\d_]{1,30}){0,3}|of|the|upon|y|yr)\.?[ ])"
STREET = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Cl|Drive|Dr|Crescent|Cres|Terrace|Terr|Gardens|Gdns|Grove|Way|Walk|Hill"
    "|Mews|Row|Quay|Wharf|Yard|Rise|View|Park|Green|Common|Parade|Place|Pl|Square|Sq|Gate|Path|Croft|Mount|Bank|End"
    "|Court|Ct|Vale|Fold|Meadows?|Wynd|Brae|Chase|Side|Heights|Broadway|Embankment|Buildings|Cottages|Villas|Bridge"
)
BUILDING = "House|Court|Tower|Towers|Lodge|Mansions|Heights|Point|Buildings|Building|Hall|Place|Mill|Cottage|Yard|Wharf"
NUMBER = r"(?<![\w.,£$€/\-])(?!(?:19|20)\d\d\b)\d{1,4}[A-Za-z]?(?:[ ]?[\-–/][ ]?\d{1,4}[A-Za-z]?)?"
ON_A_STREET = rf"{NUMBER},?[ ](?:{WORD}{{1,4}}(?:{STREET})\b(?!['’])|[Tt]he[ ](?:{STREET})\b)"
IN_A_HOUSE = rf"(?:{WORD}{{1,3}}(?:{BUILDING})\b)"
INSIDE = r"(?:Flat|Apartment|Apt|Unit|Room|Maisonette|Plot|Caravan|Pitch|Bungalow)[ ](?:\d{1,4}[A-Za-z]?|[A-Z])"
ADDRESS = re.compile(
    rf"\b(?i:{INSIDE}),?[ ](?:{ON_A_STREET}|{IN_A_HOUSE}(?:,[ ]{ON_A_STREET})?)"
    rf"|\b{WORD}{{1,2}}(?:House|Cottage|Lodge|Farm|Villa|Hall|Manor|Bungalow|Barn|Croft),[ ]"
    rf"(?:{ON_A_STREET}|{WORD}{{1,3}}(?:{STREET})\b)"
    rf"|{ON_A_STREET}"
)
# Typed without capitals: only the words that are hardly anything else, with one word between.
CARELESS = re.compile(
    rf"{NUMBER}[ ](?!more|other|different|long|short|main|busy|minute|mile|the|of)[a-z]{{3,}}[ ]"
    r"(?:street|avenue|crescent|terrace|road|lane|close)\b(?![ ]to\b)"
)


def email_addresses(text: str) -> Iterator[Finding]:
    for match in EMAIL.finditer(text):
        yield from_span(Kind.EMAIL, text, match.span())


def postcodes(text: str) -> Iterator[Finding]:
    for match in POSTCODE.finditer(text):
        if match[1].upper() in AREAS:
            yield from_span(Kind.POSTCODE, text, match.span())


def street_addresses(text: str) -> Iterator[Finding]:
    for match in ADDRESS.finditer(text):
        yield from_span(Kind.ADDRESS, text, match.span())
    for match in CARELESS.finditer(text):
        yield from_span(Kind.ADDRESS, text, match.span(), likely=False)
