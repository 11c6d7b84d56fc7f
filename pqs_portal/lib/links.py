"""Does an outside address still answer? Asked so that nobody can use the portal to look into the network it runs in.

Python's own HTTP client, because it can be handed a connection: the one to the very IP address that was checked, so
that a name which changes its meaning between check and connection gains nothing. It decodes no bodies and follows no
redirects of its own accord.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urljoin, urlsplit

from django.utils.encoding import iri_to_uri

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Resolve: TypeAlias = Callable[[str], list[str]]
Connect: TypeAlias = Callable[[str, int, float], socket.socket]
_Ip: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

SECONDS = 5.0  # for one request: finding, connecting, asking and hearing the head of the answer
MOST_REDIRECTS = 5
MOST_LETTERS = 2000
PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
HEADERS = {"User-Agent": "PQS portal, check of links", "Accept": "*/*", "Connection": "close"}

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
UNICAST = ipaddress.IPv6Network("2000::/3")
# What ``is_global`` of some Python versions lets pass.
NOT_PUBLIC = [
    ipaddress.ip_network(text)
    for text in ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2001:db8::/32", "3fff::/20")
]


@dataclass(frozen=True)
class LinkResult:
    """``problem`` is a sentence for people, empty when all is well; without an answer there is no ``status``."""

    ok: bool
    status: int | None
    problem: str


class _Refused(Exception):
    """Not asked at all; the words say why."""


@dataclass(frozen=True)
class _Target:
    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def by_dns(host: str) -> list[str]:
    """The resolver for real use. It has no time limit but the system's: call ``check`` where a wait harms nobody."""
    return list({str(found[4][0]): None for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)})


def _connect(ip: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((ip, port), timeout=seconds)


def check(address: str, *, resolve: Resolve, connect: Connect = _connect) -> LinkResult:
    """Asks for the head of the page, follows redirects, and reads no page. Each step is checked like the first."""
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, onward = _ask(address, resolve, connect)
            if not onward:
                return _judged(status)
            address = urljoin(address, onward)
    except _Refused as refused:
        return LinkResult(ok=False, status=None, problem=str(refused))
    except TimeoutError:
        return LinkResult(ok=False, status=None, problem="The address did not answer in time.")
    except ssl.SSLCertVerificationError:
        return LinkResult(ok=False, status=None, problem="The address has no valid certificate.")
    except (OSError, http.client.HTTPException, ValueError):
        return LinkResult(ok=False, status=None, problem="The address could not be reached.")
    return LinkResult(ok=False, status=status, problem="The address leads from one page to the next without end.")


def _judged(status: int) -> LinkResult:
    if 200 <= status < 300:
        return LinkResult(ok=True, status=status, problem="")
    if status in {401, 403, 429}:
        words = "The address does not let the portal look. Open it to see whether it works."
        return LinkResult(ok=False, status=status, problem=words)
    try:
        answer = HTTPStatus(status).phrase.lower()
    except ValueError:
        answer = str(status)
    return LinkResult(ok=False, status=status, problem=f"The address answers “{answer}”.")


def _ask(address: str, resolve: Resolve, connect: Connect) -> tuple[int, str]:
    """Status, and where a redirect leads. Many sites answer HEAD with an error though the page is there."""
    target = _target(address)
    status, onward = _request("HEAD", target, resolve, connect)
    if status >= 400 and status != 429:
        status, onward = _request("GET", target, resolve, connect)
    return status, onward


def _target(address: str) -> _Target:
    # Programs differ in what they make of these marks, so a check of such an address would be worth nothing.
    if len(address) > MOST_LETTERS or not address.isprintable() or set(address) & set(" \\"):
        raise _Refused("The address is not written as web addresses are.")
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode().lower().removesuffix(".")
        port = PORTS.get(parts.scheme, 0) if parts.port is None else parts.port
    except ValueError as error:
        raise _Refused("The address is not written as web addresses are.") from error
    if parts.scheme not in PORTS or not host:
        raise _Refused("The address must begin with “https://” or “http://” and the name of a website.")
    if "@" in parts.netloc:
        raise _Refused("The address holds a user name or password. Take it out.")
    if port not in PORTS.values():
        raise _Refused("The address names a port that websites do not use.")
    query = f"?{parts.query}" if parts.query else ""
    return _Target(parts.scheme, host, port, iri_to_uri((parts.path or "/") + query))


def _request(method: str, target: _Target, resolve: Resolve, connect: Connect) -> tuple[int, str]:
    ends_at = time.monotonic() + SECONDS
    ips = _public_ips(target.host, resolve)
    with _connected(ips, target.port, connect, ends_at) as plain, _secured(plain, target, ends_at) as talk:
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = _Timed(talk, ends_at)
        headers = HEADERS | {"Host": target.host_header}
        if method == "GET":
            headers["Range"] = "bytes=0-0"
        connection.request(method, target.path, headers=headers)
        with connection.getresponse() as answer:
            location = answer.getheader("Location", "") if answer.status in REDIRECTS else ""
            return answer.status, location.encode("latin-1").decode("utf-8", "replace")


def _public_ips(host: str, resolve: Resolve) -> list[_Ip]:
    try:
        texts = resolve(host) if _ip(host) is None else [host]
    except (OSError, UnicodeError):
        texts = []
    ips = [_ip(text) for text in texts]
    if not ips:
        raise _Refused("No website of that name could be found.")
    public = [ip for ip in ips if ip and _is_public(ip)]
    if len(public) < len(ips):
        raise _Refused("The address points inside a network, so it is not checked.")
    return public


def _ip(text: str) -> _Ip | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _is_public(ip: _Ip) -> bool:
    if isinstance(ip, ipaddress.IPv6Address):
        if inner := ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(int(ip) % 2**32) if ip in NAT64 else None):
            return _is_public(inner)
        if ip not in UNICAST:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not any(ip in net for net in NOT_PUBLIC)


def _connected(ips: list[_Ip], port: int, connect: Connect, ends_at: float) -> socket.socket:
    """To the first that answers; each gets its share of the time, since a machine may have no IPv6."""
    failure: OSError = TimeoutError()
    for position, ip in enumerate(ips):
        try:
            return connect(str(ip), port, _left(ends_at) / (len(ips) - position))
        except OSError as error:
            failure = error
    raise failure


def _secured(plain: socket.socket, target: _Target, ends_at: float) -> socket.socket:
    if target.scheme == "http":
        return plain
    plain.settimeout(_left(ends_at))
    return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)


def _left(ends_at: float) -> float:
    left = ends_at - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Timed(io.RawIOBase):
    """The part of a socket that the HTTP client uses, with one end for all: a time limit for each read would let a
    server go on for ever, letter by letter."""

    def __init__(self, talk: socket.socket, ends_at: float) -> None:
        self.talk, self.ends_at = talk, ends_at

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self.talk.settimeout(_left(self.ends_at))
        return self.talk.recv_into(buffer)

    def sendall(self, data: bytes) -> None:
        self.talk.settimeout(_left(self.ends_at))
        self.talk.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def close(self) -> None:
        """Left to whoever opened the socket: the client closes early, and reads its own buffer afterwards."""
