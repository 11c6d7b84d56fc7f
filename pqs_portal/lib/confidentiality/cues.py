"""What the words around a run say of it: a person, a place, an author."""

from __future__ import annotations

from . import vocabulary, words
from .finding import word_set
from .runs import Run
from .tokens import Token

PLACE_BEFORE = word_set("in near across throughout around outside")
TO_A_PLACE = word_set("in from to at near across throughout")
TRUST = word_set("""confidence trust faith belief interest disappointed interested believe believed involved""")
PLACE_ENDINGS = ("shire", "borough", "chester", "mouth", "minster", "moor")
# After an ordinary word only a verb of speech makes a person: "Joy came back" is none.
SPEECH = word_set(
    """said says told asked asks thinks rang phoned replied explained mentioned apologised wondered noticed laughed
    cried nodded smiled wrote agreed disagreed wants felt"""
)
NOT_STRONG = frozenset({"with", "and", "when", "that", "heard", "offered", "worked", "agreed", "saw", "see", "meet"})
# "that Treasure had stayed", "proud of Innocent when he spoke"
BETWEEN_BEFORE = word_set("that of because but if while as")
BETWEEN_AFTER = word_set("had has was is did does who when")
OWNED_BY_THINKER = vocabulary.AFTER_THINKER - {"review", "report", "street", "road", "team", "ward", "area", "office"}


def word_before(tokens: list[Token], run: Run) -> Token | None:
    at = run.first - 1
    return tokens[at] if at >= 0 else None


def word_after(tokens: list[Token], run: Run) -> Token | None:
    at = run.last + 1
    return tokens[at] if at < len(tokens) else None


def says_person(tokens: list[Token], run: Run, *, strictly: bool = False) -> bool:
    """Whether the grammar makes the run somebody; ``strictly`` for what may as well be an ordinary word."""
    return _said_before(tokens, run, strictly) or _said_after(tokens, run, strictly) or _said_around(tokens, run)


def _said_before(tokens: list[Token], run: Run, strictly: bool) -> bool:
    before, first = word_before(tokens, run), run.words[0]
    if before is None or first.begins or before.capital:
        return False
    gap = first.gap.strip()
    if before.lower in vocabulary.RELATIONS and gap in {"", ",", "(", ", ("}:
        return True
    return not gap and before.lower in (vocabulary.ADDRESSING - NOT_STRONG if strictly else vocabulary.ADDRESSING)


def _said_after(tokens: list[Token], run: Run, strictly: bool) -> bool:
    after = word_after(tokens, run)
    if after is None or run.words[-1].possessive or after.gap.strip(" ") or after.begins:
        return False
    return after.lower in (SPEECH if strictly else vocabulary.SPEAKING)


def _said_around(tokens: list[Token], run: Run) -> bool:
    before, after = word_before(tokens, run), word_after(tokens, run)
    if before is None or after is None or run.words[0].begins or after.begins:
        return False
    joined = run.words[0].gap == " " == after.gap
    return joined and before.lower in BETWEEN_BEFORE and after.lower in BETWEEN_AFTER


def is_elsewhere(tokens: list[Token], run: Run) -> bool:
    """A place, by its word or by the word before it."""
    first, before = run.words[0], word_before(tokens, run)
    led = before.lower if before is not None and not first.begins and first.gap == " " else ""
    if led in vocabulary.BRANDS and not first.first_name:
        return True
    if led in PLACE_BEFORE and (led == "in" or not first.first_name) and not first.possessive:
        # "born in Kingston"; but "confidence in Temitope"
        return not (run.first > 1 and tokens[run.first - 2].lower in TRUST)
    if len(run.words) > 1 or not (words.is_place(first.text) or first.lower.endswith(PLACE_ENDINGS)):
        return False
    # Sofia and Jordan are people too.
    return not first.first_name or (led in TO_A_PLACE and not says_person(tokens, run))


def is_thinker(tokens: list[Token], run: Run) -> bool:
    """An author or what is called after one: "Kolb", "the Munro review", "Tuckman's stages"."""
    last = run.words[-1]
    if len(run.words) == 1 and last.lower in vocabulary.THINKERS:
        return True
    if last.possessive:
        following = tokens[run.last + 1 : run.last + 4]
        return any(token.lower in OWNED_BY_THINKER for token in following) and not last.first_name
    after = word_after(tokens, run)
    return after is not None and after.gap == " " and after.lower in vocabulary.AFTER_THINKER
