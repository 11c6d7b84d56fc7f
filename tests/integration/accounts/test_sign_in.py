"""Signing in through the real pages: password, second factor, limits, reset, sessions."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.models import AccountMail, AuditEvent, Membership, Organisation
from tests.factories.accounts import PASSWORD, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"
ACTIVATE = "/accounts/2fa/totp/activate/"
CODE = "/accounts/2fa/authenticate/"


@pytest.fixture
def person():
    user = UserFactory(name="Pat Person", email="pat@example.org")
    user.set_password(PASSWORD)
    user.save()
    MembershipFactory(user=user, organisation=OrganisationFactory(name="Northshire"))
    return user


def sign_in(client, email="pat@example.org", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def code_for(secret, step=0):
    counter = next(iter(yield_hotp_counters_from_time())) + step
    return format_hotp_value(hotp_value(secret, counter))


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def set_up_factor(client):
    """Through the page, as a person does; gives the secret."""
    secret = client.get(ACTIVATE).context["form"].secret
    assert client.post(ACTIVATE, {"code": code_for(secret)}).status_code == 302
    return secret


class TestPassword:
    def test_signs_in_and_is_recorded(self, client, person):
        assert sign_in(client).url == "/"
        assert is_signed_in(client)
        event = AuditEvent.objects.get()
        assert (event.verb, event.actor, event.organisation.name) == ("signed in", person, "Northshire")

    def test_case_and_spaces_of_the_address_do_not_matter(self, client, person):
        assert sign_in(client, email=" PAT@example.org ").status_code == 302

    @pytest.mark.parametrize("email", ["pat@example.org", "nobody@example.org"])
    def test_a_wrong_one_is_answered_alike(self, client, person, email):
        answer = sign_in(client, email=email, password="not the password")
        assert answer.status_code == 200
        assert answer.context["form"].non_field_errors() == [
            "Check the e-mail address and the password: together they match no account"
        ]
        assert not is_signed_in(client)

    def test_an_invited_person_has_none(self, client, person):
        UserFactory(email="waiting@example.org", is_active=False).set_unusable_password()
        assert sign_in(client, email="waiting@example.org", password="!").status_code == 200
        assert not is_signed_in(client)

    @pytest.mark.parametrize("where", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:1"])
    def test_leads_nowhere_else(self, client, person, where):
        assert sign_in(client, next=where).url == "/"

    def test_the_session_is_a_new_one(self, client, person):
        client.get(LOGIN)
        client.session.save()
        before = client.session.session_key
        sign_in(client)
        assert client.session.session_key != before

    def test_a_wrong_password_locks_for_minutes_not_for_good(self, client, person):
        for _ in range(5):
            sign_in(client, password="wrong one again")
        assert "Too many failed" in str(sign_in(client).context["form"].errors)
        assert not is_signed_in(client)
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)):
            assert sign_in(client).status_code == 302

    def test_a_made_up_forwarded_address_does_not_widen_the_limit(self, client, person):
        for n in range(11):
            client.post(
                LOGIN,
                {"login": f"nobody{n}@example.org", "password": "x"},
                headers={"x-forwarded-for": f"10.0.0.{n}"},
            )
        assert "Too many failed" in str(sign_in(client).context["form"].errors)


class TestSessions:
    def test_end_after_a_day_without_use(self, client, person):
        sign_in(client)
        assert client.session.get_expiry_age() == 24 * 60 * 60
        with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
            assert not is_signed_in(client)

    def test_end_after_seven_days_of_use(self, client, person):
        began = timezone.now()
        sign_in(client)
        for day in range(1, 7):
            with time_machine.travel(began + dt.timedelta(days=day) - dt.timedelta(hours=1)):
                assert is_signed_in(client)
        with time_machine.travel(began + dt.timedelta(days=6, hours=20)):
            assert is_signed_in(client)
        with time_machine.travel(began + dt.timedelta(days=7, minutes=1)):
            assert not is_signed_in(client)

    def test_are_listed_and_the_others_can_be_ended(self, client, person):
        other = Client(headers={"user-agent": "Other browser"})
        sign_in(other)
        sign_in(client)
        assert "Other browser" in client.get("/accounts/sessions/").content.decode()
        client.post("/accounts/sessions/")
        assert is_signed_in(client)
        assert not is_signed_in(other)
        assert UserSession.objects.count() == 1

    def test_end_everywhere_with_a_new_password(self, client, person):
        other = Client()
        sign_in(other)
        sign_in(client)
        new = "another good long password"
        client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
        person.refresh_from_db()
        assert person.check_password(new)
        assert not is_signed_in(other)
        assert AccountMail.objects.get().subject == "Your password has been changed"

    def test_end_with_a_closed_account(self, client, person):
        sign_in(client)
        type(person).objects.update(is_active=False)
        assert not is_signed_in(client)


class TestSecondFactor:
    @pytest.fixture
    def secret(self, client, person):
        sign_in(client)
        found = set_up_factor(client)
        client.post("/accounts/logout/")
        return found

    def test_the_secret_is_stored_encrypted(self, secret):
        assert secret not in Authenticator.objects.get(type="totp").data["secret"]

    def test_setting_it_up_is_recorded_and_mailed(self, client, person, django_capture_on_commit_callbacks):
        sign_in(client)
        with django_capture_on_commit_callbacks(execute=True):
            set_up_factor(client)
        assert AuditEvent.objects.filter(verb="added second factor", subject=person).exists()
        assert AccountMail.objects.get().subject == "The second step at sign-in is on"

    def test_changing_it_asks_for_the_password_after_a_quarter_of_an_hour(self, client, person):
        sign_in(client)
        assert client.get(ACTIVATE).status_code == 200
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
            assert client.get(ACTIVATE).url.startswith("/accounts/reauthenticate/")
            client.post("/accounts/reauthenticate/", {"password": PASSWORD})
            assert client.get(ACTIVATE).status_code == 200

    def test_the_picture_is_drawn_into_the_page(self, client, person):
        sign_in(client)
        text = client.get(ACTIVATE).content.decode()
        assert '<svg role="img" aria-label="QR code' in text
        assert "data:image" not in text

    def test_nothing_opens_before_the_code(self, client, secret):
        assert sign_in(client).url.startswith(CODE)
        assert not is_signed_in(client)
        assert client.post(CODE, {"code": "000000"}).status_code == 200
        assert not is_signed_in(client)
        with time_machine.travel(timezone.now() + dt.timedelta(seconds=60)):
            client.post(CODE, {"code": code_for(secret)})
            assert is_signed_in(client)

    def test_a_code_works_once_however_it_is_written(self, client, secret):
        with time_machine.travel(timezone.now() + dt.timedelta(seconds=60), tick=False):
            code = code_for(secret)
            sign_in(client)
            client.post(CODE, {"code": code})
            assert is_signed_in(client)
            wide = "".join(chr(0xFF10 + int(figure)) for figure in code)
            for spelling in (code, f" {code} ", f"{code[:3]} {code[3:]}", wide):
                other = Client()
                sign_in(other)
                other.post(CODE, {"code": spelling})
                assert not is_signed_in(other)

    def test_a_recovery_code_works_once(self, client, secret, person):
        recovery = Authenticator.objects.get(user=person, type="recovery_codes").wrap()
        code = recovery.get_unused_codes()[0]
        sign_in(client)
        client.post(CODE, {"code": code})
        assert is_signed_in(client)
        other = Client()
        sign_in(other)
        other.post(CODE, {"code": code})
        assert not is_signed_in(other)

    def test_half_a_sign_in_lends_nothing_to_the_next_person(self, client, secret):
        plain = UserFactory(email="plain@example.org")
        plain.set_password(PASSWORD)
        plain.save()
        sign_in(client, email="plain@example.org")
        client.post("/accounts/logout/")
        sign_in(client)
        assert not is_signed_in(client)
        sign_in(client, email="plain@example.org")
        client.post("/accounts/logout/")
        assert sign_in(client).url.startswith(CODE)
        assert not is_signed_in(client)

    def test_codes_cannot_be_tried_for_ever(self, client, secret):
        sign_in(client)
        answers = [client.post(CODE, {"code": "000000"}) for _ in range(8)]
        with time_machine.travel(timezone.now() + dt.timedelta(seconds=31)):
            client.post(CODE, {"code": code_for(secret)})
        assert not is_signed_in(client)
        assert "Too many failed" in answers[-1].content.decode()


class TestRequiredSecondFactor:
    @pytest.fixture(autouse=True)
    def required(self, person):
        Organisation.objects.update(second_factor_required=True)

    @pytest.mark.parametrize(
        "url", ["/", "/account/", "/organisation/people/", "/accounts/sessions/", "/accounts/2fa/"]
    )
    def test_everything_leads_to_the_set_up(self, client, person, url):
        sign_in(client)
        assert client.get(url).url == ACTIVATE

    def test_what_was_being_written_is_given_back(self, client, person):
        sign_in(client)
        answer = client.post("/evidence/new/", {"body": "Half a page of thoughts"})
        assert answer.status_code == 403
        assert "Half a page of thoughts" in answer.content.decode()
        assert ACTIVATE in answer.content.decode()

    def test_set_up_then_everything_is_open(self, client, person):
        sign_in(client)
        set_up_factor(client)
        assert is_signed_in(client)

    def test_the_way_out_and_public_pages_stay_open(self, client, person):
        sign_in(client)
        assert client.get("/healthz").status_code == 200
        assert client.post("/accounts/logout/").status_code == 302

    def test_is_of_no_concern_once_the_membership_has_ended(self, client, person):
        Membership.objects.update(ends_on=timezone.localdate())
        sign_in(client)
        assert is_signed_in(client)


class TestReset:
    def test_known_and_unknown_are_answered_and_mailed_alike(self, client, person):
        texts = []
        for email in ("pat@example.org", "nobody@example.org"):
            answer = client.post(RESET, {"email": email}, follow=True)
            texts.append(re.sub(r'value="\w{64}"', "", answer.content.decode()).replace(email, "address"))
        assert texts[0] == texts[1]
        mails = AccountMail.objects.order_by("due_at")
        assert [mail.to for mail in mails] == ["pat@example.org", "nobody@example.org"]
        assert len({mail.subject for mail in mails}) == 1

    def test_the_link_sets_a_password_and_works_once(self, client, person):
        url = self.link(client)
        page = client.get(url, follow=True)
        target = page.redirect_chain[-1][0]
        new = "another good long password"
        assert client.post(target, {"password1": new, "password2": new}).status_code == 302
        person.refresh_from_db()
        assert person.check_password(new)
        assert Client().get(url).context["token_fail"]
        assert AuditEvent.objects.filter(verb="reset password", subject=person).exists()

    @pytest.mark.parametrize("password", ["short", "123456789012345", "pat@example.org", "Pat Person1234"])
    def test_the_rules_for_passwords_hold(self, client, person, password):
        target = client.get(self.link(client), follow=True).redirect_chain[-1][0]
        assert client.post(target, {"password1": password, "password2": password}).status_code == 200
        person.refresh_from_db()
        assert person.check_password(PASSWORD)

    def link(self, client):
        client.post(RESET, {"email": "pat@example.org"})
        (url,) = re.findall(r"http://localhost:8000(/accounts/password/reset/key/\S+)", AccountMail.objects.get().text)
        return url

    @pytest.mark.parametrize("host", ["evil.example", "localhost:8000@evil.example", "localhost.evil.example"])
    def test_the_link_never_follows_the_host(self, client, person, host):
        assert client.post(RESET, {"email": "pat@example.org"}, headers={"host": host}).status_code == 400
        client.post(RESET, {"email": "pat@example.org"}, headers={"x-forwarded-host": host})
        assert "evil" not in AccountMail.objects.get().text

    @pytest.mark.parametrize(
        "typed", ["p\u0430t@example.org", "\uff50at@example.org", "pat@example\u3002org", "pat@ex\u00e4mple.org"]
    )
    def test_a_look_alike_gets_nothing_of_hers(self, client, person, typed):
        client.post(RESET, {"email": typed})
        assert not AccountMail.objects.filter(text__contains="/key/").exists()

    def test_two_addresses_in_one_request_make_one_mail_to_a_stored_one(self, client, person):
        client.post(RESET, {"email": ["pat@example.org", "thief@example.org"]})
        client.post(RESET, {"email[]": ["pat@example.org", "thief@example.org"]})
        links = AccountMail.objects.filter(text__contains="/key/").values_list("to", flat=True)
        assert set(links) <= {"pat@example.org"}
        assert AccountMail.objects.count() == 1

    def test_an_invited_person_is_not_let_in_by_it(self, client, person):
        UserFactory(email="waiting@example.org", is_active=False)
        client.post(RESET, {"email": "waiting@example.org"})
        assert "/key/" not in AccountMail.objects.get().text

    def test_no_mail_flood(self, client, person):
        for _ in range(8):
            client.post(RESET, {"email": "pat@example.org"})
        assert AccountMail.objects.count() == 5


class TestRefusals:
    def test_an_anonymous_post_gets_its_text_back(self, client, db):
        answer = client.post("/account/", {"name": "Hours of work", "password": "never shown"})
        text = answer.content.decode()
        assert answer.status_code == 401
        assert "Hours of work" in text
        assert "never shown" not in text

    def test_a_post_without_a_token_gets_its_text_back(self, person):
        client = Client(enforce_csrf_checks=True)
        client.force_login(person)
        answer = client.post("/account/", {"name": "Hours of work"})
        assert answer.status_code == 403
        assert "Hours of work" in answer.content.decode()
        person.refresh_from_db()
        assert person.name == "Pat Person"

    @pytest.mark.parametrize(
        "url",
        ["signup/", "email/", "confirm-email/", "confirm-email/x/", "login/code/confirm/", "2fa/webauthn/add/"],
    )
    def test_pages_that_are_not_offered_are_not_there(self, client, person, url):
        assert client.get(f"/accounts/{url}").status_code == 404
        client.force_login(person)
        for method in ("get", "post"):
            assert getattr(client, method)(f"/accounts/{url}").status_code == 404
