"""What a piece said earlier: the writer sees, compares and brings back; a reader sees what changed between shares."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Evidence, EvidenceVersion
from portfolio.services.comments import add_comment
from portfolio.services.evidence import Content, save_evidence
from portfolio.services.sharing import share_evidence, withdraw_evidence
from pqs_portal.demo.shown import shown_mentor
from tests.factories.portfolio import AttachmentFactory, EvidenceFactory, area_of, shared


def saved(evidence, body, **fields):
    """A change that its writer saves."""
    areas = dict(evidence.mappings.values_list("area_id", "rationale"))
    content = Content(title=evidence.title, body=body, happened_on=evidence.happened_on, **{"areas": areas} | fields)
    return save_evidence(
        evidence=evidence, version=evidence.version, content=content, by=evidence.enrolment.supervisor
    )  # fmt: skip


def reshared(evidence, body=None):
    """The same, shared again."""
    evidence = saved(evidence, body) if body else evidence
    return share_evidence(
        evidence=evidence,
        audience="mentor",
        version=evidence.version,
        nobody_recognisable=True,
        rationales={},
        by=evidence.enrolment.supervisor,
        shown=shown_mentor(evidence.enrolment),
    )


def version(evidence, number):
    return EvidenceVersion.objects.get(evidence=evidence, number=number)


def changes(client, evidence, *numbers):
    """The page of differences; without numbers it chooses itself."""
    both = dict(zip(("from", "to"), (version(evidence, number).pk for number in numbers), strict=False))
    return client.get(reverse("portfolio:evidence_changes", args=[evidence.pk]), both)


def said(response):
    return [(change.label, [(step.text, step.kind) for step in change.steps]) for change in response.context["changes"]]


def back_url(evidence, number):
    return reverse("portfolio:version_bring_back", args=[evidence.pk, number])


def test_the_writer_compares_any_two(world, sign_in):
    evidence = saved(saved(EvidenceFactory(enrolment=world.enrolment, body="One cat sat"), "One dog sat"), "Two dogs")
    client = sign_in(world.supervisor)
    response = changes(client, evidence, 1, 2)
    assert said(response) == [
        ("What happened", [("One ", "same"), ("cat", "gone"), ("dog", "new"), (" sat", "same")]),
    ]
    page = response.content.decode()
    assert '<del><span class="govuk-visually-hidden">[taken away: </span>cat' in page
    assert '<ins><span class="govuk-visually-hidden">[added: </span>dog' in page
    assert said(changes(client, evidence, 2, 1))[0][1][1:3] == [("dog", "gone"), ("cat", "new")]
    assert len(changes(client, evidence).context["which"].fields["from"].choices) == 3


def test_every_field_of_two_is_compared(world, sign_in):
    area = area_of(world.enrolment, 2)
    first = EvidenceFactory(enrolment=world.enrolment, areas={area: "A reason"})
    AttachmentFactory(evidence=first, name="new.txt")
    second = saved(first, first.body, areas={area.pk: "Another"}, kind=Evidence.Kind.WENT_WELL)
    labels = [label for label, _ in said(changes(sign_in(world.supervisor), second, 1, 2))]
    assert labels == ["Kind", f"Area 2, {area.title}", "Files"]


def test_two_that_say_the_same(world, sign_in):
    evidence = saved(EvidenceFactory(enrolment=world.enrolment, body="Same"), "Same")
    response = changes(sign_in(world.supervisor), evidence, 1, 2)
    assert response.context["changes"] == []
    assert "The two say the same." in response.content.decode()


def test_one_version_has_nothing_to_be_compared_with(world, sign_in):
    response = changes(sign_in(world.supervisor), EvidenceFactory(enrolment=world.enrolment))
    assert response.context["which"] is None
    assert "Nothing to compare" in response.content.decode()


def test_a_reader_sees_what_changed_between_what_was_shared(world, sign_in):
    evidence = EvidenceFactory(enrolment=world.enrolment, body="CANARYBEFORE")
    evidence = saved(reshared(evidence, "First words"), "CANARYBETWEEN")
    evidence = reshared(evidence, "Second words")
    evidence = saved(evidence, "CANARYLATER")
    client = sign_in(world.mentor)
    response = changes(client, evidence)
    assert said(response) == [("What happened", [("First", "gone"), ("Second", "new"), (" words", "same")])]
    choices = response.context["which"].fields["to"].choices
    shares = EvidenceVersion.objects.filter(evidence=evidence, audience="mentor").order_by("-number")
    assert [value for value, _ in choices] == [str(row.pk) for row in shares]
    assert not any("ersion" in words for _, words in choices)
    assert "CANARY" not in response.content.decode()
    assert "CANARY" not in client.get(evidence.get_absolute_url()).content.decode()
    for number in (1, 2, 4, 5, 7):
        assert changes(client, evidence, number).status_code == 404
    assert client.get(response.request["PATH_INFO"], {"from": "nothing"}).status_code == 404


def test_what_was_taken_back_is_no_readers_again(world, sign_in):
    evidence = shared(world.enrolment, body="CANARYTAKENBACK")
    add_comment(pk=evidence.pk, evidence=evidence, text="My word", by=world.mentor)
    evidence = reshared(withdraw_evidence(evidence=evidence, by=world.supervisor), "Without it")
    client = sign_in(world.mentor)
    page = client.get(evidence.get_absolute_url())
    thread = page.context["threads"][0]
    assert (thread.comment.text, thread.version, thread.changes_url) == ("My word", None, "")
    assert "CANARY" not in page.content.decode() + changes(client, evidence).content.decode()
    assert changes(client, evidence, 2).status_code == 404
    assert changes(sign_in(world.supervisor), evidence, 2, 4).status_code == 200


def test_a_new_mentor_compares_nothing_of_the_old_one(world, sign_in):
    evidence = reshared(shared(world.enrolment, body="CANARYOLD"), "Newer")
    Evidence.objects.filter(pk=evidence.pk).update(shared_with=world.ld_lead)
    EvidenceVersion.objects.filter(pk=evidence.shared_version_id).update(shared_with=world.ld_lead)
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()
    world.enrolment.mentorings.create(
        organisation=world.organisation,
        mentor=world.ld_lead,
        starts_on=world.mentoring.starts_on,
        is_registered=True,
        has_two_years=True,
        paired_by=world.ld_lead,
    )
    response = changes(sign_in(world.ld_lead), evidence)
    assert response.status_code == 200
    assert response.context["which"] is None
    assert "CANARY" not in response.content.decode()
    assert changes(sign_in(world.mentor), evidence).status_code == 404


def test_the_reader_is_led_to_what_is_new(world, sign_in):
    evidence = shared(world.enrolment, body="First")
    client = sign_in(world.mentor)
    assert client.get(evidence.get_absolute_url()).context["since"] == {}
    evidence = reshared(evidence, "Second")
    since = client.get(evidence.get_absolute_url()).context["since"]
    assert since["words"] == "What has changed since the version you read"
    assert said(client.get(since["url"]))[0][1] == [("First", "gone"), ("Second", "new")]
    add_comment(pk=evidence.pk, evidence=evidence, text="Better", by=world.mentor)
    assert client.get(evidence.get_absolute_url()).context["since"] == {}
    evidence = reshared(evidence, "Third")
    since = client.get(evidence.get_absolute_url()).context["since"]
    assert since["words"] == "What has changed since you last commented"
    assert said(client.get(since["url"]))[0][1] == [("Second", "gone"), ("Third", "new")]


def test_an_old_version_comes_back_as_the_newest(world, sign_in):
    area, other = area_of(world.enrolment, 1), area_of(world.enrolment, 2)
    evidence = shared(world.enrolment, body="Old words", areas={area: "Because"})
    later = AttachmentFactory(evidence=evidence)
    evidence = saved(evidence, "New words", areas={other.pk: "Other"}, kind=Evidence.Kind.WENT_WELL)
    client = sign_in(world.supervisor)
    asked = client.get(back_url(evidence, 1))
    assert asked.context["hidden"] == [("version", 3)]
    assert client.post(back_url(evidence, 1), {"version": 3}).status_code == 302
    evidence.refresh_from_db()
    assert (evidence.version, evidence.body, evidence.kind) == (4, "Old words", "plain")
    assert list(evidence.mappings.values_list("area_id", "rationale")) == [(area.pk, "Because")]
    assert [row.body for row in evidence.versions.all()] == ["Old words", "Old words", "New words", "Old words"]
    assert list(version(evidence, 4).attachments.all()) == [later]
    # Readers go on reading what they had.
    assert (evidence.audience, evidence.shared_version.number, version(evidence, 4).audience) == (
        "mentor", 2, "only_me",
    )  # fmt: skip


def test_nothing_comes_back_over_what_was_saved_meanwhile(world, sign_in):
    evidence = saved(EvidenceFactory(enrolment=world.enrolment, body="Old"), "New")
    client = sign_in(world.supervisor)
    response = client.post(back_url(evidence, 1), {"version": 1})
    evidence.refresh_from_db()
    assert (response.status_code, evidence.version, evidence.body) == (409, 2, "New")
    assert response.context["hidden"] == [("version", 2)]


def test_nothing_comes_back_in_the_bin(world, sign_in):
    evidence = saved(EvidenceFactory(enrolment=world.enrolment, body="Old"), "New")
    Evidence.objects.filter(pk=evidence.pk).update(discarded_at=timezone.now())
    assert sign_in(world.supervisor).post(back_url(evidence, 1), {"version": 2}).status_code == 404


@pytest.mark.parametrize("person", ["mentor", "line_manager", "ld_lead", "admin", "outsider"])
def test_only_the_writer_brings_back(world, sign_in, person):
    evidence = reshared(shared(world.enrolment, body="Old"), "New")
    assert sign_in(getattr(world, person)).post(back_url(evidence, 2), {"version": 4}).status_code == 404
    assert Evidence.objects.get(pk=evidence.pk).version == 4


@pytest.mark.parametrize("count", [1, 3])
def test_the_differences_cost_the_same_however_many_versions(world, sign_in, django_assert_num_queries, count):
    evidence = shared(world.enrolment)
    for number in range(count):
        evidence = reshared(evidence, f"Words {number}")
    writer, mentor = sign_in(world.supervisor), sign_in(world.mentor)
    for client in (writer, mentor):
        client.get("/account/")
    with django_assert_num_queries(10):
        changes(writer, evidence)
    with django_assert_num_queries(9):
        changes(mentor, evidence)
