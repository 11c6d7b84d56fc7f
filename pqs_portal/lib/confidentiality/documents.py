"""The texts in an attached document, its properties and its name; what cannot be read is named as not checked.

Files may be hostile: sizes and time are limited, and nothing raises out of ``read_document``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .archives import read_archive
from .limits import MOST_BYTES, MOST_CHARACTERS, Budget, TooMuch
from .pdf_child import read_pdf

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True)
class Readable:
    """``texts``: (where it stands, in words for the page; the text). ``not_checked``: what the page must name."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)


def read_document(name: str, content: bytes, content_type: str = "") -> Readable:
    """Everything readable in a file. What it is shows in its bytes; the type it came with only settles plain text."""
    readable = Readable(texts=[("the file’s name", name_as_text(name))])
    if len(content) > MOST_BYTES:
        readable.not_checked.append(f"{name}: too large to be read here")
        return readable
    try:
        _read(name, content, content_type, readable)
    except TooMuch:
        readable.not_checked.append(f"{name}: too much to be read here, only its beginning was")
    except Exception:  # noqa: BLE001 -- whatever a broken file makes a parser raise, it must not stop the sharing page
        readable.not_checked.append(f"{name}: damaged or protected, so it could not be read")
    return readable


def name_as_text(name: str) -> str:
    """Underscores and dots part words in file names; positions stay as they are."""
    return re.sub(r"[_.+]", " ", name)


def _read(name: str, content: bytes, content_type: str, readable: Readable) -> None:
    if content.startswith(b"%PDF-"):
        texts, not_checked = read_pdf(content)
    elif content.startswith(b"PK"):
        texts, not_checked = read_archive(content, Budget(), readable.texts)
    elif content_type.startswith("image/") or content.startswith(PICTURES):
        texts, not_checked = [], ["pictures cannot be read here"]
    else:
        texts, not_checked = _plain(content)
    readable.texts.extend(texts)
    readable.not_checked.extend(f"{name}: {what}" for what in not_checked)


def _plain(content: bytes) -> tuple[list[tuple[str, str]], list[str]]:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if CONTROLS.search(text):
        return [], ["a kind of file that cannot be read here"]
    if len(text) > MOST_CHARACTERS:
        return [("the text", text[:MOST_CHARACTERS])], ["only the beginning was read"]
    return [("the text", text)], []
