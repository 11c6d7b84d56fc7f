"""Headers that every answer carries: each address of the portal, and every refusal."""

import pytest
from django.conf import settings as portal
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from accounts.models import Role
from tests.factories.accounts import OrganisationFactory, member

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
UUID = "11111111-1111-4111-8111-111111111111"
SAMPLES = {"uuid": UUID, "int": "1", "str": "sample", "slug": "sample", "path": "sample", "point": "start"}


def addresses():
    """(name, path) of every pattern of the URLconf, with a sample for each argument."""
    found = []

    def walk(patterns, prefix):
        for pattern in patterns:
            path = prefix + _sampled(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, path)
            elif isinstance(pattern, URLPattern):
                found.append(path)

    walk(get_resolver().url_patterns, "/")
    return sorted(set(found))


def _sampled(pattern):
    text = str(pattern)
    if hasattr(pattern, "_route"):
        for name, converter in pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            text = text.replace(f"<{kind}:{name}>", SAMPLES[kind]).replace(f"<{name}>", "sample")
        return text
    # allauth's and our few patterns by regular expression
    text = text.removeprefix("^").removesuffix("$")
    for group, sample in (
        ("(?P<uidb36>[0-9A-Za-z]+)", "abc"),
        ("(?P<key>[-:\\w]+)", "abc"),
        ("(?P<key>.+)", "abc"),
        ("(?:.*)", "abc"),
    ):
        text = text.replace(group, sample)
    return text


# Addresses that let in whoever has them tell no other site where somebody came from, not even its name; the form of
# the register says the site, which the check against forged posts needs.
WITH_A_SECRET = {"/register/": "strict-origin", "/": "no-referrer"}


def referrer_policy(path):
    if not path.startswith("/deliveries/guest/"):
        return "same-origin"
    return next(policy for end, policy in WITH_A_SECRET.items() if path.endswith(end))


def assert_headers(answer, path="/"):
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == referrer_policy(path)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"


@pytest.fixture
def signed_in(sign_in):
    return sign_in(member(OrganisationFactory(), Role.ORGANISATION_ADMIN, Role.LD_LEAD, Role.SENIOR_LEADER))


def test_the_walk_finds_every_kind_of_address():
    found = addresses()
    assert {"/", "/healthz", "/account/", f"/organisation/people/{UUID}/", "/accounts/login/"} <= set(found)
    assert not [path for path in found if "<" in path or "(" in path]


@pytest.mark.slow
@pytest.mark.parametrize("persona", ["stranger", "everything"])
def test_every_address(persona, request):
    client = Client() if persona == "stranger" else request.getfixturevalue("signed_in")
    client.raise_request_exception = False
    for path in addresses():
        for method in ("get", "post"):
            if path == "/accounts/logout/" and method == "post":
                continue
            answer = getattr(client, method)(path)
            assert answer.status_code < 500, f"{method} {path}"
            assert_headers(answer, path)


def test_refusals(signed_in):
    csrf = Client(enforce_csrf_checks=True)
    plain = Client()
    plain.force_login(member(OrganisationFactory()))
    answers = {
        404: signed_in.get("/nowhere/"),
        403: plain.get("/organisation/"),
        401: Client().post("/account/", {"name": "x"}),
        400: Client().get("/", headers={"host": "evil.example"}),
        405: signed_in.put("/account/"),
    }
    assert {status: answer.status_code for status, answer in answers.items()} == {s: s for s in answers}
    for answer in (*answers.values(), csrf.post("/accounts/login/", {})):
        assert_headers(answer)


def test_an_error_of_ours(signed_in, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError("canary")

    monkeypatch.setattr("accounts.views.account.Account.load", fails)
    signed_in.raise_request_exception = False
    answer = signed_in.get("/account/")
    assert answer.status_code == 500
    assert b"canary" not in answer.content
    assert_headers(answer)


def test_cookies(client, signed_in):
    answers = client.get("/accounts/login/"), signed_in.get("/account/")
    cookies = [cookie for answer in answers for cookie in answer.cookies.values()]
    assert {cookie.key for cookie in cookies} >= {"session", "csrf"}
    for cookie in cookies:
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_every_class_named_in_the_settings_exists():
    for path in (*portal.MIDDLEWARE, *portal.TIMELINE_MODULES, portal.CSRF_FAILURE_VIEW):
        if path in portal.TIMELINE_MODULES:
            __import__(path)
        else:
            assert import_string(path)
