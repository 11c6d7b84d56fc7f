"""Checks of outside addresses, against a site of our own that stands in for the world."""

import datetime as dt
import http.server
import socket
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from pqs_portal.lib import links
from pqs_portal.lib.links import LinkResult, by_dns, check

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]

PUBLIC = "93.184.216.34"
INSIDE = "The address points inside a network, so it is not checked."
NOT_WRITTEN = "The address is not written as web addresses are."


class Site(http.server.BaseHTTPRequestHandler):
    """``/301/<where>`` redirects, ``/410`` answers 410, and a few pages behave badly."""

    def answer(self):
        self.server.asked.append((self.command, self.path, self.headers["Host"], self.headers["Range"]))
        name, _, rest = self.path.partition("?")[0].removeprefix("/").partition("/")
        getattr(self, name, self.numbered)(name, rest)

    do_HEAD = do_GET = answer  # noqa: N815 -- the names that http.server calls

    def numbered(self, name, rest):
        self.send_response(int(name or 200))
        if rest:
            self.send_header("Location", rest)
        self.end_headers()

    def head_refused(self, name, rest):
        self.numbered(rest if self.command == "HEAD" else 206, "")

    def round(self, name, rest):
        self.numbered(302, "/round")

    def slow(self, name, rest):
        self.server.stop.wait(5)

    def drip(self, name, rest):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not self.server.stop.wait(0.05):
            self.wfile.write(b"X: y\r\n")

    def raw(self, name, rest):
        self.wfile.write({
            "garbage": b"\x00\xff garbage\r\n\r\n", "line": b"HTTP/1.1 200 " + b"x" * 100_000, "nothing": b"",
            "many": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
        }[rest])  # fmt: skip

    def endless(self, name, rest):
        if self.command == "HEAD":
            self.numbered(405, "")
            return
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not self.server.stop.wait(0):
            self.wfile.write(b"10000\r\n" + b"\x1f" * 0x10000 + b"\r\n")

    def log_message(self, *args):
        pass


class Quiet(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Callers that hang up are what is tested."""


@pytest.fixture
def site():
    server = Quiet(("127.0.0.1", 0), Site)
    server.asked, server.stop = [], threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.stop.set()
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def look(site):
    """``look(address, names=…)``; ``look.went`` are the addresses that were connected to."""

    def connect(ip, port, seconds):
        look.went.append((ip, port))
        return socket.create_connection(("127.0.0.1", site.server_port), timeout=seconds)

    def look(address, **names):
        return check(address, resolve=lambda host: names.get(host.partition(".")[0], [PUBLIC]), connect=connect)

    look.went = []
    return look


def no_connect(ip, port, seconds):
    raise AssertionError(f"connected to {ip}")


def refused(address, *ips):
    """The words, when nothing may be connected to."""
    result = check(address, resolve=lambda host: list(ips), connect=no_connect)
    assert (result.ok, result.status) == (False, None)
    return result.problem


def test_a_page_that_is_there(look, site):
    assert look("http://site.example/200?q=é&x=1#part") == LinkResult(ok=True, status=200, problem="")
    assert look.went == [(PUBLIC, 80)]
    assert site.asked == [("HEAD", "/200?q=%C3%A9&x=1", "site.example", None)]


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/404", "The address answers “not found”."),
        ("/410", "The address answers “gone”."),
        ("/500", "The address answers “internal server error”."),
        ("/599", "The address answers “599”."),
        ("/403", "The address does not let the portal look. Open it to see whether it works."),
        ("/304", "The address answers “not modified”."),
        ("/302", "The address answers “found”."),
    ],
)
def test_a_page_that_is_not(look, path, problem):
    assert look(f"http://site.example{path}") == LinkResult(ok=False, status=int(path[1:]), problem=problem)


@pytest.mark.parametrize("status", [403, 404, 405, 500, 501])
def test_where_head_is_refused_one_byte_is_asked_for(look, site, status):
    assert look(f"http://site.example/head_refused/{status}") == LinkResult(ok=True, status=206, problem="")
    assert [(method, span) for method, _, _, span in site.asked] == [("HEAD", None), ("GET", "bytes=0-0")]


def test_who_asks_for_less_is_asked_once(look, site):
    assert look("http://site.example/429").status == 429
    assert len(site.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(look, site, status):
    assert look(f"http://site.example/{status}/http://other.example:443/204").ok
    assert [host for _, _, host, _ in site.asked] == ["site.example", "other.example:443"]


def test_five_redirects_and_no_more(look, site):
    five = "".join("/301/http://site.example" for _ in range(5))
    assert look(f"http://site.example{five}/200").ok
    site.asked.clear()
    result = look("http://site.example/round")
    assert result == LinkResult(False, 302, "The address leads from one page to the next without end.")
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("http://127.0.0.1/", INSIDE),
        ("http://inside.example/", INSIDE),
        ("//[::1]/", INSIDE),
        ("file:///etc/passwd", "The address must begin with “https://” or “http://” and the name of a website."),
        ("http://a:b@other.example/", "The address holds a user name or password. Take it out."),
        ("http://other.example:22/", "The address names a port that websites do not use."),
        ("http://[", "The address could not be reached."),
    ],
)
def test_redirects_are_checked_like_the_first_address(look, where, problem):
    assert look(f"http://site.example/302/{where}", inside=["10.0.0.7"]).problem == problem
    assert look.went == [(PUBLIC, 80)]


def test_a_name_that_changes_its_meaning(look):
    """Refused when it is asked again, and connected to only where the check looked."""
    meanings = iter([[PUBLIC], ["127.0.0.1"]])

    def connect(ip, port, seconds):
        assert ip == PUBLIC
        raise ConnectionRefusedError

    assert check("http://x.example/", resolve=lambda host: next(meanings), connect=connect).problem == (
        "The address could not be reached."
    )
    assert check("http://x.example/", resolve=lambda host: next(meanings), connect=connect).problem == INSIDE


def test_a_name_that_changes_its_meaning_between_head_and_get(site):
    meanings = iter([[PUBLIC], ["127.0.0.1"]])

    def connect(ip, port, seconds):
        assert ip == PUBLIC
        return socket.create_connection(("127.0.0.1", site.server_port), timeout=seconds)

    assert check("http://x.example/405", resolve=lambda host: next(meanings), connect=connect).problem == INSIDE


def test_the_next_ip_address_is_tried(look, site):
    went = []

    def connect(ip, port, seconds):
        went.append(ip)
        if ":" in ip:
            raise OSError("Network is unreachable")
        return socket.create_connection(("127.0.0.1", site.server_port), timeout=seconds)

    assert check("http://x.example/", resolve=lambda host: ["2606:2800:220:1::1", PUBLIC], connect=connect).ok
    assert went == ["2606:2800:220:1::1", PUBLIC]


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_slow_servers_are_given_up(look, monkeypatch, path):
    monkeypatch.setattr(links, "SECONDS", 0.3)
    before = time.monotonic()
    assert look(f"http://site.example{path}").problem == "The address did not answer in time."
    assert time.monotonic() - before < 1


@pytest.mark.parametrize("kind", ["garbage", "line", "nothing", "many"])
def test_answers_that_are_none(look, kind):
    assert look(f"http://site.example/raw/{kind}") == LinkResult(False, None, "The address could not be reached.")


def test_an_endless_bomb_is_not_read(look):
    assert look("http://site.example/endless").ok


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.254",
        "0.0.0.0",  # noqa: S104 -- nothing is bound to it
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "203.0.113.9",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "2001::1", "3fff::1",
        "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:100.64.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::", "100::1", "5f00::1",
        "nonsense", "",
    ],
)  # fmt: skip
def test_what_is_not_public_is_not_asked(ip):
    assert refused("http://x.example/", ip) == INSIDE
    assert refused("http://x.example/", PUBLIC, ip) == INSIDE
    if ":" in ip and "%" not in ip:
        assert refused(f"https://[{ip}]/") == INSIDE


@pytest.mark.parametrize(
    "ip",
    [PUBLIC, "2606:2800:220:1::1", "2a00:1450::5", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_what_is_public_is_asked(ip):
    with pytest.raises(AssertionError, match="connected"):
        refused("http://x.example/", ip)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://127.0.0.1/", INSIDE),
        ("http://127.0.0.1:443/", INSIDE),
        ("http://１２７.0.0.1/", INSIDE),
        ("http://127。0。0。1./", INSIDE),
        ("http://[::ffff:7f00:1]/", INSIDE),
        ("https://user@x.example/", "The address holds a user name or password. Take it out."),
        ("https://@x.example/", "The address holds a user name or password. Take it out."),
        ("https://x.example:8080/", "The address names a port that websites do not use."),
        ("https://x.example:0/", "The address names a port that websites do not use."),
        ("https://x.example:99999/", NOT_WRITTEN),
        ("https://x.example:port/", NOT_WRITTEN),
        ("https://good.example\\@x.example/", NOT_WRITTEN),
        ("https://x.example/a b", NOT_WRITTEN),
        ("https://x.example/\r\nHost: y", NOT_WRITTEN),
        ("https://x.\texample/", NOT_WRITTEN),
        ("https://x.example/\u200b", NOT_WRITTEN),
        ("https://x.example/" + "a" * 2000, NOT_WRITTEN),
        ("https://a..example/", NOT_WRITTEN),
        ("https://" + "a" * 64 + ".example/", NOT_WRITTEN),
        ("https://[::1", NOT_WRITTEN),
        ("ftp://x.example/", "The address must begin with “https://” or “http://” and the name of a website."),
        ("javascript:alert(1)", "The address must begin with “https://” or “http://” and the name of a website."),
        ("x.example", "The address must begin with “https://” or “http://” and the name of a website."),
        ("", "The address must begin with “https://” or “http://” and the name of a website."),
        ("https:///path", "The address must begin with “https://” or “http://” and the name of a website."),
        ("https://unknown.example/", "No website of that name could be found."),
    ],
)
def test_hostile_and_mistaken_addresses(address, problem):
    assert refused(address) == problem


@pytest.mark.parametrize("trouble", [socket.gaierror("Name or service not known"), UnicodeError("label too long")])
def test_a_resolver_that_fails(trouble):
    def resolve(host):
        raise trouble

    result = check("https://x.example/", resolve=resolve, connect=no_connect)
    assert result.problem == "No website of that name could be found."


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "0177.0.0.1", "localhost"])
def test_other_ways_to_write_this_machine(host):
    assert check(f"http://{host}/", resolve=by_dns, connect=no_connect).problem == INSIDE


@given(st.text())
def test_any_text_has_an_answer(text):
    for address in (text, f"http://{text}", f"https://x.example/{text}"):
        assert not check(address, resolve=lambda host: ["10.0.0.1"], connect=no_connect).ok


def certified(site, folder, name):
    """Makes the site speak TLS under that name; gives the certificate's file and the names it was called by."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public, both = folder / "public.pem", folder / "both.pem"
    public.write_bytes(certificate)
    both.write_bytes(certificate + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    called = []
    context.sni_callback = lambda talk, by, context: called.append(by)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    return public, called


def test_certificates_are_checked_for_the_name(site, look, tmp_path, monkeypatch):
    file, called = certified(site, tmp_path, "site.example")
    unknown = look("https://site.example/")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    assert unknown == look("https://other.example/") == LinkResult(False, None, "The address has no valid certificate.")
    assert look("https://site.example./200") == LinkResult(ok=True, status=200, problem="")
    assert called == ["site.example", "other.example", "site.example"]
    assert set(look.went) == {(PUBLIC, 443)}
    assert site.asked[-1][2] == "site.example"
