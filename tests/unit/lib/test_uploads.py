"""Files are judged by what is in them: a corpus of good, damaged, disguised and hostile ones."""

import hashlib
import io
import tracemalloc
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from pqs_portal.lib import uploads
from pqs_portal.lib.uploads import UploadRefused, check_upload, clean_name

MB = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
TYPES = (
    '<?xml version="1.0"?><Types><Override PartName="/{part}" '
    'ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)


def picture(kind="PNG", size=(20, 10), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


def archive(**entries):
    """A zip of these; ``__`` in a name stands for ``/``."""
    return zipped({name.replace("__", "/"): content for name, content in entries.items()})


def zipped(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def office(kind, part, **more):
    return zipped({"[Content_Types].xml": TYPES.format(kind=kind, part=part), part: "<x/>"} | more)


def docx(**more):
    return office("wordprocessingml.document", "word/document.xml", **more)


ODT = archive(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<x/>"})
XLSX = office("spreadsheetml.sheet", "xl/workbook.xml")
PPTX = office("presentationml.presentation", "ppt/presentation.xml")


def check(content, name="file", limit=15 * MB):
    return check_upload(SimpleUploadedFile(name, content), limit)


GOOD = {
    "pdf": (PDF, "application/pdf", ".pdf"),
    "png": (picture(), "image/png", ".png"),
    "jpeg": (picture("JPEG"), "image/jpeg", ".jpg"),
    "docx": (docx(), uploads.DOCX, ".docx"),
    "xlsx": (XLSX, uploads.XLSX, ".xlsx"),
    "pptx": (PPTX, uploads.PPTX, ".pptx"),
    "odt": (ODT, uploads.ODT, ".odt"),
    "text": ("Naïve words, 5 < 6\n".encode(), "text/plain", ".txt"),
    "utf-16 text": ("Words".encode("utf-16"), "text/plain", ".txt"),
    "text with a byte order mark": (b"\xef\xbb\xbfWords", "text/plain", ".txt"),
}


@pytest.mark.parametrize("kind", GOOD)
def test_what_is_accepted_gets_its_type_from_its_content(kind):
    content, content_type, ending = GOOD[kind]
    found = check(content, "misnamed.exe")
    assert (found.content_type, found.name) == (content_type, f"misnamed.exe{ending}")
    assert (found.size, found.sha256) == (len(found.content), hashlib.sha256(found.content).hexdigest())
    assert check(content, f"right{ending.upper()}").name == f"right{ending.upper()}"


REFUSED = {
    "empty": b"",
    "one byte of nothing": b"\x00",
    "program": b"MZ\x90\x00\x03" + bytes(100),
    "elf": b"\x7fELF" + bytes(100),
    "gif": b"GIF89a" + bytes(100),
    "gif with script": b"GIF89a/*" + bytes(10) + b"*/=1;alert(1)",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "svg after a comment": b"<!-- hello --><svg onload='alert(1)'></svg>",
    "html": b"<!DOCTYPE html><p>Hello",
    "html in capitals after words": b"Hello\n\n<SCRIPT>alert(1)</SCRIPT>",
    "xml": b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    "php": b"<?php system($_GET['c']); ?>",
    "shell": b"#!/bin/sh\nrm -rf ~\n",
    "latin-1 text": "naïve".encode("latin-1"),
    "text with control characters": b"a\x1b[31mred",
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
    "rtf is not on the list": b"{\\rtf1\x00}",
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(50),
    "gzip": b"\x1f\x8b\x08" + bytes(50),
    "zip": archive(**{"a.txt": "a"}),
    "zip that claims to be a document": zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": ""}),
    "zip with a type of its own": zipped({"mimetype": "application/zip", "content.xml": ""}),
    "spreadsheet of opendocument": zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    "epub": zipped({"mimetype": "application/epub+zip"}),
    "cut zip": docx()[:-30],
    "zip with a broken checksum": docx().replace(b"PK\x01\x02", b"PK\x01\x03", 1),
    "macros": docx(**{"word/vbaProject.bin": "x"}),
    "macros by type": zipped({"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}),
    "macros of opendocument": zipped({"mimetype": uploads.ODT, "Basic/Standard/Module1.xml": "x"}),
    "activex": docx(**{"word/activeX/activeX1.bin": "x"}),
    "template from elsewhere": docx(
        **{"word/_rels/settings.xml.rels": '<R Type="attachedTemplate" Target="http://x" TargetMode="External"/>'}
    ),
    "too many entries": zipped({f"{number}": "" for number in range(uploads.MOST_ENTRIES + 1)}),
    "cut png": picture()[:40],
    "cut jpeg": picture("JPEG", (200, 200))[:300],
    "png of nothing": b"\x89PNG\r\n\x1a\n",
    "jpeg of nothing": b"\xff\xd8\xff",
    "half a pdf": PDF[:20],
}


@pytest.mark.parametrize("kind", REFUSED)
@pytest.mark.parametrize("name", ["file.pdf", "file.png", "file.txt"])
def test_what_is_refused_whatever_it_is_called(kind, name):
    with pytest.raises(UploadRefused) as refused:
        check(REFUSED[kind], name)
    assert str(refused.value).startswith(f"“{name}” ")


BROKEN, ZIP = b"\x00broken", archive(**{"a.txt": "a"})
KINDS = f"Choose {uploads.ACCEPTED_IN_WORDS}"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("scan.pdf", BROKEN, "cannot be read as a PDF. Choose another file"),
        ("scan.PDF", b"caf\xe9", "cannot be read as a PDF. Choose another file"),
        ("flipchart.jpeg", BROKEN, "cannot be read as a JPEG picture. Choose another file"),
        ("notes.docx", ZIP, "cannot be read as a Word document. Choose another file"),
        ("notes.txt", b"caf\xe9", "cannot be read as plain text. Choose another file"),
        ("scan.pdf", PDF[:20], "is a damaged PDF. Save it again and choose the new file"),
        ("scan.bmp", BROKEN, f"is of a kind that cannot be kept here. {KINDS}"),
        ("pdf", BROKEN, f"is of a kind that cannot be kept here. {KINDS}"),
        ("all.zip", ZIP, f"is an archive. Choose the files in it one by one: {uploads.ACCEPTED_IN_WORDS}"),
    ],
)
def test_what_is_not_what_it_is_called_is_said_so(name, content, why):
    with pytest.raises(UploadRefused) as refused:
        check(content, name)
    assert str(refused.value) == f"“{name}” {why}"


def test_the_limit():
    assert check(b"a" * 100, limit=100).size == 100
    with pytest.raises(UploadRefused) as refused:
        check(b"a" * (MB + 1), "long.txt", limit=MB)
    assert str(refused.value) == "“long.txt” is larger than 1 MB. Choose a smaller file"


def test_a_picture_loses_its_metadata():
    exif = Image.Exif()
    exif[0x010E] = "CANARY description"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    found = check(picture("JPEG", exif=exif))
    with Image.open(io.BytesIO(found.content)) as image:
        assert dict(image.getexif()) == {}
        assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"CANARY" not in found.content


def test_a_picture_is_turned_the_right_way_up():
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(io.BytesIO(check(picture("JPEG", (40, 20), exif=exif)).content)) as image:
        assert image.size == (20, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_drawn_anew(mode):
    assert check(picture(mode=mode)).content_type == "image/png"


def test_what_hides_behind_a_picture_is_gone():
    for hidden in (b"<script>alert(1)</script>", archive(**{"a.txt": "a"}), b"<?php system(1) ?>"):
        found = check(picture() + hidden)
        assert hidden not in found.content
        assert found.content_type == "image/png"


def test_a_large_photograph_is_made_smaller():
    found = check(picture("JPEG", (6000, 4000)))
    with Image.open(io.BytesIO(found.content)) as image:
        assert image.size == (3000, 2000)


def small_but_huge(width, height):
    """A PNG of a few bytes that says it is enormous."""
    import struct  # noqa: PLC0415 -- only here
    import zlib  # noqa: PLC0415 -- only here

    def part(kind, data):
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(b"")) + part(b"IEND", b"")


@pytest.mark.parametrize("size", [(6000, 6000), (12_000, 12_000), (50_000, 50_000)])
def test_a_picture_bomb_is_refused_before_it_unfolds(size):
    content = small_but_huge(*size)
    tracemalloc.start()
    with pytest.raises(UploadRefused) as refused:
        check(content)
    assert tracemalloc.get_traced_memory()[1] < 10 * MB
    tracemalloc.stop()
    assert "too many pixels" in str(refused.value)


def test_a_document_bomb_is_refused_before_it_unfolds():
    content = docx(**{f"word/media/{number}": bytes(21 * MB) for number in range(10)})
    assert len(content) < MB
    tracemalloc.start()
    with pytest.raises(UploadRefused) as refused:
        check(content)
    assert tracemalloc.get_traced_memory()[1] < 20 * MB
    tracemalloc.stop()
    assert "unpacks to something far too large" in str(refused.value)


def test_a_document_that_lies_about_its_sizes_is_refused():
    honest = docx(**{"word/media/1": b"a" * 5000})
    lying = honest.replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(UploadRefused):
        check(lying)


def test_a_protected_document_is_refused():
    content = bytearray(docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    with pytest.raises(UploadRefused) as refused:
        check(bytes(content))
    assert "protected by a password" in str(refused.value)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\Notes.txt", "Notes.txt"),
        ("gpj.‮exe.txt", "gpj.exe.txt"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"),
        ("  spaced   out .txt ", "spaced out .txt"),
        ("...", "file"),
        ("", "file"),
        ("\x00\x01.txt", "txt"),
        ("ü.txt", "ü.txt"),
        ("👩‍🔬.txt", "👩‍🔬.txt"),
    ],
)
def test_names_are_made_harmless(given, shown):
    assert clean_name(given) == shown


def test_a_long_name_is_shortened_before_its_ending():
    assert clean_name("a" * 500 + ".pdf") == "a" * 150 + ".pdf"
    assert len(clean_name("a." + "b" * 500)) <= 161
