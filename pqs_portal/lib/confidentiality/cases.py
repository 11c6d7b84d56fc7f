"""Numbers under which somebody is kept in a council's, a hospital's or the police's records."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .finding import Finding, Kind, from_span

# The code itself: letters and digits, at least three of them digits, perhaps parted by - or /.
CODE = r"(?P<code>[A-Z]{0,5}[\-/]?\d[\dA-Z]*(?:[\-/][\dA-Z]+)*)"
SYSTEM = r"(?:mosaic|liquid ?logic|las|lcs|care ?first|eclipse|azeus|framework ?i|system ?one|rio|paris|care ?director)"
KEPT = (
    r"(?:case|client|customer|person|patient|service[ \-]user|resident|tenant|referral|record|file|hospital|incident"
    r"|crime|safeguarding|enquiry|concern|our|your|swift|unique|id|log)"
)
NUMBER_WORD = r"(?:numbers?|nos?|num|id|ids|ref|refs|reference|identifier|#)"
LINK = r"[.:#]?(?:[ ](?:is|was|of|under|as))?[ :#\-–]{1,3}"
STRONG = re.compile(
    rf"\b(?:{SYSTEM}(?:[ ]{NUMBER_WORD}){{0,2}}|{KEPT}[ ](?:{SYSTEM}[ ])?{NUMBER_WORD}(?:[ ]{NUMBER_WORD})?"
    rf"|ref(?:erence)?(?:[ ]{NUMBER_WORD})?){LINK}{CODE}(?![\w/]|-\w)",
    re.IGNORECASE,
)
WEAK = re.compile(
    rf"\b(?:case|client|person|patient|service[ \-]user|referral|record|file){LINK}{CODE}(?![\w/]|-\w)", re.IGNORECASE
)
SAID_AFTER = re.compile(
    rf"(?<![\w\-/]){CODE}(?![\w/]|-\w)(?=[ ]\([^()\n]{{0,25}}\b(?:ref|reference|case|number|id)\b)", re.IGNORECASE
)
YEAR_OR_DATE = re.compile(r"(?:19|20)\d\d|\d{1,2}[/\-]\d{1,2}[/\-]\d{2,4}|\d{4}-\d\d-\d\d")


def case_numbers(text: str) -> Iterator[Finding]:
    seen: set[int] = set()
    for pattern, fewest, likely in ((STRONG, 3, True), (SAID_AFTER, 4, True), (WEAK, 4, False)):
        for match in pattern.finditer(text):
            start, end = match.span("code")
            digits = sum(char.isdigit() for char in match["code"])
            if digits < fewest or start in seen or YEAR_OR_DATE.fullmatch(match["code"]):
                continue
            seen.add(start)
            yield from_span(Kind.CASE_NUMBER, text, (start, end), likely=likely)
