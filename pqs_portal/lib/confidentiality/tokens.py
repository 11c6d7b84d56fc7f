"""A text as words with what their letters and their place say about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from . import vocabulary, words

# Letters with combining marks, joined by apostrophes and hyphens.
LONGEST = 60  # letters in a word; what is longer is no word
WORD = re.compile(r"[^\W\d_][\u0300-\u036f]*(?:[^\W\d_]|[\u0300-\u036f])*(?:['’‘ʻ\-‑](?:[^\W\d_]|[\u0300-\u036f])+)*")
POSSESSIVE = re.compile(r"['’](?:s|S)$")
SENTENCE_START = re.compile(r"(?:^|[.!?…]['”’\")]*\s+|\n\s*|[•·*]\s*|(?:^|[.!?:,]\s)['“‘\"])[\s>“‘\"'(\[•*–—\-\d.)]*$")
ABBREVIATED = re.compile(r"\b(?:[Mm]rs?|[Mm]s|[Dd]r|[Pp]rof|[Rr]ev|[Cc]llr|[Ss]t|[Ff]r|[A-Z]|no|No|vs|e\.g|i\.e)\.\s*$")
# OneFile, DfE, ADRs: products and abbreviations; McKenzie, MacDonald, DeShawn and O'Neill are people.
CAMEL = re.compile(r"[^\W\d_]*[a-z][A-Z]|[A-Z]{2,}[a-z]+")
CAMEL_NAME = re.compile(r"(?:Ma?c|De|Di|Du|La|Le|Van|Von|Fitz|Ja|Da|Ke)[A-Z][a-z]")


@dataclass(eq=False)
class Token:
    text: str  # without a possessive
    start: int
    end: int
    possessive: bool
    begins: bool  # a sentence, so that its capital says nothing
    gap: str  # what stands between the word before and this one

    @cached_property
    def lower(self) -> str:
        return self.text.lower()

    @cached_property
    def all_caps(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()

    @cached_property
    def capital(self) -> bool:
        """Written as a name is: Okoro, al-Hashimi, McKenzie, O'Neill."""
        if CAMEL.match(self.text) and not CAMEL_NAME.match(self.text):
            return False
        if self.text[0].isupper():
            return not self.all_caps or "'" in self.text or "’" in self.text
        head, hyphen, rest = self.text.partition("-")
        return bool(hyphen) and head in vocabulary.PARTICLES and rest[:1].isupper()

    @cached_property
    def letter(self) -> bool:
        return len(self.text) == 1 and self.text.isupper()

    @cached_property
    def stopped(self) -> bool:
        """Never part of a name, whatever stands beside it."""
        lower = self.lower.replace("’", "'")
        return any(
            lower in words_of
            for words_of in (vocabulary.CALENDAR, vocabulary.PEOPLES, vocabulary.BRANDS, vocabulary.TITLES)
        ) or (lower in vocabulary.FUNCTION and lower not in {"will", "may"})

    @cached_property
    def english(self) -> bool:
        return words.is_english(self.text)

    @cached_property
    def first_name(self) -> bool:
        return words.is_first_name(self.text)

    @cached_property
    def listed(self) -> bool:
        return self.first_name or words.is_surname(self.text)


def tokens_of(text: str) -> list[Token]:
    found: list[Token] = []
    last = 0
    for match in WORD.finditer(text):
        written = match[0]
        if len(written) > LONGEST:
            continue
        core = POSSESSIVE.sub("", written)
        gap = text[last : match.start()]
        before = text[max(0, match.start() - 24) : match.start()]
        begins = bool(SENTENCE_START.search(before if match.start() > 24 else "\n" + before))
        if begins and ABBREVIATED.search(before):
            begins = False
        found.append(Token(core, match.start(), match.start() + len(core), core != written, begins, gap))
        last = match.end()
    return found
