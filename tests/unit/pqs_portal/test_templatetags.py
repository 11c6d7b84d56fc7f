"""The filters that put facts into words."""

import pytest

from pqs_portal.lib.posted import is_readable
from pqs_portal.templatetags.portal import browser_words

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (CHROME, "Chrome on Windows"),
        (f"{CHROME} Edg/143.0.0.0", "Edge on Windows"),
        (IPHONE, "Safari on an iPhone"),
        ("curl/8.9.1", "curl/8.9.1"),
        ("", ""),
    ],
    ids=["chrome", "edge", "iphone", "curl", "nothing"],
)
def test_a_browser_is_named_in_words(user_agent, words):
    assert browser_words(user_agent) == words


@pytest.mark.parametrize(
    ("name", "value", "readable"),
    [
        ("body", "Words", True),
        ("happened_on_day", "3", True),
        ("draft_revision", "9", False),
        ("draft_page", "/evidence/", False),
        ("save_draft", "Save draft", False),
        ("form-0-version", "2", False),
        ("why", "0b9a3c1e-7a52-4c6e-9d0b-0a4f5c1d2e3f", False),
    ],
)
def test_what_is_shown_of_a_form_that_was_sent(name, value, readable):
    assert is_readable(name, value) is readable
