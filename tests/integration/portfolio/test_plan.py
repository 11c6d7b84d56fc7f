"""The writer's development plan: objectives from need to end, what feeds it, its versions."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import WorkingCopy
from accounts.services.working_copies import save_copy
from portfolio.models import Note, Objective, ObjectiveReview, Plan, PlanVersion
from portfolio.queries.plan import views_of
from portfolio.services.plan import close_objective, put_objective_away
from pqs_portal.templatetags.portal import long_date, short_date
from tests.both_texts import differing
from tests.factories.observations import released
from tests.factories.pathway import MilestoneFactory
from tests.factories.portfolio import ActionFactory, EvidenceFactory, NoteFactory, assessed, planned, shared

PLAN = reverse("portfolio:plan")
OFFERS = reverse("portfolio:plan_offers")
NEW = reverse("portfolio:objective_new")


def url(objective, page=""):
    return reverse(f"portfolio:objective{page}", args=[objective.pk])


@pytest.fixture
def typed(areas):
    def build(**changes):
        fields = {"id": str(uuid.uuid4()), "need": " As typed\n", "period": "second", "areas": [areas[1].pk]}
        return fields | changes

    return build


def test_an_empty_plan_says_how_to_begin(world, sign_in, areas):
    page = sign_in(world.supervisor).get(PLAN)
    assert (page.context["periods"], page.context["plan"]) == ([], None)
    assert "No objective yet" in page.content.decode()
    assert not Plan.objects.exists()


def test_a_new_objective_is_kept_as_typed(world, sign_in, areas, typed):
    client = sign_in(world.supervisor)
    sent = typed(
        why="Why", activity="What", support="Who", success="How", source="appraisal",
        target_on_day="3", target_on_month="2", target_on_year="2027",
    )  # fmt: skip
    row_url = client.post(NEW, sent).url
    row = Objective.objects.get()
    assert row_url == url(row)
    assert (row.need, row.period, row.why, row.activity, row.support, row.success) == (
        " As typed\n", "second", "Why", "What", "Who", "How",
    )  # fmt: skip
    assert (row.source, row.source_id, row.target_on, row.status) == (
        "appraisal", None, dt.date(2027, 2, 3), "not_started",
    )  # fmt: skip
    assert list(row.areas.all()) == [areas[1]]
    assert [(one.number, one.objectives[0]["need"]) for one in PlanVersion.objects.all()] == [(1, " As typed\n")]
    assert row.plan.audience == "only_me"
    page = client.get(PLAN)
    assert [(period, [one.id for one in rows]) for period, rows in page.context["periods"]] == [
        ("Second half of the year", [row.pk]),
    ]  # fmt: skip
    assert client.get(row_url).context["one"].source_words == "my appraisal"


def test_the_same_form_makes_one_and_another_text_meets_the_first(world, sign_in, typed):
    client, sent = sign_in(world.supervisor), typed()
    for _ in range(2):
        assert client.post(NEW, sent).status_code == 302
    answer = client.post(NEW, sent | {"need": "Other words"})
    body = answer.content.decode()
    assert (answer.status_code, Objective.objects.get().need) == (409, " As typed\n")
    assert "Other words" in body
    client.post(url(Objective.objects.get(), "_edit"), dict(answer.context["fields"]) | {"areas": sent["areas"]})
    assert Objective.objects.get().need == "Other words"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"need": "  "}, "need"),
        ({"period": "never"}, "period"),
        ({"areas": ["x"]}, "areas"),
        ({"target_on_day": "31", "target_on_month": "2", "target_on_year": "2027"}, "target_on"),
        ({"source": "dream"}, "source"),
    ],
)
def test_what_cannot_be_is_refused_in_words(world, sign_in, typed, said, field):
    answer = sign_in(world.supervisor).post(NEW, typed(**said))
    assert list(answer.context["form"].errors) == [field]
    assert not Objective.objects.exists()


def test_the_address_says_what_it_begins_with(world, sign_in, areas):
    client = sign_in(world.supervisor)
    form = client.get(f"{NEW}?area={areas[2].pk}&period=after", follow=True).context["form"]
    assert (form["areas"].value(), form["period"].value(), form["source"].value()) == (
        [str(areas[2].pk)], "after", "other",
    )  # fmt: skip
    assert client.get(f"{NEW}?area=nonsense", follow=True).context["form"]["areas"].value() == []
    assert client.get(f"{NEW}?from=note:{uuid.uuid4()}", follow=True).status_code == 404


def test_everything_that_feeds_it_is_offered_once(world, sign_in, areas, typed):
    mine = world.enrolment
    note = NoteFactory(enrolment=mine, belongs_to=Note.For.PLAN, text="KEPT", area=areas[0])
    NoteFactory(enrolment=mine, belongs_to=Note.For.REFLECTION, text="FOR ANOTHER TEXT")
    action = ActionFactory(enrolment=mine, text="TO DO", due_on=timezone.localdate())
    ActionFactory(enrolment=mine, text="DONE", done_on=timezone.localdate())
    seen = released(mine, development_points="POINTS")
    levels = assessed(mine, {areas[0]: 1, areas[1]: 5, areas[2]: 2})
    EvidenceFactory(enrolment=mine, areas={areas[0]: "", areas[1]: "", areas[2]: ""})
    MilestoneFactory(programme=world.cohort.programme, kind="interim_review", due_month=0)  # gaps may be named
    client = sign_in(world.supervisor)
    offered = client.get(OFFERS).context["offers"]
    assert [offer.text for offer in offered] == [
        "KEPT", "POINTS", f"{areas[0].title}: New to me", f"{areas[2].title}: Developing", "TO DO", areas[3].title,
    ]  # fmt: skip
    for offer in list(offered):
        form = client.get(offer.url, follow=True).context["form"]
        assert client.post(offer.url, typed(need="Taken up", areas=form["areas"].value())).status_code == 302
    sources = {(row.source, row.source_id) for row in Objective.objects.all()}
    assert sources == {
        ("note", note.pk), ("observation", seen.pk), ("self_assessment", levels.pk), ("action", action.pk),
        ("other", None),
    }  # fmt: skip
    note.refresh_from_db()
    assert note.used_at is not None
    assert client.get(OFFERS).context["offers"] == []
    row = Objective.objects.get(source="observation")
    assert client.get(url(row)).context["source_url"] == seen.get_absolute_url()
    put_objective_away(objective=row, by=world.supervisor)
    assert [offer.text for offer in client.get(OFFERS).context["offers"]] == ["POINTS"]


def test_what_it_begins_with_is_prefilled(world, sign_in, areas):
    client = sign_in(world.supervisor)
    action = ActionFactory(enrolment=world.enrolment, text="TO DO", due_on=timezone.localdate(), area=areas[1])
    levels = assessed(world.enrolment, {areas[0]: 1}, why="BECAUSE")
    piece = shared(world.enrolment, title="TALKED ABOUT", areas={areas[3]: ""})

    def form(start):
        return client.get(f"{NEW}?from={start}", follow=True).context["form"]

    found = form(f"action:{action.pk}")
    assert (found["activity"].value(), found["areas"].value()) == ("TO DO", [str(areas[1].pk)])
    assert found["target_on"].value() == timezone.localdate()
    assert form(f"self_assessment:{levels.pk}&area={areas[0].pk}")["why"].value() == (
        "First self-assessment: New to me\n\nBECAUSE"
    )
    assert form(f"feedback:{piece.pk}")["areas"].value() == [str(areas[3].pk)]
    assert form("appraisal").start.source == "appraisal"


def test_somebody_elses_text_is_no_source(world, sign_in):
    foreign = NoteFactory(enrolment=world.other.enrolment, belongs_to=Note.For.PLAN)
    assert sign_in(world.supervisor).get(f"{NEW}?from=note:{foreign.pk}", follow=True).status_code == 404


def test_a_change_from_two_windows_shows_both(world, sign_in, typed, areas):
    row = planned(world.enrolment, need="First")
    client, address = sign_in(world.supervisor), url(row, "_edit")
    sent = typed(revision=1, need="One window")
    for _ in range(2):
        assert client.post(address, sent).url == url(row)
    answer = client.post(address, sent | {"need": "The other window"})
    assert answer.status_code == 409
    assert differing(answer) == {"What you want to learn": ("[One] window", "[The other] window")}
    client.post(address, dict(answer.context["fields"]) | {"areas": [areas[0].pk]})
    row.refresh_from_db()
    assert (row.need, row.revision, row.plan.revision) == ("The other window", 3, 3)


def test_the_day_behind_the_status_is_that_of_closing_once_it_is_closed(world, sign_in):
    today = timezone.localdate()
    target = today + dt.timedelta(days=90)
    row = planned(world.enrolment, target_on=target)
    client = sign_in(world.supervisor)

    def days():
        bodies = [" ".join(client.get(page).content.decode().split()) for page in (PLAN, url(row))]
        return [re.findall(r'</strong> <span class="pp-quiet">([^<]*)</span>', body)[0] for body in bodies]

    assert days() == [f"to be done by {short_date(target)}", f"to be done by {long_date(target)}"]
    close_objective(
        objective=row, revision=row.revision, is_met=True, how_it_went="Well.", evidence=[], by=world.supervisor
    )
    assert days() == [f"on {short_date(today)}", f"on {long_date(today)}"]
    before = {name: said for name, said in PlanVersion.objects.last().objectives[0].items() if name != "closed_on"}
    assert views_of([before], world.supervisor)[0].day is None  # saved before the day was kept


def test_from_begun_to_met_and_open_again(world, sign_in, areas):
    row = planned(world.enrolment)
    piece = EvidenceFactory(enrolment=world.enrolment)
    foreign = EvidenceFactory(enrolment=world.other.enrolment)
    client = sign_in(world.supervisor)
    for _ in range(2):
        assert client.post(url(row, "_begin")).url == url(row)
    row.refresh_from_db()
    assert row.status == "under_way"
    address, said = url(row, "_close"), {"revision": 1, "outcome": "met", "how_it_went": "It worked"}
    assert client.post(address, said | {"evidence": [foreign.pk]}).context["form"].errors == {
        "evidence": ["Choose among your own pieces"]
    }
    assert list(client.post(address, {"revision": 1}).context["form"].errors) == ["outcome", "how_it_went"]
    for _ in range(2):
        assert client.post(address, said | {"evidence": [piece.pk]}).url == url(row)
    late = client.post(address, said | {"how_it_went": "Other words"})
    assert (late.status_code, differing(late)) == (409, {"How it went": ("[It worked]", "[Other words]")})
    row.refresh_from_db()
    assert (row.status, row.closed_by, row.how_it_went) == ("met", world.supervisor, "It worked")
    assert list(row.evidence.all()) == [piece]
    assert client.get(url(row, "_edit")).url == url(row)
    assert client.get(address).url == url(row)
    assert "It is closed" in str(
        client.post(url(row, "_edit"), {"revision": 2, "need": "x", "period": "first"}).context["form"].errors
    )
    client.post(url(row, "_reopen"))
    row.refresh_from_db()
    assert (row.status, row.closed_at, row.closed_by, row.how_it_went) == ("under_way", None, None, "It worked")


def test_carried_forward_with_its_new_day_as_far_as_it_was(world, sign_in, areas):
    day, later = timezone.localdate() - dt.timedelta(days=3), timezone.localdate() + dt.timedelta(days=90)
    row = planned(world.enrolment, need="Goes on", areas=[areas[0].pk], target_on=day)
    client = sign_in(world.supervisor)
    client.post(url(row, "_begin"))
    page = client.get(url(row, "_carry"))
    body = page.content.decode()
    assert (page.context["form"]["target_on"].value(), page.context["follows"]) == (None, "Second half of the year")
    assert "It stays “under way”" in body
    assert f'href="{url(row)}">Cancel' in body
    assert Objective.objects.count() == 1

    def typed(on):
        return {"target_on_day": on.day, "target_on_month": on.month, "target_on_year": on.year}

    assert "or later" in str(client.post(url(row, "_carry"), typed(day)).context["form"].errors["target_on"])
    made_url = client.post(url(row, "_carry"), typed(later)).url
    assert client.post(url(row, "_carry"), typed(later)).url == url(row)
    assert client.get(url(row, "_carry")).url == url(row)
    made = Objective.objects.get(carried_from=row)
    row.refresh_from_db()
    assert made_url == url(made)
    assert (row.status, row.target_on, made.status, made.period, made.need, made.target_on) == (
        "carried", day, "under_way", "second", "Goes on", later,
    )  # fmt: skip
    assert list(made.areas.all()) == [areas[0]]
    assert client.get(url(made, "_carry")).context["form"]["target_on"].value() == later
    client.post(url(made, "_carry"))
    last = Objective.objects.get(carried_from=made)
    assert last.target_on is None
    assert client.get(url(last, "_carry")).url == url(last)
    client.post(url(last, "_carry"))
    last.refresh_from_db()
    assert (last.period, last.status, Objective.objects.count()) == ("after", "under_way", 3)


def test_what_was_not_begun_is_carried_as_not_begun(world, sign_in):
    row = planned(world.enrolment)
    client = sign_in(world.supervisor)
    assert "It stays “not started”" in client.get(url(row, "_carry")).content.decode()
    client.post(url(row, "_carry"))
    assert Objective.objects.get(carried_from=row).status == "not_started"


def test_one_place_up_or_down_within_the_period(world, sign_in):
    first, second, third = (planned(world.enrolment, need=name) for name in ("One", "Two", "Three"))
    later = planned(world.enrolment, need="Later", period="second")
    client = sign_in(world.supervisor)

    def order():
        return [[one.need for one in rows] for _, rows in client.get(PLAN).context["periods"]]

    for row, to in ((third, "up"), (first, "down"), (later, "up"), (third, "up")):
        assert client.post(url(row, "_place"), {"to": to}).status_code == 302
    assert order() == [["Three", "One", "Two"], ["Later"]]
    put_objective_away(objective=second, by=world.supervisor)
    assert client.post(url(second, "_place"), {"to": "up"}).status_code == 404


def test_put_away_and_brought_back(world, sign_in):
    row = planned(world.enrolment, need="Not now")
    client = sign_in(world.supervisor)
    assert client.post(url(row, "_put_away")).url == PLAN
    page = client.get(PLAN)
    assert (page.context["periods"], [one.pk for one in page.context["put_away"]]) == ([], [row.pk])
    assert client.get(url(row)).status_code == 200
    for address in ("_edit", "_close", "_review"):
        assert client.get(url(row, address)).status_code == 404
    client.post(url(row, "_begin"))
    row.refresh_from_db()
    assert row.status == "not_started"
    for _ in range(2):
        client.post(url(row, "_bring_back"))
    row.refresh_from_db()
    assert (row.discarded_at, row.plan.revision) == (None, 3)


def test_what_one_says_of_it_is_dated_and_only_added(world, sign_in):
    row = planned(world.enrolment)
    client, sent = sign_in(world.supervisor), {"id": str(uuid.uuid4()), "text": "Going well"}
    for _ in range(2):
        assert client.post(url(row, "_review"), sent).url == url(row)
    assert list(client.post(url(row, "_review"), {"text": " "}).context["form"].errors) == ["text"]
    client.post(url(row, "_review"), {"text": "Still going"})
    assert [one.body for one in client.get(url(row)).context["one"].reviews] == ["Going well", "Still going"]
    assert list(ObjectiveReview.objects.values_list("author", "version")) == [(world.supervisor.pk, None)] * 2


def test_every_save_can_be_seen_compared_and_taken_up_again(world, sign_in, typed):
    row = planned(world.enrolment, need="AS IT WAS")
    gone = planned(world.enrolment, need="FOR A WHILE")
    client = sign_in(world.supervisor)
    client.post(url(row, "_edit"), typed(revision=1, need="AS IT IS", areas=[]))
    put_objective_away(objective=gone, by=world.supervisor)
    page = client.get(reverse("portfolio:plan_versions"))
    assert [one.number for one in page.context["page"]] == [4, 3, 2, 1]
    page = client.get(reverse("portfolio:plan_version", args=[3]))
    [changed] = page.context["changes"]
    assert [pair.label for pair in changed.differences] == ["Learning need", "Period"]
    [changed] = client.get(reverse("portfolio:plan_version", args=[4])).context["changes"]
    assert (changed.objective.id, changed.is_gone) == (gone.pk, True)
    body = client.get(reverse("portfolio:plan_version", args=[1])).content.decode()
    assert "AS IT WAS" in body
    assert f"{url(row, '_edit')}?version=1" in body
    form = client.get(f"{url(row, '_edit')}?version=1").context["form"]
    assert (form["need"].value(), form["revision"].value()) == ("AS IT WAS", 2)
    assert client.get(f"{url(row, '_edit')}?version=77").status_code == 404
    assert client.get(reverse("portfolio:plan_version", args=[9])).status_code == 404


DRAFTS = [
    ("objective", "_edit", "need"),
    ("objective_close", "_close", "how_it_went"),
    ("objective_review", "_review", "text"),
]


@pytest.mark.parametrize(("form", "page", "name"), DRAFTS)
def test_a_draft_is_kept_until_it_is_saved(world, sign_in, typed, form, page, name):
    row = planned(world.enrolment)
    kept = save_copy(
        author=world.supervisor,
        organisation_id=row.organisation_id,
        form=form,
        target_id=row.pk,
        payload={name: ["HALF A SENT"]},
        revision=0,
        based_on=1,
    )
    client = sign_in(world.supervisor)
    assert client.get(url(row, page)).context["form"][name].value() == "HALF A SENT"
    sent = typed(revision=1, outcome="met", how_it_went="Whole", text="Whole", need="Whole")
    assert client.post(url(row, page), sent).status_code == 409  # another window has kept something
    row.refresh_from_db()
    assert (row.revision, ObjectiveReview.objects.count()) == (1, 0)
    assert client.post(url(row, page), sent | {"draft_revision": kept.revision}).url == url(row)
    assert not WorkingCopy.objects.exists()
