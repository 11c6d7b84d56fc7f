"""The pages of docs/ that are drawn from the code say what the code says."""

import re
from pathlib import Path

import pytest

from pqs_portal.management.commands.generate_docs import in_words, pages

ROOT = Path(__file__).resolve().parents[2]


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


READ = re.compile(r'(?:env\.\w+|required|one_of)\(\s*"([A-Z_]+)"')
ONLY_FOR_DEVELOPMENT = {"CELERY_TASK_ALWAYS_EAGER", "MAIL_SINK_DIR"}
SET_BY_THE_IMAGE = {"MEDIA_ROOT"}


def variables():
    """The environment variables that the settings read."""
    return set(READ.findall((ROOT / "pqs_portal" / "settings.py").read_text("utf-8")))


def test_operations_page_names_each_variable():
    table = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "operations.md").read_text("utf-8"), re.MULTILINE)

    assert sorted(table) == sorted(variables())


def test_compose_file_passes_each_variable_on():
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    block = text[text.index("&environment") : text.index("\nservices:")]

    assert set(re.findall(r"^    ([A-Z_]+):", block, re.MULTILINE)) == (
        variables() - ONLY_FOR_DEVELOPMENT - SET_BY_THE_IMAGE
    )


@pytest.mark.parametrize("page", [*(ROOT / "docs").rglob("*.md"), ROOT / "CHANGELOG.md"], ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []
