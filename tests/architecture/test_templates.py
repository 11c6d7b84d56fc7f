"""A name that a block gives (``{% url … as name %}``) is empty in every other block: a link without an address."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
TAG = re.compile(r"{%\s*(?P<tag>block|endblock)\b[^%]*%}|{%[^%]*?\bas\s+(?P<name>\w+)\s*%}|{[{%][^{}]*[}%]}")


def borrowed(source):
    """(name, line) wherever a name is used that only another block of the file gives."""
    inside, given, used = ["file"], set(), []
    for number, tag in enumerate(TAG.finditer(source)):
        if tag["tag"] == "block":
            inside.append(number)
        elif tag["tag"] == "endblock":
            inside.pop()
        elif tag["name"]:
            given.add((tag["name"], inside[-1]))
        else:
            words = re.findall(r"(?<![\w.\"'])\w+(?![\w\"'=])", tag[0])
            used += [(word, tuple(inside), source.count("\n", 0, tag.start()) + 1) for word in words]
    names = {name for name, _ in given}
    return [
        (word, line) for word, blocks, line in used if word in names and not given & {(word, block) for block in blocks}
    ]


def test_a_name_that_another_block_gives_is_found():
    given = '{% block a %}{% url "home" as there %}{{ there }}{% block b %}{{ there }}{% endblock %}{% endblock %}'
    assert borrowed(given) == []
    assert borrowed(given + "\n{% block c %}{{ there }}{% endblock %}") == [("there", 2)]
    assert borrowed(given + '\n{% block c %}{% include "x" with url=there only %}{% endblock %}') == [("there", 2)]


def test_no_block_uses_a_name_that_another_gives():
    pages = {page: borrowed(page.read_text()) for page in TEMPLATES.rglob("*.html")}
    assert len(pages) > 100
    assert {str(page.relative_to(TEMPLATES)): found for page, found in pages.items() if found} == {}
