"""A cohort's dates: seen, laid out, changed."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from pathway.models import Cohort
from pqs_portal.templatetags.portal import date_and_time
from sessions_catalogue import clashes
from sessions_catalogue.layout import at_local
from sessions_catalogue.models import Facilitation, ScheduledSession, SessionPlan
from tests.both_texts import differing
from tests.factories.sessions_catalogue import ProgrammeSessionFactory, ScheduledSessionFactory, twelve_sessions

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

YEAR = timezone.localdate().year + 1
TEN = dt.time(10, 0)
SENT = {
    "shape": "monthly",
    "first_on_day": "1",
    "first_on_month": "3",
    "first_on_year": str(YEAR),
    "starts_at": "10:00",
    "days_apart": "28",
}


def dates_url(cohort):
    return f"/cohorts/{cohort.pk}/sessions/"


def lay_out_url(cohort):
    return f"{dates_url(cohort)}lay-out/"


def page_of(client, address, data=None):
    answer = client.get(address, data)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture(autouse=True)
def no_faith_days(monkeypatch):
    """They fall elsewhere every year; what is said of them is tested with fixed dates."""
    monkeypatch.setattr(clashes, "main_faith_days", lambda year: {})


@pytest.fixture
def draft(world):
    Cohort.objects.filter(pk=world.cohort.pk).update(status=Cohort.Status.DRAFT, published_at=None)
    world.cohort.refresh_from_db()
    twelve_sessions()
    return world.cohort


@pytest.fixture
def running(world):
    twelve_sessions()
    return world.cohort


def keeps(page, name, typed):
    """Whether the box of that name holds what was typed."""
    (box,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    return f'value="{typed}"' in box if typed else 'value="' not in box or 'value=""' in box


def saved(cohort):
    return list(ScheduledSession.objects.filter(cohort=cohort).order_by("session__number"))


# ---------------------------------------------------------------- seeing


@pytest.mark.parametrize("role", ["supervisor", "mentor", "line_manager", "ld_lead", "admin"])
def test_everyone_of_the_cohort_sees_its_dates(world, sign_in, running, role):
    ScheduledSessionFactory(cohort=running, venue="Room 2")
    page = page_of(sign_in(getattr(world, role)), dates_url(running))
    assert "Room 2" in page
    assert ("Move or change<span" in page) is (role == "ld_lead")


@pytest.mark.parametrize(("role", "status"), [("outsider", 404), ("senior_leader", 404), ("panel_member", 403)])
def test_others_do_not(world, sign_in, running, role, status):
    assert sign_in(getattr(world, role)).get(dates_url(running)).status_code == status
    assert sign_in(getattr(world.other, role)).get(dates_url(running)).status_code == 404


def test_without_dates_the_page_says_what_comes(world, sign_in, running):
    assert "No dates yet" in page_of(sign_in(world.supervisor), dates_url(running))
    assert "Next: lay out the dates" in page_of(sign_in(world.ld_lead), dates_url(running))


def test_supervisors_do_not_see_a_draft(world, sign_in, draft):
    assert sign_in(world.supervisor).get(dates_url(draft)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_dates_take_the_same_queries_for_any_number(world, sign_in, django_assert_num_queries, number):
    for each in range(1, number + 1):
        ScheduledSessionFactory(cohort=world.cohort, session=ProgrammeSessionFactory(number=each))
    client = sign_in(world.ld_lead)
    page_of(client, dates_url(world.cohort))
    with django_assert_num_queries(13):
        page_of(client, dates_url(world.cohort))


# ---------------------------------------------------------------- laying out


def test_dates_are_shown_before_anything_is_saved(world, sign_in, draft):
    client = sign_in(world.ld_lead)
    assert ">Use these dates</button>" not in page_of(client, lay_out_url(draft))
    page = page_of(client, lay_out_url(draft), SENT)
    assert ">Use these dates</button>" in page
    assert page.count('data-label="When"') == 12
    assert saved(draft) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_preview_takes_the_same_queries_for_any_number(world, sign_in, django_assert_num_queries, number):
    for each in range(1, number + 1):
        row = ScheduledSessionFactory(cohort=world.cohort, session=ProgrammeSessionFactory(number=each))
        Facilitation.objects.create(
            organisation=world.organisation, scheduled=row, member=world.mentor, invited_by=world.ld_lead
        )
    client = sign_in(world.ld_lead)
    page_of(client, lay_out_url(world.cohort), SENT)
    with django_assert_num_queries(14):
        page = page_of(client, lay_out_url(world.cohort), SENT)
    assert page.count('data-label="When"') == number


def test_a_date_that_is_no_working_day_says_so(world, sign_in, draft):
    page = page_of(sign_in(world.ld_lead), lay_out_url(draft), SENT | {"first_on_day": "25", "first_on_month": "12"})
    assert f"25 December {YEAR}, which is not a working day" in page


def test_a_date_that_was_changed_meanwhile_is_shown_before_it_is_laid_anew(world, sign_in, draft):
    client = sign_in(world.ld_lead)

    def shown():
        return re.search(r'name="seen" value="([^"]+)"', page_of(client, lay_out_url(draft), SENT))[1]

    before = shown()
    for _ in range(2):  # a double press changes nothing more
        assert client.post(lay_out_url(draft), SENT | {"seen": before}).url == dates_url(draft)
    before, other = shown(), saved(draft)[3]
    moved_to = other.starts_at + dt.timedelta(hours=2)
    ScheduledSession.objects.filter(pk=other.pk).update(
        starts_at=moved_to, ends_at=moved_to + dt.timedelta(hours=1), revision=other.revision + 1
    )
    answer = client.post(lay_out_url(draft), SENT | {"seen": before})
    assert answer.url.startswith(f"{lay_out_url(draft)}?shape=monthly&first_on_day=1")
    assert "Look at the dates once more" in page_of(client, answer.url)
    assert saved(draft)[3].starts_at == moved_to
    client.post(lay_out_url(draft), SENT | {"seen": shown()})
    assert saved(draft)[3].starts_at == other.starts_at


def test_what_was_shown_is_saved(world, sign_in, draft):
    client = sign_in(world.ld_lead)
    answer = client.post(lay_out_url(draft), SENT)
    assert (answer.status_code, answer.url) == (302, dates_url(draft))
    rows = saved(draft)
    assert [row.session.number for row in rows] == list(range(1, 13))
    assert {timezone.localtime(row.starts_at).time() for row in rows} == {TEN}
    assert {row.organisation for row in rows} == {world.organisation}
    plan = SessionPlan.objects.get(cohort=draft)
    assert (plan.shape, plan.first_on, plan.starts_at) == ("monthly", dt.date(YEAR, 3, 1), TEN)
    client.post(lay_out_url(draft), SENT)
    assert [(row.pk, row.revision) for row in saved(draft)] == [(row.pk, 1) for row in rows]
    assert AuditEvent.objects.filter(verb="laid out sessions", target_id=draft.pk).count() == 1


def test_laying_out_a_draft_again_changes_the_same_rows_and_moves_nothing(world, sign_in, draft):
    client = sign_in(world.ld_lead)
    client.post(lay_out_url(draft), SENT)
    before = saved(draft)
    ScheduledSession.objects.filter(pk=before[0].pk).update(venue="Room 2")
    client.post(lay_out_url(draft), SENT | {"shape": "three_days", "starts_at": "9.30am"})
    after = saved(draft)
    assert [row.pk for row in after] == [row.pk for row in before]
    assert (after[0].venue, after[0].moved_at) == ("Room 2", None)
    assert len({row.held_on for row in after}) == 3
    assert "Days of four sessions" in page_of(client, lay_out_url(draft))


def test_a_running_cohort_keeps_what_was_held_and_marks_what_moves(world, sign_in, running):
    now = timezone.now()
    held = ScheduledSessionFactory(
        cohort=running, session=ProgrammeSessionFactory(number=1), starts_at=now - dt.timedelta(days=7)
    )
    coming = ScheduledSessionFactory(
        cohort=running, session=ProgrammeSessionFactory(number=2), starts_at=now + dt.timedelta(days=7)
    )
    client = sign_in(world.ld_lead)
    page = page_of(client, lay_out_url(running), SENT)
    assert "Already held, stays as it is" in page
    assert "are told of every session that moves" in page
    client.post(lay_out_url(running), SENT)
    rows = {row.session.number: row for row in saved(running)}
    assert len(rows) == 12
    assert (rows[1].starts_at, rows[1].moved_at) == (held.starts_at, None)
    assert rows[2].held_on >= dt.date(YEAR, 3, 1)
    assert rows[2].moved_from == coming.starts_at
    assert rows[3].moved_at is None


def test_the_rest_cannot_begin_before_what_was_held(world, sign_in, running):
    held = ScheduledSessionFactory(
        cohort=running, session=ProgrammeSessionFactory(number=1), starts_at=timezone.now() - dt.timedelta(days=7)
    )
    on = held.held_on
    sent = SENT | {"first_on_day": on.day, "first_on_month": on.month, "first_on_year": on.year}
    answer = sign_in(world.ld_lead).post(lay_out_url(running), sent)
    assert f"Enter a date after {on.day} {on:%B %Y}, when session 1 was" in answer.content.decode()
    assert len(saved(running)) == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"shape": ""}, "Choose how often you meet"),
        ({"shape": "daily"}, "Choose one of the five"),
        ({"first_on_month": "13"}, "The date of the first meeting must be a real date"),
        ({"first_on_day": ""}, "The date of the first meeting must include a day"),
        ({"first_on_year": "1999"}, "The date of the first meeting must be"),
        ({"starts_at": "ten"}, "Enter the start time like 10:00 or 2pm"),
        ({"starts_at": "03:00"}, "Enter a start time from 07:00 to 20:00"),
        ({"shape": "three_days", "starts_at": "14:00"}, "Enter 13:00 or earlier"),
        ({"shape": "three_days", "starts_at": "11:00", "lunch_minutes": "175"}, "Enter 10:50 or earlier"),
        (
            {"shape": "three_days", "starts_at": "10:00", "break_minutes": "120", "lunch_minutes": "180"},
            "A day of four takes 13 hours 0 minutes with its breaks. Enter 07:15 or earlier",
        ),
        ({"days_apart": "0"}, "Enter a number of days from 1 to 180, like 28"),
        ({"shape": "own", "days_apart": ""}, "Enter how many days there are from one session to the next, like 10"),
        ({"break_minutes": "121"}, "Enter a number of minutes from 0 to 120, like 15"),
        ({"lunch_minutes": "an hour"}, "Enter a number of minutes from 0 to 180, like 45"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_wrong_input_is_kept_and_says_how_to_mend_it(world, sign_in, draft, wrong, message, method):
    answer = getattr(sign_in(world.ld_lead), method)(lay_out_url(draft), SENT | wrong)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error: " in page
    assert page.count(message) == 2  # in the summary and at the field
    assert ">Use these dates</button>" not in page
    for name, typed in (SENT | wrong).items():
        assert name == "shape" or keeps(page, name, typed)
    assert saved(draft) == []


def test_a_closed_cohort_keeps_its_dates(world, sign_in, running):
    Cohort.objects.filter(pk=running.pk).update(status=Cohort.Status.CLOSED)
    row = ScheduledSessionFactory(cohort=running)
    client = sign_in(world.ld_lead)
    assert "Move or change<span" not in page_of(client, dates_url(running))
    answer = client.post(lay_out_url(running), SENT, follow=True)
    assert "This cohort is closed" in answer.content.decode()
    answer = client.post(edit_url(row), sent_for(row, venue="Room 2"), follow=True)
    assert "This cohort is closed" in answer.content.decode()
    assert [each.venue for each in saved(running)] == [""]


@pytest.mark.parametrize(
    ("role", "status"),
    [("supervisor", 403), ("mentor", 403), ("line_manager", 403), ("admin", 403), ("panel_member", 403),
     ("outsider", 404), ("senior_leader", 404)],
)  # fmt: skip
def test_only_leads_set_dates(world, sign_in, running, role, status):
    row = ScheduledSessionFactory(cohort=running)
    client = sign_in(getattr(world, role))
    assert client.get(lay_out_url(running)).status_code == status
    assert client.post(lay_out_url(running), SENT).status_code == status
    # A panel member sees no dates at all.
    of_one = 404 if role == "panel_member" else status
    assert client.get(edit_url(row)).status_code == of_one
    assert client.post(edit_url(row), sent_for(row, venue="Room 2")).status_code == of_one
    assert [each.venue for each in saved(running)] == [""]


def test_a_lead_of_another_organisation_finds_nothing(world, sign_in, running):
    row = ScheduledSessionFactory(cohort=running)
    client = sign_in(world.other.ld_lead)
    for address in (dates_url(running), lay_out_url(running), edit_url(row)):
        assert client.get(address).status_code == 404
        assert client.post(address, SENT).status_code in (404, 405)
    assert len(saved(running)) == 1


# ---------------------------------------------------------------- changing one


def edit_url(row):
    return f"{dates_url(row.cohort)}{row.pk}/"


def sent_for(row, **changes):
    start = timezone.localtime(row.starts_at)
    return {
        "held_on_day": start.day,
        "held_on_month": start.month,
        "held_on_year": start.year,
        "starts_at": f"{start:%H:%M}",
        "minutes": "90",
        "mode": "face_to_face",
        "venue": "",
        "joining_link": "",
        "revision": str(row.revision),
    } | changes


@pytest.fixture
def row(running):
    return ScheduledSessionFactory(
        cohort=running, session=ProgrammeSessionFactory(number=6), starts_at=at_local(working(3, 3), TEN)
    )


def working(month, day):
    """The first Tuesday to Thursday of that week, far from any bank holiday."""
    on = dt.date(YEAR, month, day)
    return on + dt.timedelta(days=(1 - on.weekday()) % 7)


def test_a_session_of_a_running_cohort_is_moved(world, sign_in, row):
    client = sign_in(world.ld_lead)
    assert 'value="10:00"' in page_of(client, edit_url(row))
    on = working(6, 7)
    answer = client.post(
        edit_url(row),
        sent_for(
            row, held_on_day=on.day, held_on_month=on.month, starts_at="2pm", minutes="120", mode="online",
            venue=" Room 2 ", joining_link="https://meet.example.org/6",
        ),
    )  # fmt: skip
    assert (answer.status_code, answer.url) == (302, dates_url(row.cohort))
    before = row.starts_at
    row.refresh_from_db()
    assert row.starts_at == at_local(on, dt.time(14, 0))
    assert row.minutes == 120
    assert (row.mode, row.venue, row.joining_link) == ("online", " Room 2 ", "https://meet.example.org/6")
    assert (row.moved_from, row.revision) == (before, 2)
    assert AuditEvent.objects.get(target_id=row.pk).verb == "moved session"
    page = page_of(client, dates_url(row.cohort))
    assert "moved from" in page
    assert "Session 6 is on" in page


def test_a_new_place_moves_nothing(world, sign_in, row):
    sign_in(world.ld_lead).post(edit_url(row), sent_for(row, venue="Room 2"))
    row.refresh_from_db()
    assert (row.venue, row.moved_at, row.revision) == ("Room 2", None, 2)
    assert AuditEvent.objects.get(target_id=row.pk).verb == "changed session"


def test_saving_what_is_saved_changes_nothing(world, sign_in, row):
    assert sign_in(world.ld_lead).post(edit_url(row), sent_for(row)).status_code == 302
    row.refresh_from_db()
    assert row.revision == 1
    assert AuditEvent.objects.filter(target_id=row.pk).count() == 0


def test_a_draft_is_changed_without_a_word_to_anybody(world, sign_in, draft):
    row = ScheduledSessionFactory(cohort=draft, starts_at=at_local(working(3, 3), TEN))
    sign_in(world.ld_lead).post(edit_url(row), sent_for(row, starts_at="11:00"))
    row.refresh_from_db()
    assert timezone.localtime(row.starts_at).hour == 11
    assert row.moved_at is None


def test_putting_a_past_date_right_tells_nobody(world, sign_in, running):
    row = ScheduledSessionFactory(cohort=running, starts_at=at_local(dt.date(YEAR - 2, 3, 3), TEN))
    sign_in(world.ld_lead).post(edit_url(row), sent_for(row, starts_at="11:00"))
    row.refresh_from_db()
    assert timezone.localtime(row.starts_at).hour == 11
    assert row.moved_at is None


def test_a_stale_save_shows_both_and_asks_again(world, sign_in, row):
    client = sign_in(world.ld_lead)
    stale = sent_for(row, venue="My room")
    client.post(edit_url(row), sent_for(row, venue="Their room"))
    answer = client.post(edit_url(row), stale)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert differing(answer) == {"Place": ("[Their] room", "[My] room")}
    assert '<textarea name="revision" hidden aria-hidden="true" tabindex="-1">\n2</textarea>' in page
    row.refresh_from_db()
    assert (row.venue, row.revision) == ("Their room", 2)
    assert client.post(edit_url(row), stale | {"revision": "2"}).status_code == 302
    row.refresh_from_db()
    assert (row.venue, row.revision) == ("My room", 3)


@pytest.mark.parametrize(("month", "words"), [(12, "That is a bank holiday"), (None, "That is a Saturday")])
def test_a_day_on_which_few_work_is_named_and_allowed(world, sign_in, row, month, words):
    on = dt.date(YEAR, 12, 25) if month else working(6, 7) + dt.timedelta(days=4)
    client, sent = sign_in(world.ld_lead), sent_for(row, held_on_day=on.day, held_on_month=on.month)
    page = client.post(edit_url(row), sent).content.decode()
    assert page.count(f"<li>{words}</li>") == 1
    row.refresh_from_db()
    assert row.revision == 1
    move = f"Move to {date_and_time(at_local(on, TEN))}"
    assert f'<input type="hidden" name="checked" value="{move}">' in page
    assert f">{move}</button>" in page
    page = client.post(edit_url(row), sent | {"checked": move}, follow=True).content.decode()
    assert f"{words}. Change it if you did not mean it" in page
    row.refresh_from_db()
    assert row.held_on == on


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"held_on_day": "31", "held_on_month": "2"}, "The date of the session must be a real date"),
        ({"starts_at": ""}, "Enter the start time, like 10:00 or 2pm"),
        ({"minutes": "0"}, "Enter a number of minutes from 15 to 480, like 90"),
        ({"mode": "by_post"}, "Choose one of the two"),
        ({"venue": "x" * 301}, "Enter a place of 300 characters or fewer"),
        ({"venue": "x\x00"}, "cannot be saved"),
        ({"joining_link": "javascript:alert(1)"}, "Enter a web address that begins with https:// or http://"),
    ],
)
def test_wrong_input_of_one_session_is_kept(world, sign_in, row, wrong, message):
    answer = sign_in(world.ld_lead).post(edit_url(row), sent_for(row, **wrong))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error: " in page
    assert message in page
    for name, typed in wrong.items():
        assert name in ("mode", "venue") or keeps(page, name, typed)
    row.refresh_from_db()
    assert row.revision == 1


def test_two_sessions_of_a_cohort_cannot_meet_at_once(world, sign_in, row):
    other = ScheduledSessionFactory(cohort=row.cohort, session=ProgrammeSessionFactory(number=7), starts_at=row.ends_at)
    client = sign_in(world.ld_lead)
    page = client.post(edit_url(row), sent_for(row, minutes="91")).content.decode()
    assert "Session 7 of this cohort is from 11:30 to 13:00 that day. Enter another time or date" in page
    assert client.post(edit_url(other), sent_for(other, venue="x")).status_code == 302
    row.refresh_from_db()
    assert row.revision == 1


def test_a_time_the_clocks_skip_is_refused(world, sign_in, row):
    last_sunday = max(on for on in (dt.date(YEAR, 3, day) for day in range(25, 32)) if on.weekday() == 6)
    sent = sent_for(row, held_on_day=last_sunday.day, held_on_month=3, starts_at="01:30")
    assert "The clocks go forward then" in sign_in(world.ld_lead).post(edit_url(row), sent).content.decode()


def test_a_session_of_another_cohort_is_not_found(world, sign_in, row):
    foreign = ScheduledSessionFactory(cohort=world.other.cohort, session=row.session)
    client = sign_in(world.ld_lead)
    assert client.get(f"{dates_url(row.cohort)}{foreign.pk}/").status_code == 404
    assert client.get(f"{dates_url(world.other.cohort)}{row.pk}/").status_code == 404
