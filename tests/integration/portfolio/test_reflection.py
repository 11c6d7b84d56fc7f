"""The writer's own critical reflection: writing, structures, notes taken up, versions, opening."""

import json
import uuid

import pytest
from django.urls import reverse

from accounts.models import WorkingCopy
from accounts.views import keeps_draft
from pathway.models import Enrolment
from portfolio.document import build_document
from portfolio.models import Note, Reflection, ReflectionVersion
from portfolio.timeline import entries
from tests.factories.pathway import MilestoneFactory
from tests.factories.portfolio import NoteFactory
from tests.factories.reflection import TWO, reflected, reflection_opened

PAGE = reverse("portfolio:reflection")
EDIT = reverse("portfolio:reflection_edit")
SHARE = reverse("portfolio:reflection_share")
REOPEN = reverse("portfolio:reflection_reopen")
OTHERS = ["mentor", "line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"]
OPENED = {"readers": ["mentor"], "nobody_recognisable": "on"}


def version_url(number, page=""):
    return reverse(f"portfolio:reflection_{page or 'version'}", args=[number])


def typed(revision=0, structure="what", **parts):
    return {"revision": revision, "structure": structure, **{f"part_{part}": text for part, text in parts.items()}}


def shown(form):
    return [[field.name for field in fields] for fields in (form.structured(), form.always(), form.aside())]


def test_before_it_is_begun_one_chooses_a_structure(world, sign_in):
    client = sign_in(world.supervisor)
    page = client.get(PAGE)
    assert [one["value"] for one in page.context["structures"]] == ["what", "gibbs", "kolb", "free"]
    assert "1,500 to 2,000 words" in page.content.decode()
    form = client.get(EDIT, {"structure": "kolb"}).context["form"]
    always = ["part_power", "part_impact", "part_theory", "part_change"]
    assert shown(form) == [["part_experience", "part_reflection", "part_concept", "part_experiment"], always, []]
    assert form["structure"].value() == "kolb"
    assert client.get(EDIT, {"structure": "nonsense"}).context["form"]["structure"].value() == "what"


def test_saved_as_typed_with_a_version_for_each_save(world, sign_in, areas):
    client = sign_in(world.supervisor)
    first = typed(what=" As typed\r\n", power="Who spoke") | {"title": "A day", "areas": [areas[1].pk]}
    assert client.post(EDIT, first).url == PAGE
    assert client.post(EDIT, typed(1, what="Then", power="")).url == PAGE
    row = Reflection.objects.get()
    assert (row.parts, row.title, row.revision, row.status, row.audience) == (
        {"what": "Then"}, "", 2, "draft", "only_me",
    )  # fmt: skip
    versions = ReflectionVersion.objects.order_by("number").values_list("number", "title", "parts", "areas")
    assert list(versions) == [
        (1, "A day", {"what": " As typed\n", "power": "Who spoke"}, [str(areas[1].pk)]),
        (2, "", {"what": "Then"}, []),
    ]


def test_another_structure_keeps_the_words(world, sign_in):
    reflected(world.enrolment, what="Seen", power="Mine")
    client = sign_in(world.supervisor)
    assert client.post(EDIT, typed(1, "gibbs", what="Seen", so_what="", now_what="", power="Mine")).url == EDIT
    form = client.get(EDIT).context["form"]
    assert shown(form)[0] == [
        f"part_{key}" for key in ("description", "feelings", "evaluation", "analysis", "conclusion", "action")
    ]
    assert shown(form)[2] == ["part_what"]
    assert form.words() == 1  # what is kept aside does not count
    page = client.get(PAGE)
    assert [written.text for written in page.context["aside"]] == ["Seen"]
    assert "Kept from another structure" in page.content.decode()
    # What the page does not send stays as it is.
    client.post(EDIT, typed(2, "gibbs", description="New"))
    assert Reflection.objects.get().parts == {"what": "Seen", "power": "Mine", "description": "New"}
    client.post(EDIT, typed(3, "what"))
    assert [row.written.text for row in client.get(PAGE).context["rows"]][:2] == ["Seen", ""]


def test_notes_are_put_into_a_part_and_know_it(world, sign_in):
    first, second = (NoteFactory(enrolment=world.enrolment, text=text) for text in ("Note one", "Note two"))
    waits = NoteFactory(enrolment=world.enrolment, text="Waits")
    client = sign_in(world.supervisor)
    put = {f"put_{first.pk}": "what", f"put_{second.pk}": "what", f"put_{waits.pk}": ""}
    for _ in range(2):  # a second press puts nothing in twice
        assert client.post(EDIT, typed(what="Before\n") | put).url == f"{EDIT}#div_id_part_what"
    row = Reflection.objects.get()
    assert (row.parts, row.revision) == ({"what": "Before\n\nNote one\n\nNote two"}, 1)
    assert set(Note.objects.exclude(used_at=None)) == {first, second}
    form = client.get(EDIT).context["form"]
    assert form.notes == [waits, first, second]
    assert client.get(reverse("portfolio:notebook"), follow=True).content.decode().count("In your reflection") == 2
    client.post(EDIT, typed(1, power="") | {f"put_{waits.pk}": "power"})
    assert Reflection.objects.get().parts["power"] == "Waits"


def test_a_button_shows_the_parts_of_another_structure_and_saves_nothing(world, sign_in):
    reflected(world.enrolment, what="Seen", so_what="", power="Mine")
    note = NoteFactory(enrolment=world.enrolment)
    client = sign_in(world.supervisor)
    body = client.get(EDIT).content.decode()
    button = 'name="show_parts" value="1" formaction="#parts">Show its parts<'
    assert (body.count(button), body.count('<div id="parts"')) == (1, 1)
    # Enter in a line presses the first button of the form: that one saves.
    assert body.index(' hidden tabindex="-1" aria-hidden="true">Save<') < body.index(button)
    sent = typed(1, "gibbs", what="Seen and typed", so_what="More", now_what="", power="Yours", theory="A book")
    sent |= {"title": "x" * 201, f"put_{note.pk}": "power", "draft_revision": 0}
    answer = client.post(EDIT, sent | {"show_parts": "1"})
    form = answer.context["form"]
    assert (answer.status_code, form.errors) == (200, {})
    assert [len(fields) for fields in shown(form)] == [6, 4, 2]
    assert {field.name: field.value() for field in (*form.always(), *form.aside())} == {
        "part_power": "Yours",
        "part_impact": "",
        "part_theory": "A book",
        "part_change": "",
        "part_what": "Seen and typed",
        "part_so_what": "More",
    }
    assert (form["title"].value(), form["structure"].value(), form["revision"].value()) == ("x" * 201, "gibbs", "1")
    assert [row["field"].value() for row in form.note_rows()] == ["power"]
    row = Reflection.objects.get()
    assert (row.revision, row.structure, row.parts) == (1, "what", {"what": "Seen", "power": "Mine"})
    # Back again with what was typed into the new boxes, then saved.
    again = typed(1, "what", description="New", what="Seen and typed", so_what="More", power="Yours", theory="A book")
    form = client.post(EDIT, again | {"show_parts": "1"}).context["form"]
    assert shown(form)[2] == ["part_description"]
    assert client.post(EDIT, again).status_code == 302
    assert Reflection.objects.get().parts == {
        "what": "Seen and typed", "so_what": "More", "description": "New", "power": "Yours", "theory": "A book",
    }  # fmt: skip


def test_before_it_is_begun_a_button_shows_the_parts_too(world, sign_in):
    answer = sign_in(world.supervisor).post(EDIT, typed(0, "kolb", what="Typed") | {"show_parts": "1"})
    always = ["part_power", "part_impact", "part_theory", "part_change"]
    kolb = ["part_experience", "part_reflection", "part_concept", "part_experiment"]
    assert shown(answer.context["form"]) == [kolb, always, ["part_what"]]
    assert not Reflection.objects.exists()


def test_a_note_is_put_in_by_its_own_button_and_one_is_led_to_its_place(world, sign_in):
    first, second, waits = (NoteFactory(enrolment=world.enrolment, text=text) for text in ("One", "Two", "Waits"))
    client = sign_in(world.supervisor)
    body = client.get(EDIT).content.decode()
    assert [body.count(f'name="put_in" value="{note.pk}"') for note in (first, second, waits)] == [1, 1, 1]
    chosen = {f"put_{first.pk}": "power", f"put_{second.pk}": "what", f"put_{waits.pk}": ""}
    nowhere = client.post(EDIT, typed(what="Typed") | chosen | {"put_in": str(waits.pk)})
    assert nowhere.context["form"].errors == {f"put_{waits.pk}": ["Choose where to put it"]}
    assert not Reflection.objects.exists()
    for _ in range(2):  # a second press puts nothing in twice
        answer = client.post(EDIT, typed(what="Typed", power="") | chosen | {"put_in": str(first.pk)})
        assert answer.url == f"{EDIT}#div_id_part_power"
    assert 'id="div_id_part_power"' in client.get(EDIT).content.decode()
    row = Reflection.objects.get()
    assert (row.parts, row.revision) == ({"what": "Typed\n\nTwo", "power": "One"}, 1)
    assert set(Note.objects.exclude(used_at=None)) == {first, second}
    for pressed in ("", "nonsense", str(uuid.uuid4())):  # no note of one's own: a save like any other
        assert client.post(EDIT, typed(Reflection.objects.get().revision) | {"put_in": pressed}).url == PAGE


def test_somebody_elses_note_is_not_put_in(world, sign_in):
    foreign = NoteFactory(enrolment=world.other.enrolment, text="CANARY")
    other_text = NoteFactory(enrolment=world.enrolment, belongs_to=Note.For.PLAN, text="CANARY")
    put = {f"put_{note.pk}": "what" for note in (foreign, other_text)}
    sign_in(world.supervisor).post(EDIT, typed(what="Mine") | put)
    assert Reflection.objects.get().parts == {"what": "Mine"}
    assert not Note.objects.exclude(used_at=None).exists()


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({"structure": "nonsense"}, "structure", "Choose one of the structures"),
        ({"title": "x" * 201}, "title", "The name must be 200 characters or shorter; it has 201 now"),
        ({"areas": [str(uuid.uuid4())]}, "areas", "Choose among the areas of your standard"),
        ({"part_what": " ", "done": ""}, "__all__", "Write something first, then say that it is done"),
    ],
)
def test_what_cannot_be_is_refused_in_words(world, sign_in, sent, field, message):
    answer = sign_in(world.supervisor).post(EDIT, typed(so_what="") | sent)
    assert answer.context["form"].errors[field] == [message]
    assert not Reflection.objects.exists()


def test_another_window_sees_both_texts(world, sign_in):
    client = sign_in(world.supervisor)
    for _ in range(2):
        assert client.post(EDIT, typed(what="In the first window")).status_code == 302
    answer = client.post(EDIT, typed(what="In the second window"))
    body = answer.content.decode()
    assert (answer.status_code, Reflection.objects.get().revision) == (409, 1)
    assert "In the <mark>first</mark> window" in body
    assert "In the <mark>second</mark> window" in body
    assert client.post(EDIT, dict(answer.context["form"].data.lists())).status_code == 302
    assert Reflection.objects.get().parts == {"what": "In the second window"}
    assert ReflectionVersion.objects.count() == 2


def test_what_is_being_typed_is_kept_and_comes_back(world, sign_in):
    client = sign_in(world.supervisor)
    keep = reverse("accounts:draft", args=["reflection", world.enrolment.pk])
    payload = {"revision": ["0"], "structure": ["gibbs"], "part_feelings": ["Half a"], "part_what": ["Earlier words"]}
    sent = {"payload": payload, "revision": 0, "based_on": 0, "page": EDIT, "author": str(world.supervisor.pk)}
    revision = client.post(keep, json.dumps(sent), content_type="application/json").json()["revision"]
    page = client.get(EDIT)
    form = page.context["form"]
    assert (form["part_feelings"].value(), shown(form)[2]) == ("Half a", ["part_what"])
    assert "You have unsaved changes" in page.content.decode()
    unseen = client.post(EDIT, typed(0, "gibbs", feelings="Other words"))
    assert (unseen.status_code, Reflection.objects.exists()) == (409, False)
    client.post(EDIT, typed(0, "gibbs", feelings="Half a thought") | {"draft_revision": revision})
    assert Reflection.objects.get().parts == {"feelings": "Half a thought"}
    assert not WorkingCopy.objects.exists()


def test_nobody_else_keeps_a_draft_there(world, sign_in):
    keep = reverse("accounts:draft", args=["reflection", world.enrolment.pk])
    for person in OTHERS:
        assert sign_in(getattr(world, person)).post(keep, {"part_what": "x"}).status_code == 404


def test_done_until_one_goes_on_writing(world, sign_in):
    client = sign_in(world.supervisor)
    client.post(EDIT, typed(what="Whole") | {"done": ""})
    row = Reflection.objects.get()
    assert (row.status, row.done_by) == ("done", world.supervisor)
    assert client.get(EDIT).url == PAGE
    refused = client.post(EDIT, typed(1, what="More"))
    assert refused.context["form"].errors == {"__all__": ["It is done. Go on writing first, then change it"]}
    reflection_opened(row, in_portfolio=True)
    for _ in range(2):
        assert client.post(REOPEN).url == EDIT
    row.refresh_from_db()
    assert (row.status, row.done_at, row.portfolio_version, row.shared_with) == ("draft", None, None, world.mentor)


def test_opening_to_the_mentor_and_into_the_portfolio(world, sign_in):
    row = reflected(world.enrolment, what="Shown", free="KEPT ASIDE")
    client = sign_in(world.supervisor)
    unticked = client.post(SHARE, {"revision": 1, "readers": ["mentor"]})
    assert list(unticked.context["form"].errors) == ["nobody_recognisable"]
    early = client.post(SHARE, {"revision": 1, **OPENED, "readers": ["portfolio"]})
    assert early.context["form"].errors["__all__"] == ["Say that it is done before it goes into your portfolio"]
    opening = OPENED | {"revision": 1, "shown": world.mentor.pk}
    assert client.post(SHARE, opening).url == PAGE
    row.refresh_from_db()
    assert (row.shared_with, row.shared_version.number, row.shared_version.parts) == (
        world.mentor,
        2,
        {"what": "Shown"},
    )
    client.post(EDIT, typed(2, what="Written after"))
    page = client.get(PAGE)
    assert page.context["changed_since_shared"]
    assert [version.number for version in page.context["versions"]] == [3, 2, 1]


def test_identifying_words_are_looked_at_first(world, sign_in):
    reflected(world.enrolment, what="Her number is 943 476 5919.")
    client = sign_in(world.supervisor)
    answer = client.post(SHARE, {"revision": 1, **OPENED})
    assert (answer.status_code, Reflection.objects.get().audience) == (200, "only_me")
    assert "943 476 5919" in answer.content.decode()


def test_versions_are_seen_compared_and_brought_back(world, sign_in, areas):
    row = reflected(world.enrolment, what="The first words", title="Once", areas=areas[:1])
    row = reflected(world.enrolment, revision=1, structure="free", what="Later", free="Kept")
    client = sign_in(world.supervisor)
    assert "The first words" in client.get(version_url(1)).content.decode()
    pairs = client.get(version_url(1, "changes")).context["differences"]
    assert [pair.label for pair in pairs] == ["Name", "Your text", "What happened?", "Areas"]
    assert client.get(version_url(1, "changes"), {"with": "1"}).context["differences"] == []
    stale = client.post(version_url(1, "bring_back"), {"revision": 1})
    assert (stale.url, Reflection.objects.get().revision) == (version_url(1), 2)
    assert client.post(version_url(1, "bring_back"), {"revision": 2}).url == PAGE
    row.refresh_from_db()
    assert (row.title, row.structure, row.parts, row.revision) == (
        "Once", "what", {"what": "The first words", "free": "Kept"}, 3,
    )  # fmt: skip
    assert list(row.areas.all()) == areas[:1]
    assert client.get(version_url(9)).status_code == 404


@pytest.mark.parametrize("person", OTHERS)
def test_nobody_else_has_any_of_it(world, sign_in, person):
    reflected(world.enrolment, what="CANARY")
    client = sign_in(getattr(world, person))
    for address in (PAGE, EDIT, SHARE, version_url(1), version_url(1, "changes")):
        assert client.get(address).status_code == 404
    for address in (EDIT, SHARE, REOPEN, version_url(1, "bring_back")):
        assert client.post(address, typed(1, what="Theirs")).status_code == 404
    assert Reflection.objects.get().revision == 1


def test_the_step_of_the_year_is_done_with_it(world):
    MilestoneFactory(programme=world.cohort.programme, kind="critical_reflection", waiting_on="supervisor")
    (entry,) = entries(Enrolment.objects.filter(pk=world.enrolment.pk), world.enrolment.starts_on)
    assert (entry.url, entry.done_on) == (PAGE, None)
    row = reflected(world.enrolment, finish=True)
    (entry,) = entries(Enrolment.objects.filter(pk=world.enrolment.pk), world.enrolment.starts_on)
    assert (entry.done_on, entry.remind_from) == (row.done_at.date(), None)


def test_the_document_has_what_was_put_into_the_portfolio(world, areas):
    def section():
        enrolment = Enrolment.objects.with_people().get(pk=world.enrolment.pk)
        return build_document(enrolment, made_by=world.supervisor, made_at=row.done_at).reflection

    row = reflected(world.enrolment, what=TWO, free="ASIDE", title="Once", areas=areas[:1], finish=True)
    reflection_opened(row)
    assert section() is None
    reflection_opened(row, in_portfolio=True)
    Reflection.objects.update(parts={"what": "LATER"})
    found = section()
    assert (found.title, found.parts, found.areas) == ("Once", (("What happened?", TWO),), (areas[0],))


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_much(world, sign_in, areas, django_assert_num_queries, count):
    for number in range(count):
        NoteFactory(enrolment=world.enrolment)
        reflected(world.enrolment, revision=number, what="\n\n".join(["Words"] * count), areas=areas[:count])
    reflection_opened(Reflection.objects.get())
    client = sign_in(world.supervisor)
    client.get("/account/")
    with django_assert_num_queries(14):
        client.get(PAGE)
    with django_assert_num_queries(14):
        client.get(EDIT)
    with django_assert_num_queries(12):
        client.get(SHARE)
    with django_assert_num_queries(9):
        client.get(version_url(1))
    with django_assert_num_queries(11):
        client.get(version_url(1, "changes"))


def test_a_conflict_with_a_text_too_long_to_compare_keeps_it(world, sign_in):
    reflected(world.enrolment)
    long = "Too long to compare. " * 55_000
    sent = {"revision": 0, "structure": "what", "part_what": long}
    response = sign_in(world.supervisor).post(reverse("portfolio:reflection_edit"), sent)
    assert response.status_code == 409
    assert "yours are too long to compare" in response.content.decode()
    assert response.context["form"]["part_what"].value() == long


def test_what_was_saved_elsewhere_is_told_where_no_draft_can_be_kept(world, sign_in, monkeypatch):
    reflected(world.enrolment, what="Saved there", power="The same")
    monkeypatch.setattr(keeps_draft, "place_for", lambda *asked: None)
    response = sign_in(world.supervisor).post(EDIT, typed(what="Typed here", power="The same", theory="More"))
    form = response.context["form"]
    assert (response.status_code, form["part_what"].value()) == (409, "Typed here")
    told = ["What happened?: Saved there", "Evidence and theory: nothing"]
    assert list(form.non_field_errors()) == [keeps_draft.ALSO_SAVED, *told]
