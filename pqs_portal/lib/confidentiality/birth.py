"""Dates of birth: a date is one only if the words around it say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Finding, Kind, from_span

MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?:(?:18|19|20)\d\d|['’]\d\d)"
DATE = re.compile(
    r"(?<![\w/.\-])(?:"
    r"\d{1,2}([/.\-])\d{1,2}\1(?:(?:18|19|20)\d\d|\d\d)"
    r"|(?:18|19|20)\d\d([/.\-])\d{1,2}\2\d{1,2}"
    r"|\d{1,2}[ ]\d{1,2}[ ](?:18|19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ \-](?:of[ ])?{MONTH}\.?(?:,?[ \-]{YEAR})?"
    rf"|{MONTH}\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?[ ]{YEAR})?"
    r")(?![\w/]|[.\-]\d)",
    re.IGNORECASE,
)
BORN = r"\b(?:born|birth|birthdays?|birth-?date|d\.?[ ]?o\.?[ ]?b|aged[ ]\d{1,3}|age[ ]\d{1,3})\b"
BEFORE = re.compile(BORN, re.IGNORECASE)
AFTER = re.compile(
    r"^[\s,)(]{0,3}(?:(?:is|was|being|as|of|for|her|his|their|my|the)[ ]){0,3}"
    r"(?:\w+[ ])?(?:birthday|date of birth|d\.?o\.?b\b|birth)",
    re.IGNORECASE,
)
REACH = 50  # characters between the word and the date
SENTENCE_END = re.compile(r"[^\W_]{2}[.!?][ ]+[A-Z]|\n\s*\n")


def dates_of_birth(text: str) -> Iterator[Finding]:
    earlier = 0
    for match in DATE.finditer(text):
        # A word claims the date next to it, not a later one.
        before = text[max(earlier, match.start() - REACH) : match.start()]
        after = text[match.end() : match.end() + REACH]
        earlier = match.end()
        said = list(BEFORE.finditer(before))
        if (said and not SENTENCE_END.search(before, said[-1].start())) or AFTER.match(after):
            yield from_span(Kind.DATE_OF_BIRTH, text, match.span())
