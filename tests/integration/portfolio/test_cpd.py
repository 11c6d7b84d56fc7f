"""Records for a regulator: written from a piece or from nothing, copied, counted, and read by nobody else."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Membership, WorkingCopy
from portfolio.models import CpdRecord, Evidence, Objective, Reflection
from portfolio.queries.cpd import year_tally
from portfolio.services.plan import close_objective
from sessions_catalogue.services.workspace import save_entry
from tests.both_texts import differing
from tests.factories.accounts import MembershipFactory
from tests.factories.observations import reflected
from tests.factories.portfolio import EvidenceFactory, planned, shared
from tests.factories.reflection import reflected as written
from tests.factories.sessions_catalogue import BlockItemFactory, ProgrammeSessionFactory, held

LIST, NEW = reverse("portfolio:cpd_list"), reverse("portfolio:cpd_new")
EVERYBODY_ELSE = ("mentor", "line_manager", "ld_lead", "admin", "senior_leader", "panel_member", "outsider")
TODAY = timezone.localdate


def page(name, record):
    return reverse(f"portfolio:{name}", args=[record.pk])


@pytest.fixture
def swe(world):
    Membership.objects.filter(user=world.supervisor).update(registration_body="swe")


@pytest.fixture
def filled():
    """What the form sends; without ``peer`` the person has not talked to anybody."""

    def build(*, on=None, peer=False, **changes):
        on = on or TODAY()
        sent = {"id": str(uuid.uuid4()), "title": "Silence in supervision", "activity": "work_based"}
        sent |= {"what_and_why": "I waited.", "learnt": "That waiting works.", "impact": "She spoke."}
        sent |= {"happened_on_day": on.day, "happened_on_month": on.month, "happened_on_year": on.year}
        talked = {"peer_learnt": "That I am not alone with it."} if peer else {"peer_learnt": ""}
        return sent | talked | changes

    return build


@pytest.fixture
def record(world):
    return CpdRecord.objects.create(
        organisation=world.organisation,
        enrolment=world.enrolment,
        title="CANARYTITLE",
        what_and_why="CANARYWHAT",
        learnt="One\nTwo",
        activity="reading",
        with_peer=True,
        peer_learnt="CANARYPEER",
    )


def test_a_record_from_nothing_with_the_regulators_questions(world, swe, sign_in, filled):
    client = sign_in(world.supervisor)
    sent = filled(peer=True)
    answer = client.post(NEW, sent)
    record = CpdRecord.objects.get()
    assert (answer.url, str(record.pk)) == (record.get_absolute_url(), sent["id"])
    said = (record.title, record.activity, record.what_and_why, record.learnt, record.impact, record.peer_learnt)
    assert said == tuple(
        sent[name] for name in ("title", "activity", "what_and_why", "learnt", "impact", "peer_learnt")
    )
    assert (record.with_peer, record.happened_on, record.made_from) == (True, TODAY(), "nothing")
    shown = client.get(record.get_absolute_url())
    assert [row.asked for row in shown.context["answers"]] == [
        "What kind of activity was it?",
        "What did you do, and why does it matter for your work?",
        "When was it?",
        "What did you learn?",
        "What difference has it made: to your role, your practice and the people you work with?",
        "What did you learn from talking it over with a peer?",
    ]
    assert [event.verb for event in AuditEvent.objects.all()] == ["wrote a CPD record"]


@pytest.mark.parametrize("body", ["hcpc", "nmc", "none", ""])
def test_other_bodies_get_the_record_without_the_regulators_questions(world, sign_in, filled, body):
    Membership.objects.filter(user=world.supervisor).update(registration_body=body)
    client = sign_in(world.supervisor)
    form = client.get(NEW, follow=True).context["form"]
    assert [name for name in form.fields if name not in ("id", "revision")] == [
        "title",
        "what_and_why",
        "happened_on",
        "learnt",
        "impact",
    ]
    client.post(NEW, filled(peer=True))
    record = CpdRecord.objects.get()
    assert (record.activity, record.with_peer, record.peer_learnt) == ("", False, "")
    assert "Social Work England asks" not in client.get(LIST).content.decode()
    assert [row.asked for row in client.get(record.get_absolute_url()).context["answers"]] == [
        "What did you do?",
        "When was it?",
        "What did you learn?",
        "What difference has it made?",
    ]


def test_what_the_regulator_asked_stays_when_the_body_changes(world, record, sign_in, filled):
    sign_in(world.supervisor).post(page("cpd_edit", record), filled(revision=1, title="New"))
    record.refresh_from_db()
    assert (record.title, record.activity, record.peer_learnt) == ("New", "reading", "CANARYPEER")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"activity": "sleeping"}, "activity"),
        ({"happened_on_year": str(TODAY().year + 1)}, "happened_on"),
        ({"peer_on_day": "31", "peer_on_month": "2", "peer_on_year": "2026"}, "peer_on"),
    ],
)
def test_what_cannot_be_saved_comes_back(world, swe, sign_in, filled, changes, field):
    answer = sign_in(world.supervisor).post(NEW, filled() | changes)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert "That waiting works." in answer.content.decode()
    assert not CpdRecord.objects.exists()


def test_a_piece_of_evidence_lends_its_words_and_stays(world, swe, sign_in, filled):
    piece = EvidenceFactory(
        enrolment=world.enrolment, title="Team day", body="We avoided it.", kind=Evidence.Kind.SESSION
    )
    client = sign_in(world.supervisor)
    address = f"{NEW}?from=evidence:{piece.pk}"
    form = client.get(address, follow=True).context["form"]
    begun = [form[name].value() for name in ("title", "activity", "what_and_why", "happened_on", "learnt")]
    assert begun == ["Team day", "formal", "We avoided it.", piece.happened_on, ""]
    client.post(address, filled(what_and_why="Other words"))
    record = CpdRecord.objects.get()
    assert (record.made_from, record.made_from_id, record.what_and_why) == ("evidence", piece.pk, "Other words")
    piece.refresh_from_db()
    assert (piece.body, piece.version) == ("We avoided it.", 1)
    assert "You made" in client.get(address, follow=True).content.decode()


def test_a_reflection_and_an_observation_lend_theirs(world, swe, sign_in):
    parts = {"what": "It happened.", "so_what": "It matters.", "power": "I held it.", "now_what": "I will wait."}
    reflection = Reflection.objects.create(organisation=world.organisation, enrolment=world.enrolment, parts=parts)
    client = sign_in(world.supervisor)
    form = client.get(f"{NEW}?from=reflection:{reflection.pk}", follow=True).context["form"]
    begun = [form[name].value() for name in ("what_and_why", "learnt", "impact")]
    assert begun == ["It happened.", "It matters.\n\nI held it.", "I will wait."]
    observation = reflected(world.enrolment, reflection="I rush.")
    form = client.get(f"{NEW}?from=observation:{observation.pk}", follow=True).context["form"]
    assert (form["what_and_why"].value(), form["learnt"].value()) == ("", "I rush.")
    assert form["happened_on"].value() == observation.observed_on


def begun(client, named):
    form = client.get(f"{NEW}?from={named}", follow=True).context["form"]
    return [form[name].value() for name in ("title", "activity", "happened_on", "what_and_why", "learnt", "impact")]


def test_an_objective_of_the_plan_lends_its_words(world, swe, sign_in, filled):
    need = "To wait.\n\n" + "And wait. " * 30
    row = planned(world.enrolment, need=need, why="I rush.", activity="Count to ten.")
    row = close_objective(
        objective=row, revision=row.revision, is_met=True, how_it_went="Better.", evidence=[], by=world.supervisor
    )
    client = sign_in(world.supervisor)
    title, *others = begun(client, f"objective:{row.pk}")
    assert (title[:18], len(title)) == ("To wait. And wait.", 200)
    assert others == ["work_based", TODAY(), f"{need}\n\nI rush.\n\nCount to ten.", "Better.", ""]
    client.post(f"{NEW}?from=objective:{row.pk}", filled())
    record = CpdRecord.objects.get()
    assert (record.made_from, record.made_from_id) == ("objective", row.pk)


def test_a_session_lends_what_one_noted_around_it(world, swe, sign_in):
    session = ProgrammeSessionFactory(number=4, title="Ethics")
    item = BlockItemFactory(block__session=session)
    own = held(world.cohort, days_ago=20, session=session)
    for place, text in ((item, "I noticed."), (None, "It worked.")):
        save_entry(
            enrolment=world.enrolment, session=session, item=place, text=text, ticked_on=None, revision=0,
            by=world.supervisor,
        )  # fmt: skip
    assert begun(sign_in(world.supervisor), f"session:{session.pk}") == [
        "Session 4: Ethics", "formal", own.held_on, "", "I noticed.", "It worked.",
    ]  # fmt: skip


def test_each_of_them_leads_to_a_record(world, sign_in):
    """The link stands on the page of the piece, and opens."""
    session = ProgrammeSessionFactory(number=4)
    pages = {
        f"evidence:{(piece := EvidenceFactory(enrolment=world.enrolment)).pk}": piece.get_absolute_url(),
        f"reflection:{written(world.enrolment).pk}": reverse("portfolio:reflection"),
        f"observation:{(seen := reflected(world.enrolment)).pk}": seen.get_absolute_url(),
        f"objective:{(row := planned(world.enrolment)).pk}": row.get_absolute_url(),
        f"session:{session.pk}": reverse("sessions_catalogue:workspace", args=[session.number]),
    }
    client = sign_in(world.supervisor)
    for named, address in pages.items():
        link = f"{NEW}?from={named}"
        assert f'href="{link}"' in client.get(address).content.decode(), named
        assert client.get(link, follow=True).status_code == 200


def test_nobody_elses_piece_lends_anything(world, sign_in):
    theirs = shared(world.other.enrolment, body="CANARY")
    observation = reflected(world.other.enrolment)
    objective, away = planned(world.other.enrolment), planned(world.enrolment)
    Objective.objects.filter(pk=away.pk).update(discarded_at=timezone.now())
    foreign = ProgrammeSessionFactory(number=9, series="theirs", organisation=world.other.organisation)
    MembershipFactory(user=world.supervisor, organisation=world.other.organisation)  # reads it, and works elsewhere
    reflection = written(world.other.enrolment)
    mine = EvidenceFactory(enrolment=world.enrolment, discarded_at=timezone.now())
    client = sign_in(world.supervisor)
    for named in (
        f"evidence:{theirs.pk}", f"observation:{observation.pk}", f"evidence:{mine.pk}", "evidence:x", "x",
        f"objective:{objective.pk}", f"objective:{away.pk}", f"session:{foreign.pk}", f"reflection:{reflection.pk}",
    ):  # fmt: skip
        assert client.get(NEW, {"from": named, "id": uuid.uuid4()}).status_code == 404
    # The mentor reads the piece, and has no year of their own to record it in.
    assert sign_in(world.other.mentor).get(NEW, {"from": f"evidence:{theirs.pk}"}).status_code == 404


def test_what_was_written_is_saved_though_the_piece_has_gone(world, sign_in, filled):
    piece = EvidenceFactory(enrolment=world.enrolment, discarded_at=timezone.now())
    sign_in(world.supervisor).post(f"{NEW}?from=evidence:{piece.pk}", filled())
    assert CpdRecord.objects.get().made_from == "nothing"


def test_pressing_twice_makes_one_and_other_words_are_shown_beside(world, sign_in, filled):
    client = sign_in(world.supervisor)
    sent = filled()
    assert [client.post(NEW, sent).status_code, client.post(NEW, sent).status_code] == [302, 302]
    answer = client.post(NEW, sent | {"learnt": "Something else"})
    record = CpdRecord.objects.get()
    assert (answer.status_code, record.learnt) == (409, "That waiting works.")
    assert "Something else" in answer.content.decode()
    assert "That waiting works." in answer.content.decode()


def test_a_stale_change_shows_both_texts_and_may_be_sent_again(world, record, sign_in, filled):
    client = sign_in(world.supervisor)
    edit = page("cpd_edit", record)
    client.post(edit, filled(revision=1, learnt="First window"))
    answer = client.post(edit, filled(revision=1, learnt="Second window"))
    assert answer.status_code == 409
    assert differing(answer) == {"What did you learn?": ("[First] window", "[Second] window")}
    record.refresh_from_db()
    assert (record.learnt, record.revision) == ("First window", 2)
    assert client.post(edit, dict(answer.context["fields"])).status_code == 302
    record.refresh_from_db()
    assert (record.learnt, record.revision) == ("Second window", 3)


def test_what_is_typed_is_kept_until_it_is_saved(world, record, sign_in, filled):
    client = sign_in(world.supervisor)
    sent = filled(revision=1, learnt="Half a tho")
    draft = reverse("accounts:draft", args=["cpd", record.pk])
    client.post(draft, sent | {"draft_revision": 0, "draft_based_on": 1})
    edit = page("cpd_edit", record)
    form = client.get(edit).context["form"]
    assert (form["learnt"].value(), form.draft.version) == ("Half a tho", 1)
    assert client.post(edit, sent | {"draft_revision": form.draft.revision}).status_code == 302
    assert not WorkingCopy.objects.exists()


def test_the_registration_year_runs_from_december_to_november(world, record):
    CpdRecord.objects.all().delete()
    said = {"activity": "reading", "what_and_why": "I read.", "learnt": "Much.", "impact": "Some."}
    for on, peer, submitted in (
        (dt.date(2025, 11, 30), True, True),
        (dt.date(2025, 12, 1), False, True),
        (dt.date(2026, 11, 30), False, False),
        (dt.date(2026, 12, 1), True, False),
    ):
        CpdRecord.objects.create(
            organisation=world.organisation, enrolment=world.enrolment, title="T", happened_on=on, with_peer=peer,
            submitted_on=on if submitted else None, peer_learnt="To ask." if peer else "", **said,
        )  # fmt: skip
    tally = year_tally(world.supervisor, world.organisation.pk, dt.date(2026, 3, 1))
    assert (tally.recorded, tally.with_peer, tally.submitted, tally.is_enough) == (2, 0, 1, False)
    assert tally.words == "2 recorded this year, none discussed with a peer yet"
    assert (tally.starts_on, tally.ends_on) == (dt.date(2025, 12, 1), dt.date(2026, 11, 30))
    before = year_tally(world.supervisor, world.organisation.pk, dt.date(2025, 11, 30))
    assert before.words == "1 of 2 recorded this year, 1 discussed with a peer"


@pytest.mark.parametrize(
    "changes", [{"activity": ""}, {"learnt": " \n"}, {"impact": ""}, {"what_and_why": ""}, {"peer_learnt": " "}]
)
def test_an_unfinished_record_neither_counts_nor_is_submitted(world, record, swe, sign_in, changes):
    client = sign_in(world.supervisor)
    CpdRecord.objects.update(impact="She spoke.")

    def counted():
        tally = year_tally(world.supervisor, world.organisation.pk, TODAY())
        return tally.recorded, tally.with_peer, tally.submitted, tally.begun

    def shown():
        found = client.get(record.get_absolute_url())
        body = found.content.decode()
        return (
            [row.field for row in found.context["left"]],
            "Answer what is left" in body,
            "put it on their site" in body,
        )

    assert (counted(), shown()) == ((1, 1, 0, 0), ([], False, True))
    CpdRecord.objects.update(**changes)
    assert (counted(), shown()) == ((0, 0, 0, 1), (list(changes), True, False))
    assert (
        "1 record has questions left to answer, and counts once all are answered" in client.get(LIST).content.decode()
    )
    answer = client.post(page("cpd_submitted", record), follow=True)
    asked = answer.context["left"][0].asked
    assert [str(said) for said in answer.context["messages"]] == [f"Answer what is left first: “{asked}”"]
    record.refresh_from_db()
    assert record.submitted_on is None
    assert asked not in client.get(page("cpd_file", record)).content.decode()


def test_other_bodies_ask_less_before_it_is_whole(world, record, sign_in):
    CpdRecord.objects.update(impact="She spoke.", activity="", peer_learnt="")
    client = sign_in(world.supervisor)
    assert client.get(record.get_absolute_url()).context["left"] == []
    client.post(page("cpd_submitted", record))
    record.refresh_from_db()
    assert record.submitted_on == TODAY()


def test_only_the_person_says_that_it_is_submitted(world, record, sign_in):
    CpdRecord.objects.update(impact="She spoke.")
    client = sign_in(world.supervisor)
    client.post(page("cpd_submitted", record))
    record.refresh_from_db()
    assert record.submitted_on == TODAY()
    client.post(page("cpd_submitted", record), {"not_yet": "1"})
    record.refresh_from_db()
    assert record.submitted_on is None


def test_put_away_and_brought_back(world, record, swe, sign_in):
    client = sign_in(world.supervisor)
    assert client.post(page("cpd_put_away", record)).url == LIST
    assert list(client.get(LIST).context["page"]) == []
    assert list(client.get(LIST, {"show": "put_away"}).context["page"]) == [record]
    assert client.get(page("cpd_edit", record)).status_code == 404
    assert client.get(record.get_absolute_url()).status_code == 200
    client.post(page("cpd_bring_back", record))
    assert list(client.get(LIST).context["page"]) == [record]


def test_the_file_says_what_the_page_says(world, record, swe, sign_in):
    answer = sign_in(world.supervisor).get(page("cpd_file", record))
    on = f"{record.happened_on.day} {record.happened_on:%B %Y}"
    assert answer.content.decode() == (
        "CANARYTITLE\n\nWhat kind of activity was it?\nReading or research\n\n"
        "What did you do, and why does it matter for your work?\nCANARYWHAT\n\n"
        f"When was it?\n{on}\n\nWhat did you learn?\nOne\nTwo\n\n"
        "What did you learn from talking it over with a peer?\nCANARYPEER\n"
    )
    assert answer["Content-Disposition"] == f'attachment; filename="cpd-{record.happened_on:%Y-%m-%d}.txt"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("person", EVERYBODY_ELSE)
def test_nobody_else_reads_it_or_learns_of_it(world, record, sign_in, person):
    client = sign_in(getattr(world, person))
    for name in ("cpd_record", "cpd_edit", "cpd_file", "peer_invite"):
        assert client.get(page(name, record)).status_code == 404
    for name in ("cpd_edit", "cpd_submitted", "cpd_put_away", "cpd_bring_back", "peer_invite"):
        assert client.post(page(name, record), {"title": "x"}).status_code == 404
    for path in ("/", f"/people/{world.enrolment.pk}/", f"/people/{world.enrolment.pk}/evidence/", LIST):
        assert "CANARY" not in client.get(path).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_it_holds(world, record, swe, sign_in, count, django_assert_num_queries):
    for _ in range(count - 1):
        CpdRecord.objects.create(organisation=world.organisation, enrolment=world.enrolment, title="T")
    client = sign_in(world.supervisor)
    client.get(LIST)
    with django_assert_num_queries(10):
        client.get(LIST)
