"""What to write instead: the same person is the same "Worker B" through the whole piece."""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from . import vocabulary
from .finding import Finding, Kind
from .words import LETTERS, plain

INSTEAD = {
    Kind.NHS_NUMBER: "[NHS number]",
    Kind.NATIONAL_INSURANCE: "[national insurance number]",
    Kind.DATE_OF_BIRTH: "[date of birth]",
    Kind.PHONE: "[phone number]",
    Kind.EMAIL: "[email address]",
    Kind.POSTCODE: "[postcode]",
    Kind.ADDRESS: "[address]",
    Kind.CASE_NUMBER: "[case number]",
}
# "Adult A", "Mr X", "Supervisee C": any capital letter alone behind a word that has one.
LETTER_IN_USE = re.compile(r"\b[A-Z][a-z]+ ([A-Z])\b(?![.'’]?[^\W\d_])")
ROLE_WORDS = {
    "Worker": re.compile(
        r"\b(?:supervisees?|supervisors?|colleagues?|(?:social |key|care )?workers?|managers?|mentor|student|therapist"
        r"|practitioner|nurse|team|duty|caseload|supervision|registration)\b",
        re.IGNORECASE,
    ),
    "Relative": re.compile(
        r"\b(?:daughter|son|sister|brother|wife|husband|partner|mother|father|aunt|uncle|niece|nephew|cousin|neighbour"
        r"|friend|grand(?:son|daughter|mother|father)|step(?:son|daughter|mother|father))\b",
        re.IGNORECASE,
    ),
}
NEAR = 40  # characters on each side of a name that may tell who it is
SENTENCE_END = re.compile(r"[.!?]\s|\n")


@dataclass
class _Person:
    parts: frozenset[str]  # plain words of the fullest form of the name
    title: str
    texts: set[str] = field(default_factory=set)
    roles: list[tuple[int, str]] = field(default_factory=list)  # (how far the word stands from the name, role)


def replacements(text: str, findings: Iterable[Finding]) -> dict[str, str]:
    """What stands in the text → what to offer instead, the words each kept as typed. Letters in use are left out."""
    ordered = list(findings)
    offered = {found.text: INSTEAD[found.kind] for found in ordered if found.kind in INSTEAD}
    letters = _free_letters(text)
    for person in _people(text, [found for found in ordered if found.kind == Kind.NAME]):
        label = f"{_role(person)} {next(letters)}"
        offered |= dict.fromkeys(person.texts, label)
    return offered


def apply(text: str, choices: Mapping[str, str]) -> str:
    """The text with each chosen word replaced wherever it stands whole; a possessive stays behind it."""
    wanted = [word for word in sorted(choices, key=len, reverse=True) if word]
    if not wanted:
        return text
    either = "|".join(re.escape(word) for word in wanted)
    # Ann is not replaced inside Ann-Marie, nor inside Hannah.
    whole = re.compile(rf"(?<!\w)(?<!\w[\-'’])(?:{either})(?!\w)(?!-\w)(?!['’](?!s\b)\w)")
    return whole.sub(lambda match: choices[match[0]], text)


def _free_letters(text: str) -> Iterator[str]:
    used = set(LETTER_IN_USE.findall(text))
    singles = (letter for letter in string.ascii_uppercase if letter not in used)
    return itertools.chain(singles, ("".join(pair) for pair in itertools.product(string.ascii_uppercase, repeat=2)))


def _people(text: str, found: list[Finding]) -> list[_Person]:
    """In the order in which they are first named. The fullest names are laid first, so that parts can join them."""
    people: list[_Person] = []
    for finding in sorted(found, key=lambda finding: (-len(_parts(finding.text)[0]), finding.start)):
        parts, title = _parts(finding.text)
        person = next((other for other in people if _same(other, parts, title)), None)
        if person is None:
            person = _Person(parts, title)
            people.append(person)
        person.title = person.title or title
        person.texts.add(finding.text)
        person.roles += _roles_near(text, finding)
    first: dict[str, int] = {}
    for finding in found:
        first[finding.text] = min(finding.start, first.get(finding.text, finding.start))
    return sorted(people, key=lambda person: min(first[named] for named in person.texts))


def _parts(name: str) -> tuple[frozenset[str], str]:
    parts = LETTERS.findall(plain(name))
    title = parts[0] if len(parts) > 1 and parts[0] in vocabulary.TITLES else ""
    return frozenset(parts[1:] if title else parts), title


def _same(person: _Person, parts: frozenset[str], title: str) -> bool:
    if title and person.title and title != person.title:
        return False
    return bool(parts) and parts <= person.parts


def _roles_near(text: str, finding: Finding) -> Iterator[tuple[int, str]]:
    """Roles said in the same sentence, each with its distance. "Worker A" is somebody else, not what this one is."""
    before = SENTENCE_END.split(text[max(0, finding.start - NEAR) : finding.start])[-1]
    after = SENTENCE_END.split(text[finding.end : finding.end + NEAR])[0]
    for role, words in ROLE_WORDS.items():
        yield from ((len(before) - match.end(), role) for match in _said(words, before))
        yield from ((match.start(), role) for match in _said(words, after))


def _said(words: re.Pattern[str], part: str) -> Iterator[re.Match[str]]:
    return (match for match in words.finditer(part) if not LETTER_IN_USE.match(part, match.start()))


def _role(person: _Person) -> str:
    if person.roles:
        return min(person.roles)[1]
    return "Adult" if person.title else "Person"
