"""What the supervisor asks the next observation to look at, and the observation that is booked as they see it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, WorkingCopy
from observations.models import FocusWish, Observation
from tests.factories.observations import FocusWishFactory, ObservationFactory, draft, released
from tests.factories.pathway import AreaFactory, MentoringFactory, StandardFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/observations/"


def focus_url(world):
    return f"/people/{world.enrolment.pk}/observations/focus/"


def booked_url(row):
    return f"/observations/{row.pk}/booked/"


@pytest.fixture
def other_area(area):
    return AreaFactory(standard=area.standard, number=2, title="Influencing")


@pytest.fixture
def ask(world, sign_in, area):
    """``ask(**changes)`` sends the form as the supervisor."""
    client = sign_in(world.supervisor)

    def send(**changes):
        data = {"revision": "0", "shown": str(world.mentor.pk), "areas": [str(area.pk)], "text": "How I end it."}
        return client.post(focus_url(world), data | changes)

    return send


def test_a_gap_leads_to_the_form_with_its_area_ticked(world, sign_in, area, other_area):
    page = sign_in(world.supervisor).get(f"{focus_url(world)}?area={other_area.pk}")
    assert page.context["form"]["areas"].value() == [other_area.pk]
    body = page.content.decode()
    assert f"You and {world.mentor.name}, your mentor" in body
    assert f"Ask {world.mentor.get_short_name()}" in body
    assert "No observation is booked." in body
    assert "Take it back" not in body


def test_it_waits_until_the_next_one_is_booked(world, sign_in, ask, area):
    for _ in range(2):
        assert ask().url == LIST
    wish = FocusWish.objects.get()
    assert (wish.observation, list(wish.areas.all()), wish.text, wish.revision) == (None, [area], "How I end it.", 1)
    assert (wish.mentor, wish.organisation) == (world.mentor, world.organisation)
    assert AuditEvent.objects.get(verb="observation_focus_asked").target_id == wish.pk
    mentor = sign_in(world.mentor)
    (person,) = mentor.get(LIST).context["people"]
    assert person.wishes == [wish]
    new = f"/people/{world.enrolment.pk}/observations/new/"
    page = mentor.get(new, follow=True)
    assert "How I end it." in page.content.decode()
    assert page.context["form"]["areas"].value() == [area.pk]
    at = timezone.localdate() + dt.timedelta(days=7)
    booked = {
        "kind": "direct", "mode": "in_person", "planned_time": "10:00", "planned_on_day": at.day,
        "planned_on_month": at.month, "planned_on_year": at.year, "areas": [str(area.pk)],
    }  # fmt: skip
    mentor.post(new, booked)
    row, wish = Observation.objects.get(), FocusWish.objects.get()
    assert (wish.observation, list(row.focus.all())) == (row, [area])
    assert mentor.get(new, follow=True).context["wish"] is None


def test_it_is_set_on_the_one_that_is_booked(world, sign_in, ask, area):
    row = ObservationFactory(enrolment=world.enrolment)
    later = ObservationFactory(enrolment=world.enrolment, planned_at=row.planned_at + dt.timedelta(days=9))
    assert ask().url == booked_url(row)
    assert (list(row.focus.all()), list(later.focus.all())) == ([area], [])
    body = sign_in(world.supervisor).get(booked_url(row)).content.decode()
    assert "You asked for this focus" in body
    assert "Change what you ask for" in body
    other = sign_in(world.supervisor).get(booked_url(later)).content.decode()
    assert "Another observation comes first" in other
    page = sign_in(world.mentor).get(row.get_absolute_url())
    assert (page.context["focus"], page.context["wish"]) == ([area], FocusWish.objects.get())
    assert "How I end it." in page.content.decode()
    assert "How I end it." in sign_in(world.mentor).get(f"{row.get_absolute_url()}edit/").content.decode()
    assert "How I end it." in sign_in(world.mentor).get(f"{row.get_absolute_url()}plan/").content.decode()


def test_changing_and_taking_it_back(world, sign_in, ask, area, other_area):
    row = ObservationFactory(enrolment=world.enrolment)
    ask()
    page = sign_in(world.supervisor).get(focus_url(world))
    assert page.context["form"].initial == {"revision": 1, "areas": [area.pk], "text": "How I end it."}
    ask(revision="1", areas=[str(other_area.pk)], text="")
    assert list(row.focus.all()) == [other_area]
    row.focus.add(area)  # the mentor wants to look at that too
    assert ask(revision="2", areas=[], text="", take_back="").status_code == 302
    wish = FocusWish.objects.get()
    assert (wish.asked_at, wish.text, list(wish.areas.all()), list(row.focus.all())) == (None, "", [], [area])
    assert "asked for this focus" not in sign_in(world.mentor).get(LIST).content.decode()
    ask(revision="3")
    assert FocusWish.objects.get().asked_at is not None


@pytest.mark.parametrize("make", [draft, released])
def test_what_has_happened_is_closed_and_the_next_wish_waits(world, sign_in, ask, make):
    row = make(enrolment=world.enrolment)
    FocusWishFactory(enrolment=world.enrolment, observation=row, text="That time")
    assert sign_in(world.supervisor).get(focus_url(world)).context["form"].initial["text"] == ""
    ask(text="The next time")
    assert set(FocusWish.objects.values_list("observation", "text")) == {(row.pk, "That time"), (None, "The next time")}
    assert "The next time" in sign_in(world.supervisor).get(LIST).content.decode()


def test_a_draft_before_the_day_shows_nothing_of_what_is_written(world, sign_in, ask, area, other_area):
    row = draft(world.enrolment, with_whom="CANARY", noticed="CANARY", areas=[other_area])
    row.observed_on, row.planned_at = None, timezone.now() + dt.timedelta(days=2)
    row.save()
    assert ask().url == booked_url(row)
    page = sign_in(world.supervisor).get(booked_url(row))
    assert list(page.context["focus"]) == [area]
    body = page.content.decode()
    assert "CANARY" not in body
    assert other_area.title not in body
    assert list(row.areas.all()) == [other_area]


def test_a_released_one_is_read_on_its_own_page(world, sign_in):
    row = released(world.enrolment)
    assert sign_in(world.supervisor).get(booked_url(row)).url == row.get_absolute_url()


def test_what_a_former_mentor_booked_is_not_shown(world, sign_in):
    row = ObservationFactory(enrolment=world.enrolment)
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()
    assert sign_in(world.supervisor).get(booked_url(row)).url == LIST


def test_the_next_mentor_was_not_asked(world, sign_in, ask):
    ask()
    world.mentoring.ends_on = timezone.localdate()
    world.mentoring.save()
    page = sign_in(world.supervisor).get(focus_url(world))
    assert page.context["mentor"] is None
    assert "You have no mentor today." in page.content.decode()
    new = MentoringFactory(enrolment=world.enrolment, starts_on=timezone.localdate()).mentor
    for person in (world.mentor, new):
        assert "How I end it." not in sign_in(person).get(LIST).content.decode()
    answer = ask(text="Other words")
    assert answer.context["form"].non_field_errors() == ["Your mentor has changed. Look who it is now, then ask again"]
    assert FocusWish.objects.get().text == "How I end it."


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"areas": []}, {"areas": ["Choose at least one area to look at"]}),
        ({"areas": ["x"]}, {"areas": ["Choose areas from the list"]}),
        (
            {"text": "NOT\x00SAVED"},
            {"text": ["The text holds a character that cannot be saved. Copy it again as plain text."]},
        ),
    ],
)
def test_bad_input_is_explained(ask, changes, errors):
    answer = ask(**changes)
    assert answer.context["form"].errors == errors
    assert "<title>Error: " in answer.content.decode()
    assert FocusWish.objects.count() == 0


def test_the_areas_are_those_of_ones_own_standard(ask):
    elsewhere = AreaFactory(standard=StandardFactory(series="another"))
    assert ask(areas=[str(elsewhere.pk)]).context["form"].errors == {"areas": ["Choose areas from the list"]}


def test_names_are_looked_for_before_the_mentor_reads_it(world, ask):
    answer = ask(text="How Oluwaseun Adeyemi and I end it.")
    (found,) = answer.context["words"].open_items
    assert "Look at what was found first" in answer.content.decode()
    assert FocusWish.objects.count() == 0
    answer = ask(text="How Oluwaseun Adeyemi and I end it.", words_do=f"use:{found.token}:Worker A")
    typed = answer.context["form"]["text"].value()
    assert typed == "How Worker A and I end it."
    assert ask(text=typed).status_code == 302
    assert FocusWish.objects.get().text == typed


def test_two_windows_never_replace_each_other_unseen(ask):
    ask()
    answer = ask(text="From another window")
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "How I end it." in body
    assert "From another window" in body
    assert FocusWish.objects.get().text == "How I end it."
    assert ask(text="From another window", revision=answer.context["form"]["revision"].value()).status_code == 302
    assert FocusWish.objects.get().text == "From another window"


def test_what_is_typed_is_kept_as_a_draft(world, sign_in, ask, area, other_area):
    client = sign_in(world.supervisor)
    keep = reverse("accounts:draft", args=["focus", world.enrolment.pk])
    typed = {"text": "Half a sent", "areas": [str(area.pk)], "draft_revision": "0", "draft_page": focus_url(world)}
    assert client.post(keep, typed).status_code == 302
    page = client.get(focus_url(world))
    assert page.context["form"]["text"].value() == "Half a sent"
    page = client.get(f"{focus_url(world)}?area={other_area.pk}")
    assert [str(pk) for pk in page.context["form"]["areas"].value()] == [str(area.pk), str(other_area.pk)]
    assert ask(text="Other words").status_code == 409  # it has not seen what is kept
    kept = WorkingCopy.objects.get().revision
    assert ask(text="Half a sentence", draft_revision=kept).status_code == 302
    assert not WorkingCopy.objects.exclude(payload={}).exists()


OTHERS = ["mentor", "line_manager", "ld_lead", "admin"]


@pytest.mark.parametrize(("role", "status"), [*((role, 403) for role in OTHERS), ("outsider", 404)])
def test_nobody_else_asks_or_reads(world, sign_in, area, role, status):
    row = ObservationFactory(enrolment=world.enrolment)
    FocusWishFactory(enrolment=world.enrolment, observation=row, text="CANARY")
    client = sign_in(getattr(world, role))
    data = {"revision": "1", "shown": str(world.mentor.pk), "areas": [str(area.pk)], "text": "x"}
    assert client.get(focus_url(world)).status_code == status
    assert client.post(focus_url(world), data).status_code == status
    assert client.get(booked_url(row)).status_code == 404
    assert ("CANARY" in client.get(LIST).content.decode()) == (role == "mentor")
    assert FocusWish.objects.get().text == "CANARY"


def test_nobody_of_another_organisation(world, sign_in):
    row = ObservationFactory(enrolment=world.enrolment)
    for person in (world.other.supervisor, world.other.mentor):
        assert sign_in(person).get(focus_url(world)).status_code == 404
        assert sign_in(person).get(booked_url(row)).status_code == 404


def test_queries_of_the_form(world, sign_in, area, django_assert_max_num_queries):
    row = ObservationFactory(enrolment=world.enrolment)
    FocusWishFactory(enrolment=world.enrolment, observation=row, areas=[area])
    client = sign_in(world.supervisor)
    with django_assert_max_num_queries(18):
        client.get(focus_url(world))
    with django_assert_max_num_queries(12):
        client.get(booked_url(row))
