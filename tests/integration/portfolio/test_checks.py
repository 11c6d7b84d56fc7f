"""Looking for identifying words before a piece is opened: replaced or said to be fine, and found nowhere else."""

import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from accounts.models import AuditEvent, SaidFine
from portfolio.models import Evidence, EvidenceVersion
from pqs_portal.demo.shown import shown_mentor
from reminders.models import Notification
from tests.factories.portfolio import EvidenceFactory, area_of

TITLE = "A hard talk with Oluwaseun Adeyemi"
BODY = (
    "I met Oluwaseun Adeyemi at the office on Tuesday. Oluwaseun said that the daughter rings her on 07700 900123.\n\n"
    "We looked at NHS number 943 476 5919 in the file. Kolb helped me to think about it."
)
WHY = "Because Oluwaseun Adeyemi taught me to wait"
SECRET = ("Oluwaseun", "Adeyemi", "07700 900123", "943 476 5919")


@pytest.fixture
def evidence(world):
    return EvidenceFactory(
        enrolment=world.enrolment, title=TITLE, body=BODY, areas={area_of(world.enrolment, 1): "It fits"}
    )


@pytest.fixture
def writer(world, sign_in):
    return sign_in(world.supervisor)


def url(evidence):
    return reverse("portfolio:evidence_share", args=[evidence.pk])


def sent(evidence, **changes):
    return {
        "version": evidence.version,
        "audience": "portfolio",
        "nobody_recognisable": "on",
        "shown": shown_mentor(evidence.enrolment),
        "why_1": WHY,
    } | changes


def words_of(response):
    return response.context["words"]


def found_in(response):
    return {row.item.words[0]: row for row in words_of(response).open_items}


def press(client, evidence, what, word, instead=None, **changes):
    """One of the buttons beside a word, with the form as it stands on the page before."""
    page = client.post(url(evidence), sent(evidence, **changes, words_do="look"))
    row = found_in(page)[word]
    pressed = f"{what}:{row.token}" + (f":{instead or row.item.stand_ins[0]}" if what == "use" else "")
    return client.post(url(evidence), sent(evidence, **changes, words_do=pressed))


def test_what_was_found_stands_on_the_page_with_its_kind_and_place(writer, evidence):
    response = writer.get(url(evidence))
    found = {
        tuple(row.item.words): (row.item.title, [place.label for place in row.item.places], row.item.count)
        for row in words_of(response).open_items
    }
    assert found == {
        ("Oluwaseun Adeyemi", "Oluwaseun"): ("Name", ["Title", "Text", "Text"], 3),
        ("943 476 5919",): ("NHS number", ["Text"], 1),
        ("07700 900123",): ("Phone number", ["Text"], 1),
    }
    html = response.content.decode()
    assert '<mark class="pp-found">Oluwaseun</mark> said that the daughter' in html
    assert "recognised by a place, a team or their story" in html
    assert "anonym" not in html.lower()


def test_nothing_is_shared_before_each_was_looked_at(writer, evidence):
    response = writer.post(url(evidence), sent(evidence))
    assert response.context["form"].non_field_errors() == [
        "Look at the 3 things that were found first: write something else, or say that it is fine"
    ]
    # What was typed is there, and was looked at too.
    assert response.context["form"]["why_1"].value() == WHY
    assert [place.label for place in found_in(response)["Oluwaseun Adeyemi"].item.places] == ["Title", "Text", "Text"]
    assert found_in(response)["Oluwaseun Adeyemi"].item.count == 4
    evidence.refresh_from_db()
    assert (evidence.audience, evidence.version) == ("only_me", 1)


def test_another_word_is_written_everywhere_as_the_next_version(writer, evidence):
    instead = found_in(writer.get(url(evidence)))["Oluwaseun Adeyemi"].item.stand_ins[0]
    response = press(writer, evidence, "use", "Oluwaseun Adeyemi")
    assert response.status_code == 200
    evidence.refresh_from_db()
    assert (evidence.version, evidence.audience) == (2, "only_me")
    assert evidence.title == f"A hard talk with {instead}"
    assert evidence.body.startswith(f"I met {instead} at the office on Tuesday. {instead} said")
    assert evidence.mappings.get().rationale == f"Because {instead} taught me to wait"
    form = response.context["form"]
    assert (form["version"].value(), form["why_1"].value()) == ("2", f"Because {instead} taught me to wait")
    assert (form["audience"].value(), form["nobody_recognisable"].value()) == ("portfolio", True)
    assert not form.errors
    assert "Oluwaseun Adeyemi" not in found_in(response)
    assert "Oluwaseun" not in response.content.decode()
    assert words_of(response).done == f"“{instead}” stands there now."


def test_the_writer_chooses_who_it_is(writer, evidence):
    stand_ins = found_in(writer.get(url(evidence)))["Oluwaseun Adeyemi"].item.stand_ins
    assert {"Adult A", "Worker A", "Relative A", "Person A"} == set(stand_ins)
    press(writer, evidence, "use", "Oluwaseun Adeyemi", "Worker A")
    evidence.refresh_from_db()
    assert evidence.title == "A hard talk with Worker A"
    # Who stands in the text already may be meant by another name.
    Evidence.objects.filter(pk=evidence.pk).update(body=f"{evidence.body} Later Babatunde Okonkwo rang.")
    again = found_in(writer.get(url(evidence)))["Babatunde Okonkwo"].item.stand_ins
    assert (again[0].endswith(" B"), again[-1]) == (True, "Worker A")
    # Words that were never offered are not written.
    row = found_in(writer.get(url(evidence)))["Babatunde Okonkwo"]
    writer.post(url(evidence), sent(evidence, words_do=f"use:{row.token}:Nonsense"))
    evidence.refresh_from_db()
    assert "Babatunde Okonkwo" in evidence.body


def test_all_at_once(writer, evidence):
    response = writer.post(url(evidence), sent(evidence, words_do="use_all"))
    evidence.refresh_from_db()
    assert "[phone number]" in evidence.body
    assert "[NHS number]" in evidence.body
    assert not any(word in f"{evidence.title} {evidence.body}" for word in SECRET)
    assert words_of(response).count == 0
    assert writer.post(url(evidence), sent(evidence, why_1="It fits")).status_code == 302


def test_what_was_said_fine_is_remembered_and_only_new_words_are_asked_about(writer, evidence, world):
    for word in ("Oluwaseun Adeyemi", "943 476 5919", "07700 900123"):
        response = press(writer, evidence, "fine", word)
    assert (words_of(response).count, words_of(response).said_fine) == (0, 3)
    evidence.refresh_from_db()
    assert (evidence.title, evidence.version) == (TITLE, 1)
    assert writer.post(url(evidence), sent(evidence)).status_code == 302
    evidence.refresh_from_db()
    assert (evidence.audience, evidence.shared_version.title) == ("portfolio", TITLE)
    assert list(found_in(writer.get(url(evidence)))) == []
    Evidence.objects.filter(pk=evidence.pk).update(body=f"{BODY} Write to babatunde.okonkwo@example.org")
    assert list(found_in(writer.get(url(evidence)))) == ["babatunde.okonkwo@example.org"]
    # It was said of this piece alone.
    other = EvidenceFactory(enrolment=world.enrolment, title=TITLE, body="We met.")
    assert list(found_in(writer.get(url(other)))) == ["Oluwaseun Adeyemi"]
    # And can be taken back.
    response = writer.post(url(evidence), sent(evidence, words_do="ask_again"))
    assert words_of(response).count == 4
    assert not SaidFine.objects.exists()


def test_one_s_own_name_is_not_asked_about(writer, evidence, world):
    world.supervisor.name = "Adaeze Okonjo"
    world.supervisor.save()
    Evidence.objects.filter(pk=evidence.pk).update(title="Team day", body="Written by Adaeze Okonjo.")
    assert words_of(writer.get(url(evidence))).count == 0


def test_a_newer_save_elsewhere_is_shown_and_not_written_over(writer, evidence):
    row = found_in(writer.get(url(evidence)))["Oluwaseun Adeyemi"]
    Evidence.objects.filter(pk=evidence.pk).update(version=2, body="Oluwaseun Adeyemi and I ate together.")
    pressed = f"use:{row.token}:Adult A"
    stands = found_in(writer.get(url(evidence)))["Oluwaseun Adeyemi"].item.stand_ins
    assert "Adult A" in stands
    response = writer.post(url(evidence), sent(evidence, words_do=pressed))
    assert response.status_code == 409
    assert response.context["form"]["version"].value() == "2"
    assert response.context["form"]["why_1"].value() == WHY
    evidence.refresh_from_db()
    assert (evidence.version, evidence.body) == (2, "Oluwaseun Adeyemi and I ate together.")
    # Seen now, the same press writes.
    assert writer.post(url(evidence), sent(evidence, words_do=pressed)).status_code == 200
    evidence.refresh_from_db()
    assert (evidence.version, evidence.body) == (3, "Adult A and I ate together.")


def test_a_title_that_would_get_too_long_is_said_and_changes_nothing(writer, evidence):
    Evidence.objects.filter(pk=evidence.pk).update(title=f"{'Long ' * 38}AB123456C", body="We met.")
    row = found_in(writer.get(url(evidence)))["AB123456C"]
    response = writer.post(url(evidence), sent(evidence, words_do=f"use:{row.token}:{row.item.stand_ins[0]}"))
    assert "The title would be too long" in response.context["form"].non_field_errors()[0]
    evidence.refresh_from_db()
    assert evidence.version == 1


def test_what_was_found_is_kept_nowhere(writer, evidence, caplog):
    caplog.set_level(logging.DEBUG)
    press(writer, evidence, "fine", "943 476 5919")
    press(writer, evidence, "use", "Oluwaseun Adeyemi")
    evidence.refresh_from_db()
    press(writer, evidence, "use", "07700 900123", why_1="It fits")
    kept = [
        *(str(vars(record)) for record in caplog.records if not record.name.startswith("django.db")),
        *(str(list(model.objects.values())) for model in (AuditEvent, Notification, SaidFine)),
        *(str(session.get_decoded()) for session in Session.objects.all()),
    ]
    assert not [text for text in kept for word in SECRET if word in text]
    assert SaidFine.objects.get().digest != ""
    assert EvidenceVersion.objects.filter(evidence=evidence).order_by("-number")[0].audience == "only_me"
    verbs = set(AuditEvent.objects.filter(target_id=evidence.pk).values_list("verb", flat=True))
    assert verbs == {"saved evidence"}


@pytest.mark.parametrize("person", ["outsider", "mentor", "ld_lead", "admin"])
def test_nobody_else_presses(world, sign_in, evidence, person):
    response = sign_in(getattr(world, person)).post(url(evidence), sent(evidence, words_do="use_all"))
    assert response.status_code == 404
    evidence.refresh_from_db()
    assert (evidence.title, SaidFine.objects.count()) == (TITLE, 0)


def test_the_buttons_belong_to_the_form_and_enter_shares(writer, evidence):
    html = writer.get(url(evidence)).content.decode()
    form = re.search(r'<form[^>]*id="check-and-share"', html)
    assert form
    buttons = re.findall(r"<button[^>]*form=\"check-and-share\"[^>]*>", html)
    assert " name=" not in buttons[0]
    assert all('name="words_do"' in button for button in buttons[1:])
    assert len(buttons) > 6


@pytest.mark.parametrize("names", [1, 12])
def test_it_costs_the_same_however_much_is_found(writer, evidence, django_assert_num_queries, names):
    people = "Oluwaseun Babatunde Chidi Dimitrios Efua Fatoumata Giuseppe Hyacinth Ifeoma Jagdeep Kwabena Lakshmi"
    body = " ".join(f"I met {name} Okonkwo." for name in people.split()[:names])
    Evidence.objects.filter(pk=evidence.pk).update(title="Team day", body=body)
    writer.get(url(evidence))
    with django_assert_num_queries(11):
        writer.get(url(evidence))


def test_a_character_that_no_text_can_hold_is_told_beside_its_field(writer, evidence):
    response = writer.post(url(evidence), sent(evidence, why_1="a\x00b"))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["why_1"]
