import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from pathway import tasks
from pathway.models import Cohort, Enrolment, Nomination, PeopleImport
from tests.factories.accounts import member
from tests.integration.pathway.posting import is_refused

LIST = "Nadia New <nadia@example.org>\nNobody\n=Sum <sum@example.org>\n"


def new_url(world):
    return reverse("pathway:people_import_new", args=[world.cohort.pk])


def url_of(name, made):
    return reverse(f"pathway:people_import_{name}", args=[made.pk])


def posted(text=LIST, **more):
    return {"id": uuid.uuid4(), "addresses": text, **more}


def uploaded(content, name="people.csv"):
    return posted("", table_file=SimpleUploadedFile(name, content, content_type="text/csv"))


@pytest.fixture
def client(world, sign_in):
    return sign_in(world.ld_lead)


def made_by(client, world, data):
    client.post(new_url(world), data)
    return PeopleImport.objects.get(pk=data["id"])


def test_a_pasted_list_is_checked_then_confirmed_then_carried_out(world, client):
    person = member(world.organisation)
    data = posted(f"{LIST}Mem Ber <{person.email}>\nThere <{world.supervisor.email}>")
    assert "Nobody is added or invited" not in client.get(new_url(world), follow=True).content.decode()

    first, second = client.post(new_url(world), data), client.post(new_url(world), data)

    made = PeopleImport.objects.get()
    assert first.url == second.url == made.get_absolute_url()
    assert client.get(new_url(world), {"id": made.pk}).url == made.get_absolute_url()
    page = client.get(made.get_absolute_url()).content.decode()
    for words in (
        "Nothing has changed yet. Of 5 rows:", "2 people can be brought in", "1 person is in the cohort already",
        "2 rows have problems and are left out", "There is no e-mail address",
        "The name begins with “=”, like a formula. Write the name itself", "Bring in 2 people",
    ):  # fmt: skip
        assert words in page
    assert page.count('data-label="Name"') == 3
    assert client.get(made.get_absolute_url(), {"show": "all"}).content.decode().count('data-label="Name"') == 5
    assert not Nomination.objects.exists()

    assert client.get(url_of("start", made)).status_code == 405
    client.post(url_of("start", made))
    client.post(url_of("start", made))
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Waiting to begin</span>: 0 of 3" in page
    assert 'data-reload-seconds="2"' in page
    assert tasks.run_waiting_imports() == 1
    assert tasks.run_import(str(made.pk)) is False

    page = client.get(made.get_absolute_url()).content.decode()
    assert "Done " in page
    assert "data-reload-seconds" not in page
    assert Enrolment.objects.get(supervisor=person).cohort == world.cohort
    assert Nomination.objects.get(typed_email="nadia@example.org").status == "placed"
    result = client.get(url_of("result", made))
    assert result.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert result.headers["Content-Disposition"].startswith('attachment; filename="people-cohort')
    lines = result.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 6
    assert lines[3].startswith("3,'=Sum,sum@example.org,")
    assert AuditEvent.objects.filter(verb="brought people in", target_id=made.pk).count() == 1


def test_a_file_with_columns_nobody_asked_for(world, client):
    data = uploaded("Name;E-mail;Team\nNadia;nadia@example.org;North\n".encode("utf-8-sig"))

    made = made_by(client, world, data)

    assert (made.file_name, made.unknown_columns) == ("people.csv", ["Team"])
    page = client.get(made.get_absolute_url()).content.decode()
    assert "These columns are not used: Team." in page
    assert "Bring in 1 person" in page
    assert "people.csv" in client.get(new_url(world), follow=True).content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (posted(""), "Paste people, or choose a CSV file"),
        (posted(" \n "), "Paste people, or choose a CSV file"),
        (posted("a <a@a.org>\x00"), "Null characters are not allowed"),
        (posted("x" * 1_000_001), "The list is too long to paste"),
        ("both", "Paste people or send a file, not both"),
        ("empty", "The file is empty. Choose another one"),
        ("large", "The file is larger than 5 MB. Split it into smaller files."),
        ("columns", "The file has no column “E-mail”"),
        ("spreadsheet", "This is not a CSV file"),
    ],
    ids=["nothing", "blank", "null", "long", "both", "empty", "ten megabytes", "columns", "spreadsheet"],
)
def test_a_list_of_no_use_is_refused_with_words(world, client, data, words):
    contents = {
        "both": b"a",
        "empty": b"",
        "large": b"x" * 10_000_000,
        "columns": b"Name\nA\n",
        "spreadsheet": b"PK\x03\x04",
    }
    if isinstance(data, str):
        data = uploaded(contents[data]) | ({"addresses": LIST} if data == "both" else {})

    answer = client.post(new_url(world), data)

    assert is_refused(answer)
    assert words in answer.content.decode()
    assert not PeopleImport.objects.exists()


def test_a_list_can_be_discarded(world, client):
    made = made_by(client, world, posted())

    assert client.post(url_of("discard", made)).url == new_url(world)
    client.post(url_of("discard", made))
    client.post(url_of("start", made))

    made.refresh_from_db()
    assert (made.status, made.rows.count()) == ("discarded", 0)
    assert "This list was discarded" in client.get(made.get_absolute_url()).content.decode()


def test_more_than_there_are_places_is_warned_of(world, client):
    Cohort.objects.filter(pk=world.cohort.pk).update(places=1)
    made = made_by(client, world, posted())

    page = client.get(made.get_absolute_url()).content.decode()

    assert f"{world.cohort.name} has 1 place and would have 2 people. You can go on." in page


def test_nobody_joins_a_closed_cohort(world, client):
    Cohort.objects.filter(pk=world.cohort.pk).update(status="closed", closed_at=timezone.now())

    assert client.get(new_url(world)).url == reverse("pathway:cohort_people", args=[world.cohort.pk])


@pytest.mark.parametrize(("role", "status"), [("admin", 403), ("supervisor", 403), ("outsider", 404)])
def test_only_the_lead_brings_people_in(world, sign_in, client, role, status):
    made, other = made_by(client, world, posted()), sign_in(getattr(world, role))

    assert other.get(new_url(world)).status_code == status
    assert other.post(new_url(world), posted()).status_code == status
    for address in (made.get_absolute_url(), url_of("result", made)):
        assert other.get(address).status_code == 404
    for name in ("start", "discard"):
        assert other.post(url_of(name, made)).status_code == 404
    assert other.get(reverse("pathway:people_import_example")).status_code == 403
    assert sign_in(world.other.ld_lead).get(made.get_absolute_url()).status_code == 404
    assert PeopleImport.objects.get().status == "checked"


def test_the_example_is_a_file(client):
    answer = client.get(reverse("pathway:people_import_example"))

    assert answer.content.decode("utf-8-sig").startswith("Name,E-mail,Line manager e-mail,")


@pytest.mark.parametrize("people", [1, 3])
def test_the_pages_cost_the_same_however_long_the_list(world, client, people, django_assert_num_queries):
    text = "".join(f"P{n} <p{n}>\n" for n in range(people))
    made = made_by(client, world, posted(text))
    client.get(made.get_absolute_url())

    with django_assert_num_queries(10):
        page = client.get(made.get_absolute_url()).content.decode()

    assert page.count('data-label="Name"') == people
