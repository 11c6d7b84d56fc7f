"""Uploaded files are judged by what is in them, never by their name or what the browser says they are."""

from __future__ import annotations

import hashlib
import io
import lzma
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

PDF = "application/pdf"
PNG, JPEG = "image/png", "image/jpeg"
ODT = "application/vnd.oasis.opendocument.text"
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX, PPTX = (
    OFFICE + "wordprocessingml.document",
    OFFICE + "spreadsheetml.sheet",
    OFFICE + "presentationml.presentation",
)
TEXT = "text/plain"
# The type decides how a file is called and sent; the first ending is the one given to a misnamed file.
ENDINGS = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    PPTX: (".pptx",),
    ODT: (".odt",),
    TEXT: (".txt",),
}
IN_WORDS = {
    PDF: "a PDF",
    PNG: "a PNG picture",
    JPEG: "a JPEG picture",
    DOCX: "a Word document",
    XLSX: "an Excel workbook",
    PPTX: "a PowerPoint presentation",
    ODT: "an OpenDocument text",
    TEXT: "plain text",
}
ACCEPTED_IN_WORDS = "PDF, Word, Excel, PowerPoint, OpenDocument text, plain text, PNG or JPEG"

LONGEST_NAME = 150
# A JPEG can be decoded at half its size, a PNG cannot; beyond these a picture would take too much memory.
MOST_PIXELS = {"JPEG": 60_000_000, "PNG": 25_000_000}
PLENTY = 20_000_000
MOST_ENTRIES = 3_000
MOST_UNPACKED = 200 * 1024 * 1024
CHUNK = 1024 * 1024
# What zipfile and its unpackers raise on hostile archives.
DAMAGED_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    # With its subclass for an entry that is packed in a way zipfile does not know.
    RuntimeError,
    KeyError,
)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
MARKUP = re.compile(rb"<\s*(!doctype|html|svg|script|\?xml|body|iframe)|\A\s*(#!|<\?)", re.IGNORECASE)
MACROS = re.compile(r"vbaproject|activex|(^|/)macros?/|^basic/|^scripts/", re.IGNORECASE)


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: ``content`` is what to store (pictures are drawn anew, without their metadata)."""

    name: str
    content_type: str
    size: int
    sha256: str
    content: bytes


class UploadRefused(Exception):
    """The message names the file and says how to mend it."""


class _Refused(Exception):
    """Why, as the end of a sentence that begins with the file's name."""


class _OfNoKind(_Refused):
    """It is nothing that can be kept, whatever it is called."""


def check_upload(file: UploadedFile[bytes], max_bytes: int) -> CheckedFile:
    """The file as it may be stored. Raises UploadRefused."""
    name = clean_name(file.name or "")
    try:
        if (file.size or 0) > max_bytes:
            raise _Refused(f"is larger than {max_bytes // (1024 * 1024)} MB. Choose a smaller file")
        file.seek(0)
        content_type, content = _judged(file.read())
    except _Refused as refused:
        why = (isinstance(refused, _OfNoKind) and _not_what_it_is_called(name)) or refused
        raise UploadRefused(f"“{name}” {why}") from None
    return CheckedFile(
        name=_with_ending(name, content_type),
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )


def clean_name(name: str) -> str:
    """A name to show and to download by: no folders, no control or direction characters, not too long."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(char for char in last if unicodedata.category(char)[0] != "C" or char == "\u200d")
    stem, dot, ending = " ".join(kept.split()).strip(". ").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    return (stem[:LONGEST_NAME] + dot + ending[:10]) or "file"


def _with_ending(name: str, content_type: str) -> str:
    """A file that is not what its name says is called what it is."""
    right = ENDINGS[content_type]
    return name if name.lower().endswith(right) else name + right[0]


def _not_what_it_is_called(name: str) -> str:
    """For a file that has the name of an accepted kind: the list of kinds would tell nobody what is wrong."""
    kinds = (kind for kind, endings in ENDINGS.items() if name.lower().endswith(endings))
    return next((f"cannot be read as {IN_WORDS[kind]}. Choose another file" for kind in kinds), "")


def _judged(content: bytes) -> tuple[str, bytes]:
    """(type, what to store)"""
    if not content:
        raise _Refused("is empty. Choose another file")
    for magic, judge in KINDS:
        if content.startswith(magic):
            return judge(content)
    return _text(content)


def _pdf(content: bytes) -> tuple[str, bytes]:
    if b"%%EOF" not in content[-2048:]:
        raise _Refused("is a damaged PDF. Save it again and choose the new file")
    return PDF, content


def _picture(content: bytes) -> tuple[str, bytes]:
    """Decoded and written anew: what else the file carried (place, camera, hidden data) is gone."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            kind = picture.format or ""
            pixels = picture.width * picture.height
            if pixels > MOST_PIXELS[kind]:
                raise _Refused("has too many pixels. Make the picture smaller and choose it again")
            if kind == "JPEG" and pixels > PLENTY:
                picture.draft(None, (picture.width // 2, picture.height // 2))
            drawn = ImageOps.exif_transpose(picture)
            modes = ("RGB", "L") if kind == "JPEG" else ("RGB", "RGBA", "L", "LA")
            if drawn.mode not in modes:
                drawn = drawn.convert("RGB" if kind == "JPEG" else "RGBA")
            plain = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
            out = io.BytesIO()
            plain.save(out, kind, **({"quality": 88} if kind == "JPEG" else {}))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _Refused("has too many pixels. Make the picture smaller and choose it again") from None
    except (OSError, ValueError, SyntaxError, MemoryError):
        raise _Refused("is a damaged picture. Save it again and choose the new file") from None
    return (JPEG if kind == "JPEG" else PNG), out.getvalue()


def _document(content: bytes) -> tuple[str, bytes]:
    """Word, Excel, PowerPoint and OpenDocument are zip archives; nothing else in a zip is accepted."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _inspected(archive), content
    except DAMAGED_ZIP:
        raise _Refused("is damaged. Save it again and choose the new file") from None


def _inspected(archive: zipfile.ZipFile) -> str:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _Refused("unpacks to something far too large. Save it as a PDF and choose that")
    if any(entry.flag_bits & 1 for entry in entries):
        raise _Refused("is protected by a password. Save it without one and choose it again")
    content_type = _document_type(archive)
    if any(MACROS.search(entry.filename) for entry in entries):
        raise _Refused("holds macros. Save it without them, or as a PDF")
    if _attaches_a_template(archive, entries):
        raise _Refused("loads a template from another place. Save it as a PDF and choose that")
    _unpack_all(archive, entries)
    return content_type


def _unpack_all(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Sizes in the directory may lie, so each entry is unpacked once, and thrown away (this also tests checksums)."""
    left = MOST_UNPACKED
    for entry in entries:
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise _Refused("unpacks to something far too large. Save it as a PDF and choose that")


def _document_type(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "mimetype" in names and _start_of(archive, "mimetype").strip() == ODT.encode():
        return ODT
    if "[Content_Types].xml" in names:
        parts = _start_of(archive, "[Content_Types].xml")
        if b"macroEnabled" in parts:
            raise _Refused("holds macros. Save it without them, or as a PDF")
        for content_type, main in (
            (DOCX, "word/document.xml"),
            (XLSX, "xl/workbook.xml"),
            (PPTX, "ppt/presentation.xml"),
        ):
            if content_type.encode() + b".main+xml" in parts and main in names:
                return content_type
    raise _OfNoKind(f"is an archive. Choose the files in it one by one: {ACCEPTED_IN_WORDS}")


def _attaches_a_template(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> bool:
    links = (entry.filename for entry in entries if entry.filename.endswith(".rels"))
    found = (_start_of(archive, name) for name in links)
    return any(b"attachedTemplate" in part and b'TargetMode="External"' in part for part in found)


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(CHUNK)


def _text(content: bytes) -> tuple[str, bytes]:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise _OfNoKind(f"is of a kind that cannot be kept here. Choose {ACCEPTED_IN_WORDS}") from None
    if CONTROLS.search(text):
        raise _OfNoKind(f"is of a kind that cannot be kept here. Choose {ACCEPTED_IN_WORDS}")
    if MARKUP.search(text.encode()[:100_000]):
        raise _Refused("holds web page or program code. Save it as a PDF and choose that")
    return TEXT, content


KINDS: tuple[tuple[bytes, Callable[[bytes], tuple[str, bytes]]], ...] = (
    (b"%PDF-", _pdf),
    (b"\x89PNG\r\n\x1a\n", _picture),
    (b"\xff\xd8\xff", _picture),
    (b"PK\x03\x04", _document),
)
