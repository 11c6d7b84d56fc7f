"""What a critical reflection is made of: structures to choose from, what every piece is asked, words and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portfolio.models.reflection import Structure

WORD = re.compile(r"\S+")
BETWEEN_PARAGRAPHS = re.compile(r"\n(?:[^\S\n]*\n)+")


@dataclass(frozen=True)
class Part:
    key: str
    title: str
    prompt: str


STRUCTURES: Mapping[str, tuple[Part, ...]] = {
    Structure.WHAT: (
        Part("what", "What happened?", "The situation, your part in it, and what you saw, thought and felt then."),
        Part("so_what", "So what?", "Why it matters, what was going on beneath it, and what it says about you."),
        Part("now_what", "Now what?", "What follows from it for the people you supervise, and for your own practice."),
    ),
    Structure.GIBBS: (
        Part("description", "Description", "What took place, in what order, without judging it yet."),
        Part("feelings", "Feelings", "What you and others felt, before, while it happened and after."),
        Part("evaluation", "Evaluation", "What went well in it and what did not, for whom."),
        Part("analysis", "Analysis", "Why it went that way, and what else could explain it."),
        Part("conclusion", "Conclusion", "What you know now that you did not know, and what else you could have done."),
        Part("action", "Action", "What you will try when something like it comes again."),
    ),
    Structure.KOLB: (
        Part("experience", "Experience", "What you did and what came of it, told plainly."),
        Part("reflection", "Reflection", "What you notice when you step back, and what surprised or troubled you."),
        Part("concept", "Making sense", "The idea you draw from it, and how it fits with what you already thought."),
        Part("experiment", "Trying it out", "How you will put the idea to the test, and how you will know."),
    ),
    Structure.FREE: (Part("free", "Your text", "In whatever order serves what you have to say."),),
}
# Asked of every piece, whatever its structure.
ALWAYS = (
    Part(
        "power",
        "Power and identity",
        "Who had power here, through their role, who they are or what they know? What did you bring to it yourself, "
        "and who found it harder to speak?",
    ),
    Part(
        "impact",
        "Adults and carers",
        "What difference does it make to the adults and carers your supervisees work with? How would you know?",
    ),
    Part(
        "theory",
        "Evidence and theory",
        "Which research, theory or model helps you to understand it, and where does it not fit?",
    ),
    Part("change", "What changes", "What will you do differently, from when, and who would notice first?"),
)
PARTS: Mapping[str, Part] = {part.key: part for parts in (*STRUCTURES.values(), ALWAYS) for part in parts}


@dataclass(frozen=True)
class Written:
    """A part with what was written in it."""

    part: Part
    text: str

    @property
    def paragraphs(self) -> list[str]:
        return paragraphs_of(self.text)


def asked_in(structure: str) -> tuple[Part, ...]:
    """The parts of a piece of that structure, in their order."""
    return (*STRUCTURES[structure], *ALWAYS)


def written_in(structure: str, parts: Mapping[str, str]) -> list[Written]:
    """The piece as it reads: every part that it asks for, empty ones too."""
    return [Written(part, parts.get(part.key, "")) for part in asked_in(structure)]


def kept_aside(structure: str, parts: Mapping[str, str]) -> list[Written]:
    """Words of parts that this structure does not have."""
    asked = {part.key for part in asked_in(structure)}
    return [Written(part, parts[key]) for key, part in PARTS.items() if key not in asked and parts.get(key)]


def words_in(texts: Sequence[str]) -> int:
    return sum(len(WORD.findall(text)) for text in texts)


def word_count(structure: str, parts: Mapping[str, str]) -> int:
    """What readers would read; what is kept aside does not count."""
    return words_in([written.text for written in written_in(structure, parts)])


def paragraphs_of(text: str) -> list[str]:
    return [part for part in BETWEEN_PARAGRAPHS.split(text.strip("\n")) if part.strip()]
