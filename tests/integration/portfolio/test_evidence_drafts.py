"""The form of a piece and what was being typed into it."""

import json

import pytest
from django.urls import reverse

from accounts.models import WorkingCopy
from portfolio.models import Evidence
from tests.factories.portfolio import EvidenceFactory, text_file

NEW = reverse("portfolio:evidence_new")
LIST = reverse("portfolio:evidence_list")


@pytest.fixture
def piece(world):
    return EvidenceFactory(enrolment=world.enrolment, title="Saved name", body="Saved words")


@pytest.fixture
def keep(world):
    """What the page does while one types: the revision that it then knows."""

    def send(client, target, form, revision=0, page=""):
        payload = {
            name: value if isinstance(value, list) else [str(value)] for name, value in form.items() if value != []
        }
        sent = {
            "payload": payload, "revision": revision, "based_on": 1, "page": page, "author": str(world.supervisor.pk)
        }  # fmt: skip
        url = reverse("accounts:draft", args=["evidence", target])
        return client.post(url, json.dumps(sent), content_type="application/json").json()["revision"]

    return send


def edit_url(piece):
    return reverse("portfolio:evidence_edit", args=[piece.pk])


def test_the_form_opens_with_what_was_typed(world, sign_in, posted, areas, keep, piece):
    client = sign_in(world.supervisor)
    typed = posted(areas={areas[1]: "Half a reason"}, body="Half a thou", title="") | {"version": 1}
    revision = keep(client, piece.pk, typed)
    response = client.get(edit_url(piece))
    form, page = response.context["form"], response.content.decode()
    assert (form["body"].value(), form["title"].value(), form["version"].value()) == ("Half a thou", "", "1")
    assert (form["areas"].value(), form["why_2"].value()) == ([str(areas[1].pk)], "Half a reason")
    assert form["happened_on"].value() == [str(typed[f"happened_on_{part}"]) for part in ("day", "month", "year")]
    assert "You have unsaved changes from" in page
    assert "Use what was saved as version 1 instead" in page
    assert f'name="draft_revision" value="{revision}"' in page


def test_saving_for_good_takes_it_away(world, sign_in, posted, keep, piece):
    client = sign_in(world.supervisor)
    data = posted(body="Whole thought") | {"version": 1}
    revision = keep(client, piece.pk, data | {"body": "Half"})
    response = client.post(edit_url(piece), data | {"draft_revision": revision})
    piece.refresh_from_db()
    assert (response.status_code, piece.version, piece.body) == (302, 2, "Whole thought")
    assert not WorkingCopy.objects.exists()


def test_saving_without_having_seen_it_shows_both_and_saves_nothing(world, sign_in, posted, keep, piece):
    client = sign_in(world.supervisor)
    data = posted(body="Of this window") | {"version": 1, "title": "T"}
    revision = keep(client, piece.pk, data | {"body": "Of the other window"})
    response = client.post(edit_url(piece), data | {"draft_revision": 0, "attachments": text_file()})
    page = response.content.decode()
    piece.refresh_from_db()
    assert (response.status_code, piece.version, piece.body) == (409, 1, "Saved words")
    assert "Of <mark>the other</mark> window" in page
    assert "Of <mark>this</mark> window" in page
    assert WorkingCopy.objects.get().payload["body"] == ["Of the other window"]
    form = response.context["form"]
    assert (form.draft.revision, len(form.kept_ids)) == (revision, 1)
    again = client.post(edit_url(piece), dict(form.data.lists()) | {"draft_revision": form.draft.revision})
    piece.refresh_from_db()
    assert (again.status_code, piece.body, piece.attachments.count()) == (302, "Of this window", 1)
    assert not WorkingCopy.objects.exists()


def test_a_save_whose_last_words_were_kept_without_an_answer(world, sign_in, posted, keep, piece):
    client = sign_in(world.supervisor)
    data = posted() | {"version": 1}
    keep(client, piece.pk, data)
    response = client.post(edit_url(piece), data | {"draft_revision": 0})
    assert (response.status_code, WorkingCopy.objects.exists()) == (302, False)


def test_a_stale_version_keeps_the_draft(world, sign_in, posted, keep, piece):
    client = sign_in(world.supervisor)
    client.post(edit_url(piece), posted(body="Saved meanwhile") | {"version": 1})
    data = posted(body="Begun before") | {"version": 1}
    revision = keep(client, piece.pk, data)
    page = client.get(edit_url(piece)).content.decode()
    assert "Since then version 2 was saved" in page
    response = client.post(edit_url(piece), data | {"draft_revision": revision})
    assert (response.status_code, "Saved meanwhile" in response.content.decode()) == (409, True)
    assert WorkingCopy.objects.get().payload["body"] == ["Begun before"]
    client.post(edit_url(piece), dict(response.context["form"].data.lists()))
    piece.refresh_from_db()
    assert (piece.version, piece.body, WorkingCopy.objects.exists()) == (3, "Begun before", False)


def test_a_new_piece_that_was_never_saved_is_found_again(world, sign_in, posted, keep):
    client = sign_in(world.supervisor)
    data = posted(title="Difficult talk")
    address = f"{NEW}?id={data['id']}"
    keep(client, data["id"], data, page=address)
    assert client.get(address).context["form"]["title"].value() == "Difficult talk"
    for elsewhere in (client.get(NEW, follow=True), client.get(LIST)):
        page = elsewhere.content.decode()
        assert "Difficult talk" in page
        assert address in page
    client.post(address, data | {"draft_revision": WorkingCopy.objects.get().revision})
    assert (Evidence.objects.get().title, WorkingCopy.objects.exists()) == ("Difficult talk", False)
    assert "Begun and not saved yet" not in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("typed", "listed"),
    [
        ({}, False),
        ({"body": "Words"}, True),
        ({"why_2": "I asked first"}, True),
        ({"tags": "duty"}, True),
        ({"kept": ["id of a file"]}, True),
    ],
)
def test_a_form_that_was_sent_empty_is_not_a_piece_that_was_begun(world, sign_in, posted, keep, typed, listed):
    client = sign_in(world.supervisor)
    data = posted(title="", body="") | typed
    keep(client, data["id"], data)
    assert ("Begun and not saved yet" in client.get(LIST).content.decode()) is listed


@pytest.mark.parametrize("person", ["mentor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader"])
def test_nobody_else_learns_of_it(world, sign_in, posted, keep, piece, person):
    keep(sign_in(world.supervisor), piece.pk, posted(title="CANARYTITLE", body="CANARYBODY"))
    client = sign_in(getattr(world, person))
    for path in (
        "/", LIST, edit_url(piece), piece.get_absolute_url(), "/people/", f"/people/{world.enrolment.pk}/",
        f"/people/{world.enrolment.pk}/evidence/", "/organisation/records/",
    ):  # fmt: skip
        assert "CANARY" not in client.get(path).content.decode()


def test_what_was_refused_stays_with_the_revision_it_had(world, sign_in, posted, keep, piece):
    client = sign_in(world.supervisor)
    data = posted(title=" ") | {"version": 1}
    revision = keep(client, piece.pk, data)
    response = client.post(edit_url(piece), data | {"draft_revision": revision})
    assert (response.status_code, response.context["form"].draft.revision) == (200, revision)
    assert WorkingCopy.objects.exists()
