"""The renderer reaches nothing but what it is handed, and its documents are tagged."""

import http.server
import io
import threading

import page as pdf_rules
import pypdf
import pytest

from pqs_portal.lib.pdf import Figure, figure_address, render_pdf

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'
DOCUMENT = '<html lang="en"><head><title>T</title></head><body><h1>T</h1>{}</body></html>'


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("the canary of the file system")
    return path.as_uri()


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{}" alt="x">',
        '<link rel="attachment" href="{}">',
        '<a rel="attachment" href="{}">x</a>',
        '<link rel="stylesheet" href="{}">',
        '<style>@import url("{}")</style>',
        '<style>p {{ background: url("{}") }}</style><p>x</p>',
        '<style>p::before {{ content: url("{}") }}</style><p>x</p>',
        '<style>li {{ list-style-image: url("{}") }}</style><ul><li>x</li></ul>',
        '<style>@font-face {{ font-family: f; src: url("{}") }}</style><p style="font-family: f">x</p>',
        '<object data="{}">x</object>',
        '<embed src="{}">',
        '<base href="{}"><img src="secret.txt" alt="x">',
    ],
)
def test_no_way_in_html_leads_to_a_file(markup, secret):
    made = render_pdf(DOCUMENT.format(markup.format(secret)), css="")
    assert b"canary" not in made.content
    reader = pypdf.PdfReader(io.BytesIO(made.content))
    assert reader.attachments == {}


def test_a_figure_that_was_handed_over_is_shown_and_another_is_left_out(caplog):
    asked = f'<img src="{figure_address("chart")}" alt="A chart"><img src="{figure_address("other")}" alt="Other">'
    render_pdf(DOCUMENT.format(asked), css="", figures={"chart": Figure(SVG, "image/svg+xml")})
    assert [record.getMessage().split("'")[1] for record in caplog.records] == [figure_address("other")]


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.enable_socket
def test_nothing_is_asked_of_the_network():
    asked = []

    class Trap(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Trap)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}/x.png"
        render_pdf(DOCUMENT.format(f'<img src="{address}" alt="x">'), css=f'p {{ background: url("{address}") }}')
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert asked == []


def test_the_document_is_tagged_and_progress_is_told():
    told = []
    made = render_pdf(DOCUMENT.format("<p>Words</p>"), css="", laid_out=lambda: told.append("laid out"))
    assert told == ["laid out"]
    assert made.pages == 1
    assert pdf_rules.validate_pdf_bytes(made.content, profile="ua1").is_compliant
