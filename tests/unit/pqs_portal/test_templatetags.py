"""The filters that put facts into words."""

import pytest

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
