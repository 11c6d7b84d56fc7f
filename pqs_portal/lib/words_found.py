"""What a page shows of the words that could tell who somebody is: in which text, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from pqs_portal.lib.confidentiality import Certainty, Finding, Kind, apply, find, replacements
from pqs_portal.lib.text import render_text

TITLES: Mapping[str, str] = {
    Kind.NAME: "Name",
    Kind.NHS_NUMBER: "NHS number",
    Kind.NATIONAL_INSURANCE: "National insurance number",
    Kind.DATE_OF_BIRTH: "Date of birth",
    Kind.PHONE: "Phone number",
    Kind.EMAIL: "E-mail address",
    Kind.POSTCODE: "Postcode",
    Kind.ADDRESS: "Street address",
    Kind.CASE_NUMBER: "Case number",
}
ROLES = ("Adult", "Worker", "Relative", "Person")
STAND_IN = re.compile(rf"\b(?:{'|'.join(ROLES)}) [A-Z]{{1,2}}\b")
# Characters of nobody's writing, around what is to be marked while the text becomes HTML.
BEGINS, ENDS = "\ue000", "\ue001"
TAG = re.compile(r"(<[^>]*>)")
AROUND = 45  # characters shown to each side
MOST_PLACES = 3


@dataclass(frozen=True)
class CheckedText:
    """A text as it would be shared. ``name`` is for the page's own code, ``label`` is what the page calls it."""

    name: str
    label: str
    text: str


@dataclass(frozen=True)
class Where:
    label: str
    before: str
    words: str
    after: str


@dataclass
class Item:
    """One person, or one number, with every form in which it stands. ``stand_ins``: what to offer, the best first."""

    kind: str
    words: list[str] = field(default_factory=list)
    stand_ins: list[str] = field(default_factory=list)
    places: list[Where] = field(default_factory=list)
    count: int = 0
    likely: bool = False

    @property
    def title(self) -> str:
        return TITLES[self.kind]

    @property
    def is_name(self) -> bool:
        return self.kind == Kind.NAME

    @property
    def more(self) -> int:
        return self.count - len(self.places)


def items_in(texts: Sequence[CheckedText]) -> list[Item]:
    """Everything found in ``texts`` together, so that one person is one item through the whole piece."""
    whole = "\n\n".join(checked.text for checked in texts)
    found: list[tuple[CheckedText, Finding]] = []
    moved: list[Finding] = []
    start = 0
    for checked in texts:
        for finding in find(checked.text):
            found.append((checked, finding))
            moved.append(
                Finding(finding.kind, finding.start + start, finding.end + start, finding.text, finding.certainty)
            )
        start += len(checked.text) + 2
    offered = replacements(whole, moved)
    in_use = list(dict.fromkeys(STAND_IN.findall(whole)))
    items: dict[tuple[str, str], Item] = {}
    for checked, finding in found:
        instead = offered[finding.text]
        # A person goes by the word offered for them; each number is one of its own.
        key = (finding.kind, instead if finding.kind == Kind.NAME else finding.text)
        item = items.get(key)
        if item is None:
            item = items[key] = Item(finding.kind, stand_ins=_stand_ins(finding.kind, instead, in_use))
        _add(item, checked, finding)
    return sorted(items.values(), key=lambda item: list(TITLES).index(item.kind))


def _add(item: Item, checked: CheckedText, finding: Finding) -> None:
    if finding.text not in item.words:
        item.words.append(finding.text)
    item.likely = item.likely or finding.certainty == Certainty.LIKELY
    item.count += 1
    if len(item.places) < MOST_PLACES:
        item.places.append(_where(checked, finding))


def _stand_ins(kind: str, instead: str, in_use: Sequence[str]) -> list[str]:
    if kind != Kind.NAME:
        return [instead]
    letter = instead.rpartition(" ")[2]
    # Somebody who stands in the text already may be named once more.
    return list(dict.fromkeys([instead, *(f"{role} {letter}" for role in ROLES), *in_use]))


def _where(checked: CheckedText, finding: Finding) -> Where:
    text = checked.text
    before, after = text[max(0, finding.start - AROUND) : finding.start], text[finding.end : finding.end + AROUND]
    if finding.start > AROUND:
        before = "…" + before.partition(" ")[2]
    if finding.end + AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Where(checked.label, before, finding.text, after)


def replaced(texts: Sequence[CheckedText], choices: Mapping[str, str]) -> dict[str, str]:
    """By name, the texts that ``choices`` change."""
    after = {checked.name: apply(checked.text, choices) for checked in texts}
    return {checked.name: after[checked.name] for checked in texts if after[checked.name] != checked.text}


def marked(text: str, words: Collection[str]) -> SafeString:
    """``render_text`` with each of ``words`` in a mark wherever it stands whole."""
    plain = text.replace(BEGINS, "").replace(ENDS, "")
    html = str(render_text(apply(plain, {word: f"{BEGINS}{word}{ENDS}" for word in words})))
    parts = [_without(part) if TAG.fullmatch(part) else _in_marks(part) for part in TAG.split(html)]
    return mark_safe("".join(parts))  # noqa: S308 -- out of render_text, with two tags of ours


def marked_line(text: str, words: Collection[str]) -> SafeString:
    """The same for a title: no markup of its own."""
    plain = text.replace(BEGINS, "").replace(ENDS, "")
    safe = str(format_html("{}", apply(plain, {word: f"{BEGINS}{word}{ENDS}" for word in words})))
    return mark_safe(_in_marks(safe))  # noqa: S308 -- escaped above


def _in_marks(html: str) -> str:
    return html.replace(BEGINS, '<mark class="pp-found">').replace(ENDS, "</mark>")


def _without(tag: str) -> str:
    for sign in (BEGINS, ENDS, "%EE%80%80", "%EE%80%81"):
        tag = tag.replace(sign, "")
    return tag
