"""Runs of capitalised words that may be one name: "Mrs Okonjo-Bassey", "Thiago de Albuquerque Neves"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from . import vocabulary
from .finding import word_set
from .tokens import Token

JOINED = re.compile(r"[ \u00a0]{1,2}")
AFTER_SHORT = re.compile(r"\.?[ \u00a0]{0,2}")  # after "Dr." and "K."
# Titles that are nothing else; after the others ("Sister", "Judge") an ordinary word is no name.
COURTESY = vocabulary.LOWER_TITLES | {"professor", "councillor", "revd", "reverend"}


MOST_WORDS = 8
# Vietnamese, Chinese and Korean names that are function words in English: inside a name only.
SHORT_NAMES = word_set("an do he my so")


@dataclass
class Run:
    words: list[Token]
    first: int  # place of its first word (title left out) among the tokens
    title: Token | None = None

    @property
    def last(self) -> int:
        return self.first + len(self.words) - 1

    def without_first(self) -> Run:
        return Run(self.words[1:], self.first + 1)

    def without_last(self) -> Run:
        return Run(self.words[:-1], self.first, self.title)


def runs_of(tokens: list[Token]) -> Iterator[Run]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if _is_title(tokens, at):
            run = Run(_collected(tokens, at + 1, titled=True), at + 1, token)
        elif _in_a_name(token):
            run = Run(_collected(tokens, at, titled=False), at)
        else:
            at += 1
            continue
        if run.words:
            yield run
        at = max(at + 1, run.first + len(run.words))


def _is_title(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    if token.lower not in vocabulary.TITLES or token.possessive or at + 1 >= len(tokens):
        return False
    if not (token.text[0].isupper() or token.lower in vocabulary.LOWER_TITLES):
        return False
    following = tokens[at + 1]
    if not AFTER_SHORT.fullmatch(following.gap):
        return False
    if token.lower in COURTESY:
        return following.text[0].isupper() or following.capital or not (following.english or following.stopped)
    return following.capital and not following.stopped and (not following.english or following.first_name)


def _in_a_name(token: Token) -> bool:
    return not token.stopped and (token.capital or token.letter)


def _collected(tokens: list[Token], at: int, *, titled: bool) -> list[Token]:
    """The words from ``at`` on that may belong to one name, particles between them too."""
    found: list[Token] = []
    while at < len(tokens) and len(found) < MOST_WORDS:
        token = tokens[at]
        begins_here = not found
        if not begins_here and not _joins(found[-1], token):
            break
        shouted = titled and token.all_caps and (begins_here or found[-1].all_caps)
        careless = titled and begins_here and token.text.islower()
        shouted = shouted and (begins_here or not token.english)
        particle = not begins_here and (_particle_before_a_name(tokens, at) or _short_name(token))
        if not (_in_a_name(token) or shouted or careless or particle):
            break
        found.append(token)
        at += 1
    return found


def _short_name(token: Token) -> bool:
    return token.capital and token.lower in SHORT_NAMES and not token.begins


def _joins(before: Token, token: Token) -> bool:
    gap = AFTER_SHORT if before.letter and token.gap.startswith(".") else JOINED
    return not before.possessive and bool(gap.fullmatch(token.gap)) and not (token.begins and token.gap != " ")


def _particle_before_a_name(tokens: list[Token], at: int) -> bool:
    """de Albuquerque, van der Merwe"""
    for token, following in pairwise(tokens[at : at + 4]):
        if token.lower not in vocabulary.PARTICLES or not JOINED.fullmatch(following.gap):
            return False
        if _in_a_name(following):
            return True
    return False
