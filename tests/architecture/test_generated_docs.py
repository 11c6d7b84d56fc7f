"""The pages of docs/ that are drawn from the code say what the code says."""

import pytest

from pqs_portal.management.commands.generate_docs import in_words, pages


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_page_is_up_to_date(path):
    assert path.read_text("utf-8") == pages()[path], "run python manage.py generate_docs"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("always_true", "Everybody who is signed in"),
        ("holds:organisation_admin|ld_lead", "An organisation admin or an L&D lead"),
        (
            "((is_mentor_of | holds:ld_lead) | is_uploader)",
            "The current mentor, an L&D lead or whoever uploaded the file",
        ),
        ("(is_observer & is_mentor_of)", "The observer who is also the current mentor"),
        (
            "(is_uploader | (is_observer & is_mentor_of))",
            "Whoever uploaded the file or (the observer who is also the current mentor)",
        ),
        (
            "(~is_shared_step & (holds:ld_lead | (is_recorded_by_hand & waits_on)))",
            "For a step of one person: an L&D lead or (for a step without a screen of its own: whoever the step waits on)",  # noqa: E501
        ),
        ("(is_new_here | ~is_newer)", "Is new here or not is newer"),
    ],
)
def test_predicates_in_words(expression, words):
    assert in_words(expression) == words
