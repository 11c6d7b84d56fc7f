"""Word, Excel, PowerPoint and OpenDocument files: zip archives of XML. Read part by part, never unpacked to disk."""

from __future__ import annotations

import io
import re
import zipfile
from xml.parsers import expat

from .finding import word_set
from .limits import MOST_PARTS, Budget, TooMuch

# Part → where its text stands, in words for the page.
PARTS = (
    (re.compile(r"docProps/(?:core|app|custom)\.xml|meta\.xml"), "the document’s properties"),
    (re.compile(r"word/document\d*\.xml|content\.xml"), "the text"),
    (re.compile(r"word/(?:header|footer)\d*\.xml|styles\.xml"), "a header or footer"),
    (re.compile(r"word/(?:footnotes|endnotes)\.xml"), "a footnote"),
    (re.compile(r".*comments?(?:Extended|Authors)?\d*\.xml|.*/(?:people|persons?/.*|authors)\.xml"), "a comment"),
    (re.compile(r"xl/(?:sharedStrings|workbook|worksheets/[^/]+|tables/[^/]+)(?:\.xml)?"), "a sheet"),
    (re.compile(r"ppt/slides/[^/]+\.xml"), "a slide"),
    (re.compile(r"ppt/notesSlides/[^/]+\.xml"), "a slide’s notes"),
    (re.compile(r"(?:word|xl|ppt)/(?:charts|diagrams|drawings)/[^/]+\.xml"), "a drawing"),
)
PICTURES = re.compile(r".*/media/|Pictures/|.*\.(?:png|jpe?g|gif|emf|wmf|svg|bmp|tiff?)$", re.IGNORECASE)
EMBEDDED = re.compile(r".*/(?:embeddings|activeX)/|Object \d+/|ObjectReplacements/", re.IGNORECASE)
# After these elements the next text is another line, so that two paragraphs do not run into one word.
BLOCKS = word_set(
    """p br cr tab h row tr tc c si line-break table-cell creator lastModifiedBy title subject keywords description
    category Manager Company initial-creator comment sheet property author user-defined"""
)
# Attributes that hold words: who commented or changed, names of sheets, what a picture is said to show.
SAYING = frozenset({"author", "descr", "title", "displayName", "userId"})
NAMED = frozenset({"sheet", "table"})
CHUNK = 64 * 1024


def read_archive(
    content: bytes, budget: Budget, texts: list[tuple[str, str]]
) -> tuple[list[tuple[str, str]], list[str]]:
    """Adds to ``texts`` as it goes, so that what was read stands when a limit is met. Raises TooMuch."""
    not_checked: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_PARTS:
            raise TooMuch
        readable = [(entry, where) for entry in entries if (where := _where(entry.filename))]
        if not readable:
            return [], ["a kind of file that cannot be read here"]
        if any(PICTURES.match(entry.filename) for entry in entries):
            not_checked.append("the pictures in it")
        if any(EMBEDDED.match(entry.filename) for entry in entries):
            not_checked.append("other files inside it")
        for entry, where in readable:
            text = _part(archive, entry, budget)
            if text.strip():
                texts.append((where, text))
    return [], not_checked


def _where(part: str) -> str:
    return next((where for pattern, where in PARTS if pattern.fullmatch(part)), "")


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> str:
    reader = _Reader(budget)
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            budget.spend_bytes(len(chunk))
            reader.feed(chunk)
    reader.close()
    return reader.text()


class _Reader:
    """The character data of one XML part, and the few attributes that hold words. Entities are refused."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._found: list[str] = []
        self._skipping = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = _refuse
        self._parser.StartDoctypeDeclHandler = _refuse

    def feed(self, chunk: bytes) -> None:
        self._parser.Parse(chunk, False)

    def close(self) -> None:
        self._parser.Parse(b"", True)

    def text(self) -> str:
        return re.sub(r"\n{2,}", "\n", "".join(self._found)).strip("\n")

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        local = element.rpartition(" ")[2]
        # A cell of type s holds the number of a shared string, not a text.
        self._skipping = local == "v" and self._in_shared
        if local == "c":
            self._in_shared = attributes.get("t") == "s"
        for name, value in attributes.items():
            plain_name = name.rpartition(" ")[2]
            if plain_name in SAYING or (plain_name == "name" and local in NAMED):
                self._characters(f"\n{value}\n")

    _in_shared = False

    def _end(self, element: str) -> None:
        self._skipping = False
        if element.rpartition(" ")[2] in BLOCKS:
            self._found.append("\n")

    def _characters(self, data: str) -> None:
        if not self._skipping:
            self._budget.spend_characters(len(data))
            self._found.append(data)


def _refuse(*_declaration: object) -> None:
    """Documents of these kinds have no document type; one that has means harm (entities that grow, files read)."""
    raise ValueError("document type")
