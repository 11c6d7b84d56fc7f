"""Finding words in a text as a person would: whatever their case, and wherever lines break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Signs that are typed in more than one way.
ALIKE = ("'’‘ʼ`´", '"“”„', "-‐‑‒–—")
# Signs that nobody sees: soft hyphens, and those without any width.
UNSEEN = r"\u00ad\u200b-\u200d\u2060\ufeff"
# Between two words: space, line ends, and the signs of emphasis.
BETWEEN = rf"[\s*_{UNSEEN}]+"
INSTEAD = "[taken out]"
# Where that does not fit. The last is shorter than anything that can be looked for.
SHORTER = ("[…]", "…")


def pattern_of(passages: Iterable[str]) -> re.Pattern[str]:
    """What matches any of ``passages`` as whole words; longer ones first, so that nothing of them is left over."""
    wanted = sorted({passage for passage in passages if any(map(str.isalnum, passage))}, key=len, reverse=True)
    if not wanted:
        raise ValueError("nothing to look for")
    return re.compile("|".join(map(_one, wanted)), re.IGNORECASE)


def _one(passage: str) -> str:
    typed = re.sub(f"[{UNSEEN}]", "", unicodedata.normalize("NFC", passage))
    words = [word for word in re.split(r"[\s*_]+", typed) if word]
    body = BETWEEN.join(f"[{UNSEEN}]*".join(map(_sign, word)) for word in words)
    # The sign of emphasis and of file names is no letter.
    start, end = (
        (r"(?<![^\W_])" if words[0][0].isalnum() else ""),
        (r"(?![^\W_]|[\u0300-\u036f])" if words[-1][-1].isalnum() else ""),
    )
    return f"{start}{body}{end}"


def _sign(char: str) -> str:
    alike = next((group for group in ALIKE if char in group), None)
    if alike:
        return f"[{re.escape(alike)}]"
    apart = unicodedata.normalize("NFD", char)
    return re.escape(char) if apart == char else f"(?:{re.escape(char)}|{re.escape(apart)})"


def taken_out(text: str, pattern: re.Pattern[str], most: int | None = None) -> str:
    """``text`` without what ``pattern`` matches, in no more than ``most`` signs; all other words stay."""
    parts = text.split(INSTEAD)
    marked = (INSTEAD.join(pattern.sub(mark, part) for part in parts) for mark in (INSTEAD, *SHORTER))
    return next(new for new in marked if most is None or len(new) <= max(most, len(text)))


def spoken_of(passage: str, text: str) -> bool:
    """Whether the words of ``passage`` stand in ``text``, whatever their case and line ends."""
    return bool(_letters(passage)) and _letters(passage) in _letters(text)


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).casefold()
    for group in ALIKE:
        plain = re.sub(f"[{re.escape(group)}]", group[0], plain)
    return " ".join(re.sub(r"[*_]", "", plain).split())
