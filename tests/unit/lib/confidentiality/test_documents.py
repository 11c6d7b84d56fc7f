"""Attached documents: their texts, properties and names; hostile ones end quietly."""

import io
import time
import zipfile

import pytest
from pypdf import PdfWriter

from pqs_portal.lib.confidentiality import read_document
from pqs_portal.lib.confidentiality.limits import MOST_BYTES

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = (
    '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc"><dc:creator>Sadhbh Quill</dc:creator>'
    "<cp:lastModifiedBy>Llinos</cp:lastModifiedBy></cp:coreProperties>"
)


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", compression) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return kept.getvalue()


def word(body, **more):
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return archive({"word/document.xml": document} | more)


def test_word_text_properties_comments_and_pictures():
    body = (
        "<w:p><w:r><w:t>One Chid</w:t></w:r><w:r><w:t>imma</w:t></w:r></w:p>"
        '<w:p><w:del w:author="Ffion"><w:delText>gone</w:delText></w:del></w:p>'
    )
    content = word(body, **{"docProps/core.xml": CORE, "word/media/image1.png": "x"})
    readable = read_document("Notes_on_Ifeoluwa.docx", content)
    assert readable.texts == [
        ("the file’s name", "Notes on Ifeoluwa docx"),
        ("the text", "One Chidimma\nFfion\ngone"),
        ("the document’s properties", "Sadhbh Quill\nLlinos"),
    ]
    assert readable.not_checked == ["Notes_on_Ifeoluwa.docx: the pictures in it"]


def test_excel_cells_without_the_numbers_of_shared_strings():
    sheet = '<worksheet><row><c t="s"><v>17</v></c><c><v>9434765919</v></c></row></worksheet>'
    content = archive(
        {
            "xl/workbook.xml": '<workbook><sheets><sheet name="Mairwen"/></sheets></workbook>',
            "xl/sharedStrings.xml": "<sst><si><t>Bosede</t></si></sst>",
            "xl/worksheets/sheet1.xml": sheet,
        }
    )
    texts = [text for _, text in read_document("a.xlsx", content).texts[1:]]
    assert texts == ["Mairwen", "Bosede", "9434765919"]


def test_open_document_and_powerpoint():
    odt = archive(
        {
            "content.xml": "<o><p>First</p><p>Second</p></o>",
            "meta.xml": "<m><initial-creator>Ha-eun</initial-creator></m>",
        }
    )
    assert read_document("a.odt", odt).texts[1:] == [
        ("the text", "First\nSecond"),
        ("the document’s properties", "Ha-eun"),
    ]
    slides = archive({"ppt/slides/slide1.xml": "<s><p>Hello</p></s>"})
    assert read_document("a.pptx", slides).texts[1:] == [("a slide", "Hello")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text(encoding):
    assert read_document("a.txt", "Zoë came".encode(encoding), "text/plain").texts[1:] == [("the text", "Zoë came")]


def pdf(title="", picture=False):
    writer = PdfWriter()
    writer.add_blank_page(width=72, height=72)
    if title:
        writer.add_metadata({"/Title": title, "/Author": "Gwilym"})
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def test_pdf_properties_and_pages_without_text():
    readable = read_document("a.pdf", pdf("About Tesfay"))
    where, text = readable.texts[1]
    assert (where, sorted(text.split("\n"))) == ("the document’s properties", ["About Tesfay", "Gwilym"])
    assert readable.not_checked == ["a.pdf: page 1, which has no text"]


def test_pdf_text():
    content = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length 50>>stream\nBT /F1 12 Tf 10 50 Td (Chidimma came early) Tj ET  \nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
    )
    readable = read_document("a.pdf", content)
    assert readable.texts[1:] == [("page 1", "Chidimma came early")]
    assert readable.not_checked == []


ENTITIES = (
    '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>'
    "<d>&c;</d>"
)
FILE_ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.png", b"\x89PNG\r\n\x1a\nxx"),
        ("photo.jpg", b"\xff\xd8\xffxx"),
        ("large.txt", b"a" * (MOST_BYTES + 1)),
        ("bomb.docx", archive({"word/document.xml": b"<d>" + b" " * 200_000_000})),
        ("letters.docx", archive({"word/document.xml": "<d>" + "a " * 1_000_000 + "</d>"})),
        ("deep.docx", archive({"word/document.xml": "<d>" * 300_000})),
        ("many.docx", archive({f"word/header{index}.xml": "<d/>" for index in range(3_001)}, zipfile.ZIP_STORED)),
        ("laughs.docx", archive({"word/document.xml": ENTITIES})),
        ("reads.docx", archive({"word/document.xml": FILE_ENTITY})),
        ("broken.docx", word("<w:p/>")[:-40]),
        ("cut.docx", archive({"word/document.xml": "<d><p>Half"})),
        ("other.zip", archive({"a.exe": "MZ"})),
        ("broken.pdf", b"%PDF-1.7\nnothing"),
        ("binary.bin", bytes(range(256))),
    ],
)
def test_hostile_and_unreadable_files_are_named_and_end_soon(name, content):
    started = time.perf_counter()
    readable = read_document(name, content)
    assert time.perf_counter() - started < 25
    assert [what.partition(":")[0] for what in readable.not_checked] == [name]
    assert not any("root:" in text for _, text in readable.texts)


def test_a_locked_pdf_is_named():
    writer = PdfWriter()
    writer.add_blank_page(width=72, height=72)
    writer.encrypt("secret", algorithm="RC4-128")
    kept = io.BytesIO()
    writer.write(kept)
    assert read_document("a.pdf", kept.getvalue()).not_checked == [
        "a.pdf: protected by a password, so it could not be read"
    ]


def test_an_empty_file_is_no_trouble():
    assert read_document("", b"").not_checked == []
