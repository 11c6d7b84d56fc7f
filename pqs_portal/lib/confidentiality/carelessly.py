"""Names in lower case or in capitals throughout: "spoke to oluwaseyi", "TSEGAYE DID NOT ATTEND"."""

from __future__ import annotations

from collections.abc import Iterator

from . import vocabulary, words
from .finding import Finding, Kind, from_span, word_set
from .tokens import Token

DIRECTLY = word_set("told asked rang phoned emailed texted met saw visited thanked with ring email re")
THROUGH_TO = word_set("spoke talked wrote speak talk write spoken")
SHORTEST = 4
LINE = 120  # characters to each side, for lines that have no end


def typed_carelessly(text: str, tokens: list[Token]) -> Iterator[Finding]:
    last = -1
    for at, token in enumerate(tokens):
        if at <= last or not _could_be(token):
            continue
        shouted = token.all_caps
        if not (_shouted(text, token) if shouted else _small(tokens, at)):
            continue
        last = at
        while last + 1 < len(tokens) and tokens[last + 1].gap == " " and _goes_on(tokens[last + 1], shouted):
            last += 1
        yield from_span(Kind.NAME, text, (token.start, tokens[last].end), likely=False)


def _could_be(token: Token) -> bool:
    return (
        (token.all_caps or token.text.islower())
        and len(token.text) >= SHORTEST
        and not token.stopped
        and token.lower not in vocabulary.BODIES | vocabulary.ROLES | vocabulary.THINKERS
        and _no_english(token)
    )


def _no_english(token: Token) -> bool:
    return not token.english and (token.listed or not words.is_proper(token.text))


def _goes_on(token: Token, shouted: bool) -> bool:
    return token.all_caps == shouted and not token.stopped and token.text[0].isupper() == shouted and _no_english(token)


def _small(tokens: list[Token], at: int) -> bool:
    """In lower case the words before must say that somebody follows, or the lists must know the name."""
    token = tokens[at]
    if at and token.gap.strip(" /") == "":
        before = tokens[at - 1].lower
        if before in DIRECTLY or (before == "w" and token.gap == "/ "):
            return True
        if before in {"to", "with"} and at > 1 and tokens[at - 2].lower in THROUGH_TO:
            return True
    return token.first_name and not words.is_place(token.text)


def _shouted(text: str, token: Token) -> bool:
    """Among capitals only, or a listed name; else it is more likely an abbreviation."""
    start = text.rfind("\n", max(0, token.start - LINE), token.start) + 1 or max(0, token.start - LINE)
    end = text.find("\n", token.end, token.end + LINE)
    letters = [char for char in text[start : end if end >= 0 else token.end + LINE] if char.isalpha()]
    mostly = sum(char.isupper() for char in letters) > 0.8 * len(letters) and len(letters) > len(token.text)
    return mostly or token.first_name
