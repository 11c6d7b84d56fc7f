"""Names of people by rules: capitals, titles, grammar and lists of names. Rather too much than too little."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import cues, vocabulary, words
from .carelessly import typed_carelessly
from .finding import Finding, Kind, from_span, word_set
from .runs import COURTESY, Run, runs_of
from .spans import Spans, spans_of
from .tokens import Token, tokens_of

AUTHOR = r"\b[A-ZÀ-Þ][\w'’\-]{1,40}"
# Harvard style: "Wonnacott (2012)", "(Beddoe, 2010; Tsui, 2005)", "Ravalier and others (2020)".
CITED = re.compile(
    rf"(?:{AUTHOR}(?:,? (?:and|&) |, )){{0,5}}{AUTHOR}(?: et al\.?,?| and (?:others|colleagues))?"
    r"(?:['’]s)?,? ?\(?(?:19|20)\d\d[a-z]?\b"
)
ADDRESS_OF_PAGE = re.compile(r"(?:https?://|www\.)\S+|[@#]\w+", re.IGNORECASE)
INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.[ ]?){2,3}(?![\w.])")
NOT_INITIALS = word_set("UK US USA EU NI PS DOB AM PM NB QC KC GP OT SW NHS")
MONTHS_AND_NAMES = frozenset({"may", "april", "june", "august", "summer", "autumn"})


def names(text: str, elsewhere: Sequence[Finding] = ()) -> list[Finding]:
    """Findings in order; nothing inside ``elsewhere`` (addresses of houses and of mail hold names of their own)."""
    pairs = [(found.start, found.end) for found in elsewhere]
    taken = Spans(pairs + [match.span() for pattern in (CITED, ADDRESS_OF_PAGE) for match in pattern.finditer(text)])
    tokens = [token for token in tokens_of(text) if not taken.hold(token.start, token.end)]
    found = [finding for run in runs_of(tokens) if (finding := _judged(text, tokens, run))]
    spans = spans_of(found)
    others = [*_initials(text), *typed_carelessly(text, tokens)]
    found += [one for one in others if not (spans.hold(one.start, one.end) or taken.hold(one.start, one.end))]
    return sorted([*found, *_again(text, tokens, found)], key=lambda finding: finding.start)


def _judged(text: str, tokens: list[Token], run: Run) -> Finding | None:
    if run.title:
        return _with_title(text, tokens, run, run.title)
    trimmed = _trimmed(tokens, run)
    if trimmed is None or cues.is_elsewhere(tokens, trimmed) or cues.is_thinker(tokens, trimmed):
        return None
    if any(_is_foreign(token) for token in trimmed.words):
        likely = any(token.first_name and not token.english for token in trimmed.words)
        return _finding(text, trimmed, likely=likely or cues.says_person(tokens, trimmed))
    return _ordinary(text, tokens, trimmed)


def _with_title(text: str, tokens: list[Token], run: Run, title: Token) -> Finding | None:
    first = run.words[0]
    if first.letter and (len(run.words) > 1 or first.text in vocabulary.PSEUDONYM_LETTERS):
        run = run.without_first() if len(run.words) > 1 else run
        if len(run.words) == 1 and run.words[0].letter:
            return None
    while len(run.words) > 1 and run.words[-1].lower in vocabulary.ROLES | vocabulary.BODIES:
        run = run.without_last()
    if title.lower not in COURTESY and cues.is_thinker(tokens, run):
        return None
    return from_span(Kind.NAME, text, (title.start, run.words[-1].end))


def _finding(text: str, run: Run, *, likely: bool) -> Finding:
    return from_span(Kind.NAME, text, (run.words[0].start, run.words[-1].end), likely=likely)


def _is_foreign(token: Token) -> bool:
    """No English word: a listed name, or something the dictionary has not."""
    if token.letter or token.lower in vocabulary.PARTICLES:
        return False
    if token.english:
        return False
    return token.listed or not (words.is_proper(token.text) or words.is_medicine(token.text))


def _trimmed(tokens: list[Token], run: Run) -> Run | None:
    """The run without roles, bodies and the capital that only begins a sentence; None if nothing is left."""
    following = cues.word_after(tokens, run)
    if following is not None and run.words[-1].possessive and _is_body(following):
        return None
    if _surname_like_a_body(tokens, run):
        return run
    bodies = [index for index, token in enumerate(run.words) if token.lower in vocabulary.BODIES]
    if bodies and len(run.words) > 1:
        run = Run(run.words[bodies[-1] + 1 :], run.first + bodies[-1] + 1)
    while run.words and _is_no_start(run):
        run = run.without_first()
    while run.words and (run.words[-1].letter or run.words[-1].lower in vocabulary.ROLES):
        run = run.without_last()
    return run if run.words and run.words[0].lower != "st" else None


def _is_body(token: Token) -> bool:
    return token.capital and token.gap == " " and token.lower in vocabulary.BODIES


def _surname_like_a_body(tokens: list[Token], run: Run) -> bool:
    """Helen Ward, where the grammar says that she is somebody; "Helen House" is left a house."""
    if len(run.words) != 2 or run.words[1].lower not in vocabulary.BODIES:
        return False
    return run.words[0].first_name and words.is_surname(run.words[1].text) and cues.says_person(tokens, run)


def _is_no_start(run: Run) -> bool:
    first = run.words[0]
    if first.lower in vocabulary.ROLES or (first.letter and len(run.words) == 1):
        return True
    if first.letter:
        return not run.words[1].gap.startswith(".")
    # "When Temiloluwa", "Supervising Moyin": the capital is the sentence's, unless the word is a first name too.
    return first.begins and len(run.words) > 1 and first.english and not first.first_name


def _ordinary(text: str, tokens: list[Token], run: Run) -> Finding | None:
    """Ordinary words all: a name only if lists or grammar say so ("Will Young", "I told Blessing")."""
    first = run.words[0]
    if len(run.words) == 2 and first.first_name and words.is_surname(run.words[1].text) and not first.possessive:
        return _finding(text, run, likely=False)
    if len(run.words) > 1 or first.lower in vocabulary.BODIES or not words.is_base_form(first.text):
        return None
    if not first.english:
        return None
    if not cues.says_person(tokens, run, strictly=True):
        return None
    return _finding(text, run, likely=first.first_name and first.lower not in MONTHS_AND_NAMES)


def _initials(text: str) -> Iterator[Finding]:
    for match in INITIALS.finditer(text):
        written = match[0].rstrip()
        if re.sub(r"[. ]", "", written) not in NOT_INITIALS:
            yield from_span(Kind.NAME, text, (match.start(), match.start() + len(written)), likely=False)


def _again(text: str, tokens: list[Token], found: Sequence[Finding]) -> Iterator[Finding]:
    """Who was found once is found wherever the name stands alone, and who is named beside them by "and"."""
    spans = spans_of(found)
    parts = {part for finding in found for part in words.LETTERS.findall(finding.text) if len(part) > 2}
    for at, token in enumerate(tokens):
        if not token.capital or token.stopped or spans.hold(token.start, token.end):
            continue
        if token.lower in vocabulary.ROLES | vocabulary.BODIES:
            continue
        again = token.text in parts and not (token.begins and token.english)
        if again or (token.first_name and _beside_one_found(tokens, at, parts)):
            yield from_span(Kind.NAME, text, (token.start, token.end), likely=False)


def _beside_one_found(tokens: list[Token], at: int, parts: set[str]) -> bool:
    """ "Grace and Mark", where Grace is somebody"""
    return at > 1 and tokens[at].gap == " " and tokens[at - 1].lower == "and" and tokens[at - 2].text in parts
