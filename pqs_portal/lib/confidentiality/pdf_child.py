"""PDFs are read in a process of their own, which ends when it takes too long or too much: a parser cannot be stopped.

Run as a program it reads a PDF from standard input and writes JSON: [[where, text], …], [what was not read, …].
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

SECONDS = 20
MEMORY = 1024 * 1024 * 1024
MOST_PAGES = 500
MOST_CHARACTERS = 1_000_000
Texts = list[tuple[str, str]]


def read_pdf(content: bytes) -> tuple[Texts, list[str]]:
    # -I keeps this folder, whose numbers.py is not Python's, and the environment out of the child.
    command = [sys.executable, "-I", str(Path(__file__).resolve())]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=True)
        texts, not_checked = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return [], ["it took too long to read"]
    except (subprocess.CalledProcessError, OSError, ValueError):
        return [], ["damaged or protected, so it could not be read"]
    return [(where, text) for where, text in texts], list(not_checked)


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 -- not on every system; there the time limit stands alone
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _extract(content: bytes) -> tuple[Texts, list[str]]:
    from pypdf import PdfReader  # noqa: PLC0415 -- only the child needs it

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        return [], ["protected by a password, so it could not be read"]
    said = [str(value) for key, value in (reader.metadata or {}).items() if key not in {"/Producer", "/Creator"}]
    texts: Texts = [("the document’s properties", "\n".join(said))] if said else []
    not_checked: list[str] = []
    left = MOST_CHARACTERS
    for number, page in enumerate(reader.pages, 1):
        if number > MOST_PAGES or left < 0:
            not_checked.append(f"from page {number} on")
            break
        text = (page.extract_text() or "")[:left]
        notes = _notes(page)
        left -= len(text) + len(notes)
        texts += [(f"page {number}", part) for part in (text, notes) if part.strip()]
        if "/XObject" in (page.get("/Resources") or {}) and _has_picture(page):
            not_checked.append(f"the pictures on page {number}")
        elif not text.strip():
            not_checked.append(f"page {number}, which has no text")
    if reader.attachments:
        not_checked.append("the files attached to it")
    return texts, not_checked


def _notes(page: object) -> str:
    """Comments and filled-in fields of a page."""
    found = []
    for reference in page.get("/Annots") or []:  # type: ignore[attr-defined]
        note = reference.get_object()
        found += [str(note[key]) for key in ("/T", "/Contents", "/V") if key in note]
    return "\n".join(found)


def _has_picture(page: object) -> bool:
    objects = page["/Resources"]["/XObject"].get_object()  # type: ignore[index]
    return any(objects[name].get_object().get("/Subtype") == "/Image" for name in objects)


if __name__ == "__main__":
    _limit()
    json.dump(_extract(sys.stdin.buffer.read()), sys.stdout)
