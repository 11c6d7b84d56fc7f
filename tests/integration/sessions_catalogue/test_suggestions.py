"""What our organisation could do: sent with a name or without, answered, and published without its words."""

import re
import uuid

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from sessions_catalogue.models import Suggestion
from tests.factories.voices import SuggestionFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST, NEW, ALL = "/suggestions/", "/suggestions/new/", "/suggestions/all/"
OTHERS = ("mentor", "line_manager", "ld_lead", "admin", "panel_member", "senior_leader", "outsider")


def sent(**more):
    return {"id": uuid.uuid4(), "theme": "time", "text": "Keep Fridays\r\nfree.", "with_name": "yes", **more}


def answered(**more):
    return {"revision": "1", "status": "under_way", "answer": "Fridays are free now.", **more}


def suggestion(world, **fields):
    return SuggestionFactory(organisation=world.organisation, **fields)


def url(row):
    return f"/suggestions/{row.pk}/"


def main_of(answer):
    page = answer.content.decode().partition("<main")[2].partition("</main")[0]
    return re.sub(r"\s+", " ", page)


def shown(answer):
    """(published answers, one's own) as the page was given them."""
    themes = [(theme, [row["suggestion"].pk for row in rows]) for theme, rows in answer.context["themes"]]
    return themes, [row["suggestion"].pk for row in answer.context["own"]]


# --- sending ------------------------------------------------------------------------------------------------
def test_with_a_name_it_is_sent_once_and_seen_by_its_author(world, sign_in):
    client = sign_in(world.supervisor)
    fresh = client.get(NEW)
    assert fresh.status_code == 302
    assert "not about a person" in main_of(client.get(fresh.url))
    data = sent(id=fresh.url.partition("id=")[2])
    assert [client.post(fresh.url, data).url for _ in range(2)] == [LIST, LIST]
    row = Suggestion.objects.get()
    assert (str(row.pk), row.author, row.organisation, row.theme, row.text, row.status, row.revision) == (
        data["id"], world.supervisor, world.organisation, "time", "Keep Fridays\nfree.", "received", 1,
    )  # fmt: skip
    assert client.get(fresh.url).url == LIST
    assert shown(client.get(LIST)) == ([], [row.pk])
    assert AuditEvent.objects.get(target_id=row.pk).category == "portfolio"


def test_without_a_name_nothing_says_who_it_was(world, sign_in):
    client, data = sign_in(world.supervisor), sent(with_name="no")
    audited = AuditEvent.objects.count()
    page = f"{NEW}?id={data['id']}"
    answers = [client.post(page, data, follow=True) for _ in range(2)]
    assert "Your suggestion is sent. Nothing says that it was you" in main_of(answers[0])
    row = Suggestion.objects.get()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    assert (row.author, row.text, row.created_at) == (None, "Keep Fridays\nfree.", midnight)
    assert str(row.pk) != str(data["id"])
    assert AuditEvent.objects.count() == audited
    assert shown(client.get(LIST)) == ([], [])
    # "Back" shows a form for another one, and another text sent with the first one's id is not lost.
    assert client.get(page).url not in (page, LIST)
    client.post(page, sent(with_name="no", id=data["id"], text="Something else"))
    assert sorted(Suggestion.objects.values_list("text", flat=True)) == ["Keep Fridays\nfree.", "Something else"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"theme": ""}, "Choose what it is about"),
        ({"theme": "people"}, "Choose one of the themes"),
        ({"text": " \n"}, "Enter your suggestion"),
        ({"text": "x" * 4001}, "Use no more than 4,000 characters"),
        ({"with_name": ""}, "Choose whether your name is on it"),
    ],
)
def test_what_is_wrong_is_said(world, sign_in, wrong, words):
    answer = sign_in(world.supervisor).post(NEW, sent(**wrong))
    assert answer.context["form"].errors == {next(iter(wrong)): [words]}
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("who", OTHERS)
def test_only_people_with_a_year_suggest(world, sign_in, who):
    client = sign_in(getattr(world, who))
    assert (client.get(NEW).status_code, client.post(NEW, sent()).status_code) == (403, 403)
    assert not Suggestion.objects.exists()
    assert "Make a suggestion" not in main_of(client.get(LIST))


# --- reading ------------------------------------------------------------------------------------------------
def test_everybody_reads_answers_by_theme_and_never_the_words(world, sign_in):
    now = timezone.now()
    said = {"text": "SECRET", "answer": "The answer", "published_at": now}
    tools = suggestion(world, **said, theme="tools", status="done")
    time = suggestion(world, **said, author=None, status="not_now")
    suggestion(world, text="SECRET", answer="UNPUBLISHED")
    SuggestionFactory(organisation=world.other.organisation, **said)
    for who in ("supervisor", *OTHERS):
        answer = sign_in(getattr(world, who)).get(LIST)
        expected = [("Time and workload", [time.pk]), ("Systems, rooms and equipment", [tools.pk])]
        assert (who, shown(answer)) == (who, (expected, []))
        page = main_of(answer)
        assert ("SECRET" in page, "UNPUBLISHED" in page, tools.author.name in page) == (False, False, False)
        assert [word in page for word in ("Not now", "Done", "The answer")] == [True] * 3


def test_the_list_asks_the_same_however_long(world, sign_in, django_assert_num_queries):
    client = sign_in(world.supervisor)
    client.get("/cookies/")
    counts = []
    for number in (1, 2):
        for _ in range(number):
            suggestion(world, author=world.supervisor, answer="Yes", published_at=timezone.now())
        with django_assert_num_queries(8):
            answer = client.get(LIST)
        counts.append(len(shown(answer)[1]))
    assert counts == [1, 3]


# --- answering ----------------------------------------------------------------------------------------------
def test_leads_see_all_newest_first_and_choose(world, sign_in, django_assert_num_queries):
    client = sign_in(world.ld_lead)
    client.get("/cookies/")
    rows = [suggestion(world)]
    suggestion(world.other)
    with django_assert_num_queries(7):
        client.get(ALL)
    rows += [suggestion(world, author=None, theme="tools"), suggestion(world, status="done")]
    with django_assert_num_queries(7):
        answer = client.get(ALL)

    def listed(query=""):
        return [row["suggestion"] for row in client.get(f"{ALL}{query}").context["rows"]]

    assert listed() == rows[::-1]
    assert listed("?status=done") == rows[2:]
    assert listed("?status=received&theme=tools") == [rows[1]]
    assert listed("?theme=nonsense") == rows[::-1]
    assert listed("?status=done&theme=tools") == []
    page = main_of(answer)
    assert (rows[0].author.name in page, "Without a name" in page) == (True, True)
    assert "No suggestion fits what you chose" in main_of(client.get(f"{ALL}?status=not_now"))


def test_an_answer_is_saved_and_published(world, sign_in):
    row = suggestion(world, author=world.supervisor)
    client = sign_in(world.ld_lead)
    assert "Keep Fridays free of meetings." in main_of(client.get(url(row)))
    assert client.post(url(row), answered()).url == ALL
    row.refresh_from_db()
    assert (row.status, row.answer, row.answered_by, row.published_at, row.revision) == (
        "under_way", "Fridays are free now.", world.ld_lead, None, 2,
    )  # fmt: skip
    own = main_of(sign_in(world.supervisor).get(LIST))
    assert ("Fridays are free now." in own, "Under way" in own) == (True, True)
    assert "Fridays are free now." not in main_of(sign_in(world.mentor).get(LIST))
    first = row.answered_at
    client.post(url(row), answered(revision="2", publish="on"))
    row.refresh_from_db()
    assert (row.published_at is not None, row.answered_at, row.revision) == (True, first, 3)
    assert "Fridays are free now." in main_of(sign_in(world.mentor).get(LIST))
    client.post(url(row), answered(revision="3"))
    row.refresh_from_db()
    assert (row.published_at, row.revision) == (None, 4)
    assert AuditEvent.objects.filter(verb="answered a suggestion", target_id=row.pk, subject=None).count() == 3


def test_the_second_lead_sees_the_first_ones_answer(world, sign_in):
    row, client = suggestion(world), sign_in(world.ld_lead)
    client.post(url(row), answered())
    same = client.post(url(row), answered())
    other = client.post(url(row), answered(answer="Mine", status="done"))
    row.refresh_from_db()
    assert (same.status_code, other.status_code, row.answer, row.revision) == (302, 409, "Fridays are free now.", 2)
    page = main_of(other)
    assert ("Fridays are free now." in page, "Mine" in page) == (True, True)
    assert re.search(r'<textarea name="revision"[^>]*> ?2</textarea>', page)


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"status": ""}, "status", "Choose where it stands"),
        ({"status": "gone"}, "status", "Choose one of the five"),
        (
            {"answer": " ", "publish": "on"},
            "answer",
            "Write an answer first: without one there is nothing to publish",
        ),
        ({"revision": ""}, "revision", "Open the page again"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(world, sign_in, wrong, field, words):
    row = suggestion(world)
    answer = sign_in(world.ld_lead).post(url(row), answered(**wrong))
    assert answer.context["form"].errors == {field: [words]}
    row.refresh_from_db()
    assert (row.status, row.revision) == ("received", 1)


def test_nobody_else_answers(world, sign_in):
    row = suggestion(world, author=world.supervisor)
    for who, status in (("supervisor", 403), ("mentor", 404), ("admin", 404), ("outsider", 404)):
        client = sign_in(getattr(world, who))
        answers = (client.get(url(row)).status_code, client.post(url(row), answered()).status_code)
        assert (who, answers, client.get(ALL).status_code) == (who, (status, status), 403)
    assert sign_in(world.other.ld_lead).get(url(row)).status_code == 404
    row.refresh_from_db()
    assert row.status == "received"
