"""Text is kept as typed and rendered without anything that could act."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from pqs_portal.lib.text import as_typed, render_text

NO_NUL = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


@given(NO_NUL)
def test_only_line_ends_change(text):
    assert as_typed(text) == text.replace("\r\n", "\n").replace("\r", "\n")
    assert as_typed(as_typed(text)) == as_typed(text)


@given(NO_NUL, NO_NUL)
def test_nul_is_refused(before, after):
    with pytest.raises(ValidationError):
        as_typed(before + "\x00" + after)


@given(NO_NUL)
def test_no_text_becomes_a_tag_of_its_own(text):
    allowed = (
        "p",
        "/p",
        "br",
        "ul",
        "/ul",
        "ol",
        "/ol",
        "li",
        "/li",
        "em",
        "/em",
        "strong",
        "/strong",
        "a ",
        "/a",
        "ol ",
    )
    for piece in str(render_text(text)).split("<")[1:]:
        assert piece.startswith(allowed)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\ntwo\n\nthree", "<p>One<br>\ntwo</p>\n<p>three</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>\n"),
        ("[a](https://example.org)", '<p><a href="https://example.org">a</a></p>\n'),
        ("[a](mailto:a@example.org)", '<p><a href="mailto:a@example.org">a</a></p>\n'),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](JaVaScRiPt:alert(1))", "<p>[a](JaVaScRiPt:alert(1))</p>\n"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n"),
        ("[a](//example.org)", "<p>[a](//example.org)</p>\n"),
        ("# a", "<p># a</p>\n"),
        ("![a](https://example.org/a.png)", '<p>!<a href="https://example.org/a.png">a</a></p>\n'),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>\n"),
        ('"><script>alert(1)</script>', "<p>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ('[a](https://x/"onmouseover=alert(1))', '<p><a href="https://x/%22onmouseover=alert(1)">a</a></p>\n'),
        ("\U0001f600 \U0001d54f", "<p>\U0001f600 \U0001d54f</p>\n"),
        ("", ""),
    ],
)
def test_what_is_rendered(text, html):
    assert str(render_text(text)) == html
