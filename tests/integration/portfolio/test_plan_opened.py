"""The plan opened to the mentor and to the portfolio, and what the mentor says of it."""

import datetime as dt
import io
import re
import uuid

import page as pdf_rules
import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import Enrolment, Mentoring
from portfolio.document import build_document
from portfolio.models import Objective, ObjectiveReview, Plan, PlanVersion
from portfolio.pdf import portfolio_pdf
from portfolio.services.plan import Wanted, close_objective, put_objective_away, save_objective
from portfolio.timeline import entries
from portfolio.timeline import plan as timeline
from pqs_portal.demo.shown import shown_mentor
from tests.factories.portfolio import EvidenceFactory, plan_opened, planned, shared

SHARE = reverse("portfolio:plan_share")
READERS = ["line_manager", "panel_member", "ld_lead", "admin", "senior_leader", "outsider"]


def theirs(enrolment, page="", *args):
    return reverse(f"portfolio:mentee_{page or 'plan'}", args=[enrolment.pk, *args])


def review_url(row):
    return theirs(row.plan.enrolment, "objective_review", row.pk)


def opening(plan, *readers, **more):
    shown = shown_mentor(plan.enrolment) or ""
    return {"revision": plan.revision, "readers": readers, "nobody_recognisable": "on", "shown": shown, **more}


def changed(row, need):
    row.refresh_from_db()
    return save_objective(objective=row, revision=row.revision, wanted=Wanted(need=need), by=row.enrolment.supervisor)


def test_there_is_nothing_to_open_yet(world, sign_in):
    client = sign_in(world.supervisor)
    assert client.get(SHARE).status_code == 404
    row = planned(world.enrolment)
    put_objective_away(objective=row, by=world.supervisor)
    row.plan.refresh_from_db()
    refused = client.post(SHARE, opening(row.plan, "mentor"))
    assert refused.context["form"].errors == {"__all__": ["Write an objective first"]}


def test_opening_it_writes_the_version_that_others_read(world, sign_in):
    row = planned(world.enrolment, need="AS OPENED")
    client, plan = sign_in(world.supervisor), row.plan
    assert client.get(SHARE).context["form"]["readers"].value() == ["mentor"]
    unticked = client.post(SHARE, {"revision": 1, "readers": ["mentor"]})
    assert list(unticked.context["form"].errors) == ["nobody_recognisable"]
    assert client.post(SHARE, opening(plan, "mentor", revision=0)).status_code == 409
    assert client.post(SHARE, opening(plan, "mentor", "portfolio")).url == reverse("portfolio:plan")
    plan.refresh_from_db()
    assert (plan.audience, plan.shared_with, plan.shared_version_id) == (
        "mentor",
        world.mentor,
        plan.portfolio_version_id,
    )
    assert plan.shared_version.objectives[0]["need"] == "AS OPENED"
    assert not client.get(reverse("portfolio:plan")).context["changed_since"]
    changed(row, "AS IT IS")
    assert client.get(reverse("portfolio:plan")).context["changed_since"]
    reader = sign_in(world.mentor).get(theirs(world.enrolment))
    assert [one.need for _, rows in reader.context["periods"] for one in rows] == ["AS OPENED"]
    assert "AS IT IS" not in reader.content.decode()
    plan.refresh_from_db()
    client.post(SHARE, {"revision": plan.revision})
    plan.refresh_from_db()
    assert (plan.audience, plan.shared_with, plan.shared_version, plan.portfolio_version) == ("only_me",) + (None,) * 3
    assert sign_in(world.mentor).get(theirs(world.enrolment)).context["periods"] == []


def test_a_new_objective_says_that_it_is_not_in_what_others_read(world, sign_in):
    client, new = sign_in(world.supervisor), reverse("portfolio:objective_new")

    def told():
        answer = client.post(
            new, {"id": str(uuid.uuid4()), "need": "Something", "period": "first", "source": "other"}, follow=True
        )
        return [str(message) for message in answer.context["messages"]]

    assert told() == ["Saved. Only you can read it until you share your plan."]
    for readers in ({"to_mentor": True}, {"to_mentor": False, "in_portfolio": True}):
        plan_opened(world.enrolment, **readers)
        assert told() == ["Saved. Only you can read it until you share your plan again."]


def test_words_that_tell_who_somebody_is_are_looked_at_first(world, sign_in):
    row = planned(world.enrolment, need="Talk with Margaret Thompson about recording")
    ObjectiveReview.objects.create(
        organisation=row.organisation, objective=row, author=world.supervisor, text="Margaret Thompson agreed"
    )
    client = sign_in(world.supervisor)
    page = client.post(SHARE, opening(row.plan, "mentor"))
    assert page.status_code == 200
    words = page.context["words"]
    assert words.count == 1
    [item] = words.open_items
    pressed = f"use:{item.token}:{item.item.stand_ins[0]}"
    client.post(SHARE, opening(row.plan, "mentor", words_do=pressed))
    row.refresh_from_db()
    assert "Margaret" not in row.need
    assert "Margaret" not in row.reviews.get().text
    assert client.post(SHARE, opening(Plan.objects.get(), "mentor")).status_code == 302
    stale = client.post(SHARE, opening(row.plan, "mentor", words_do=pressed, revision=1))
    assert stale.status_code == 200


def test_without_a_mentor_there_is_nobody_to_open_it_to(world, sign_in):
    Mentoring.objects.filter(enrolment=world.enrolment).update(ends_on=timezone.localdate())
    row = planned(world.enrolment)
    answer = sign_in(world.supervisor).post(SHARE, opening(row.plan, "mentor"))
    assert list(answer.context["form"].errors) == ["readers"]


def test_the_mentor_says_how_it_is_going(world, sign_in):
    row = planned(world.enrolment)
    plan = plan_opened(world.enrolment)
    unopened = planned(world.enrolment, need="NOT OPENED YET")
    client, sent = sign_in(world.mentor), {"id": str(uuid.uuid4()), "text": "I notice a change"}
    for _ in range(2):
        assert client.post(review_url(row), sent).url == theirs(world.enrolment)
    review = ObjectiveReview.objects.get()
    assert (review.author, review.version) == (world.mentor, plan.shared_version)
    assert client.get(review_url(unopened)).status_code == 404
    assert client.post(review_url(unopened), sent).status_code == 404
    for person, address in (
        (world.mentor, theirs(world.enrolment)), (world.supervisor, reverse("portfolio:objective", args=[row.pk]))
    ):  # fmt: skip
        assert "I notice a change" in sign_in(person).get(address).content.decode()
    assert PlanVersion.objects.latest("created_at").objectives[0]["reviews"] == []


def test_the_writers_reviews_are_read_once_opened(world, sign_in):
    row = planned(world.enrolment)
    address = reverse("portfolio:objective_review", args=[row.pk])
    sign_in(world.supervisor).post(address, {"text": "BEFORE"})
    plan_opened(world.enrolment)
    sign_in(world.supervisor).post(address, {"text": "AFTER"})
    body = sign_in(world.mentor).get(theirs(world.enrolment)).content.decode()
    assert "BEFORE" in body
    assert "AFTER" not in body


def test_differences_run_between_the_versions_that_were_opened(world, sign_in):
    row = planned(world.enrolment, need="FIRST")
    first = plan_opened(world.enrolment).shared_version
    changed(row, "NEVER OPENED")
    changed(row, "SECOND")
    second = plan_opened(world.enrolment).shared_version
    client = sign_in(world.mentor)
    assert [one.number for one in client.get(theirs(world.enrolment)).context["versions"]] == [5, 2]
    page = client.get(theirs(world.enrolment, "plan_version", second.pk))
    assert (page.context["before"], [one.differences[0].label for one in page.context["changes"]]) == (
        first, ["Learning need"],
    )  # fmt: skip
    assert "NEVER OPENED" not in page.content.decode()
    between = PlanVersion.objects.get(number=3)
    assert client.get(theirs(world.enrolment, "plan_version", between.pk)).status_code == 404


def test_the_mentor_is_not_told_how_often_it_was_saved(world, sign_in):
    row = planned(world.enrolment, need="FIRST")
    plan_opened(world.enrolment)
    changed(row, "SECOND")
    plan = plan_opened(world.enrolment)
    client = sign_in(world.mentor)
    for address in ("plan",), ("plan_version", plan.shared_version.pk):
        body = client.get(theirs(world.enrolment, *address)).content.decode()
        assert not re.search(r"[Vv]ersions? \d", body)
        assert "s shared " in body


def test_what_was_taken_back_is_no_readers_again(world, sign_in):
    row = planned(world.enrolment, need="CANARY")
    first = plan_opened(world.enrolment).shared_version
    plan_opened(world.enrolment, to_mentor=False)
    changed(row, "Without it")
    second = plan_opened(world.enrolment).shared_version
    client = sign_in(world.mentor)
    assert client.get(theirs(world.enrolment)).context["versions"] == [second]
    assert client.get(theirs(world.enrolment, "plan_version", first.pk)).status_code == 404
    page = client.get(theirs(world.enrolment, "plan_version", second.pk))
    assert (page.context["before"], "CANARY" in page.content.decode()) == (None, False)
    mine = sign_in(world.supervisor).get(reverse("portfolio:plan_version", args=[first.number]))
    assert "CANARY" in mine.content.decode()


def test_a_mentor_who_comes_back_reads_nothing_from_before(world, sign_in):
    row = planned(world.enrolment, need="CANARY")
    plan_opened(world.enrolment)
    for mentor in (world.outsider, world.mentor):
        Mentoring.objects.filter(enrolment=world.enrolment).update(mentor=mentor)
        changed(row, f"For {mentor.name}")
        plan = plan_opened(world.enrolment)
    assert sign_in(world.mentor).get(theirs(world.enrolment)).context["versions"] == [plan.shared_version]


def test_a_new_mentor_has_nothing_until_it_is_opened_to_them(world, sign_in):
    row = planned(world.enrolment)
    plan_opened(world.enrolment)
    sign_in(world.mentor).post(review_url(row), {"text": "FORMER WORDS"})
    Mentoring.objects.filter(enrolment=world.enrolment).update(mentor=world.outsider)
    assert sign_in(world.mentor).get(theirs(world.enrolment)).status_code == 404
    assert sign_in(world.outsider).get(theirs(world.enrolment)).context["periods"] == []
    assert sign_in(world.outsider).post(review_url(row), {"text": "x"}).status_code == 404
    plan_opened(world.enrolment)
    body = sign_in(world.outsider).get(theirs(world.enrolment)).content.decode()
    assert "Something to learn" in body
    assert "FORMER WORDS" not in body


def test_evidence_is_named_to_those_who_can_read_it(world, sign_in):
    row = planned(world.enrolment)
    pieces = [
        shared(world.enrolment, title="OPENED PIECE"),
        EvidenceFactory(enrolment=world.enrolment, title="PRIVATE PIECE"),
    ]
    close_objective(
        objective=row, revision=1, is_met=True, how_it_went="Well", evidence=[piece.pk for piece in pieces],
        by=world.supervisor,
    )  # fmt: skip
    plan_opened(world.enrolment)
    body = sign_in(world.mentor).get(theirs(world.enrolment)).content.decode()
    assert "OPENED PIECE" in body
    assert "PRIVATE PIECE" not in body


@pytest.mark.parametrize("person", READERS)
def test_nobody_else_reads_it(world, sign_in, person):
    row = planned(world.enrolment)
    version = plan_opened(world.enrolment, in_portfolio=True).shared_version
    client = sign_in(getattr(world, person))
    for address in (
        theirs(world.enrolment), theirs(world.enrolment, "plan_version", version.pk), review_url(row)
    ):  # fmt: skip
        assert client.get(address).status_code == 404
    assert client.post(review_url(row), {"text": "x"}).status_code == 404
    assert not ObjectiveReview.objects.exists()


def test_audited_without_a_word(world):
    planned(world.enrolment, need="CANARY")
    plan_opened(world.enrolment)
    verbs = AuditEvent.objects.filter(category="portfolio").order_by("at").values_list("verb", flat=True)
    assert list(verbs) == ["wrote an objective", "opened a development plan"]


def test_the_year_has_its_day_for_the_writer_alone(world):
    today = timezone.localdate()
    row = planned(world.enrolment, need="CANARY", target_on=today)
    planned(world.enrolment)
    put_objective_away(objective=planned(world.enrolment, target_on=today), by=world.supervisor)
    rows = Enrolment.objects.filter(pk=world.enrolment.pk)
    [entry] = entries(rows, today)
    assert (entry.waiting_on_id, entry.title, entry.due_on, entry.url, entry.step_kind) == (
        world.supervisor.pk, "An objective in your development plan is due", today, row.get_absolute_url(), "",
    )  # fmt: skip
    row.refresh_from_db()
    close_objective(objective=row, revision=1, is_met=False, how_it_went="", evidence=(), by=world.supervisor)
    assert list(entries(rows, today)) == []


def test_each_hears_of_the_other_and_never_a_word(world, sign_in):
    since = timezone.now() - dt.timedelta(minutes=5)
    row = planned(world.enrolment, need="CANARY")
    assert list(timeline.events(since)) == []
    plan_opened(world.enrolment)
    sign_in(world.mentor).post(review_url(row), {"text": "CANARY"})
    sign_in(world.supervisor).post(reverse("portfolio:objective_review", args=[row.pk]), {"text": "NOT OPENED"})
    told = {event.kind: (event.recipient_id, event.title, event.url) for event in timeline.events(since)}
    assert told == {
        "plan_shared": (
            world.mentor.pk,
            f"{world.supervisor.name} shared their development plan with you",
            theirs(world.enrolment),
        ),
        "objective_reviewed": (
            world.supervisor.pk,
            f"{world.mentor.name} reviewed an objective of your development plan",
            row.get_absolute_url(),
        ),
    }


def document_of(enrolment):
    row = Enrolment.objects.with_people().get(pk=enrolment.pk)
    return build_document(row, made_by=enrolment.supervisor, made_at=timezone.now())


def test_the_document_has_the_version_that_went_into_the_portfolio(world, sign_in, areas):
    said = {"areas": [areas[0].pk], "why": "Because", "target_on": timezone.localdate()}
    row = planned(world.enrolment, need="IN THE PORTFOLIO", **said)
    assert document_of(world.enrolment).plan == ()
    plan_opened(world.enrolment)
    assert document_of(world.enrolment).plan == ()
    sign_in(world.mentor).post(review_url(row), {"text": "MENTORS WORDS"})
    plan_opened(world.enrolment, to_mentor=False, in_portfolio=True)
    changed(row, "LATER")
    [(period, [one])] = document_of(world.enrolment).plan
    assert (period, one.need, one.why, one.reviews) == ("First half of the year", "IN THE PORTFOLIO", "Because", ())
    made = portfolio_pdf(document_of(world.enrolment))
    report = pdf_rules.validate_pdf_bytes(made.content, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.content)).pages)
    assert "IN THE PORTFOLIO" in text
    assert "LATER" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_much(world, sign_in, django_assert_num_queries, count):
    for _ in range(count):
        row = planned(world.enrolment)
        version = plan_opened(world.enrolment).shared_version
        ObjectiveReview.objects.create(
            organisation=row.organisation, objective=row, author=world.mentor, version=version, text="Noticed"
        )
    assert Objective.objects.count() == count
    client = sign_in(world.mentor)
    client.get("/account/")
    with django_assert_num_queries(12):
        client.get(theirs(world.enrolment))
    with django_assert_num_queries(9):
        client.get(theirs(world.enrolment, "plan_version", version.pk))
    with django_assert_num_queries(13):
        client.get(review_url(row))
    with django_assert_num_queries(2):
        list(timeline.events(timezone.now() - dt.timedelta(days=1)))


def test_other_words_from_the_same_form_are_a_second_review(world, sign_in):
    row, sent = planned(world.enrolment), {"id": str(uuid.uuid4())}
    client, address = sign_in(world.supervisor), reverse("portfolio:objective_review", args=[row.pk])
    for text in ("First words", "First words and MORE", "First words"):
        assert client.post(address, {**sent, "text": text}).status_code == 302
    said = ObjectiveReview.objects.order_by("created_at").values_list("text", flat=True)
    assert list(said) == ["First words", "First words and MORE"]
