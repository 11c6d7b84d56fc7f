"""The few words of clamd's protocol that we need: send a file, hear whether it is harmless."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable

from django.core.files import File

TIMEOUT = 30  # seconds, for each step of the talk


class ScannerAway(Exception):
    """The scanner did not answer, or could not say: ask again later."""


def is_harmless(chunks: Iterable[bytes], address: str) -> bool:
    """Whether the scanner at ``host:port`` finds nothing in the bytes. Raises ScannerAway."""
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=TIMEOUT) as talk:
            talk.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                talk.sendall(struct.pack("!I", len(chunk)) + chunk)
            talk.sendall(struct.pack("!I", 0))
            answer = _answer(talk)
    except (OSError, ValueError) as error:
        raise ScannerAway(type(error).__name__) from error
    if answer.endswith("FOUND"):
        return False
    if answer.endswith(": OK"):
        return True
    raise ScannerAway(answer)


def verdict_on(stored: File[bytes], address: str) -> str:
    """ "clean" or "refused" for a stored file; without a scanner all are clean. Raises ScannerAway."""
    if not address:
        return "clean"
    try:
        with stored.open("rb") as opened:
            return "clean" if is_harmless(opened.chunks(), address) else "refused"
    except FileNotFoundError:
        return "refused"


def _answer(talk: socket.socket) -> str:
    parts = b""
    while not parts.endswith(b"\0") and (part := talk.recv(4096)):
        parts += part
    return parts.rstrip(b"\0").decode("utf-8", "replace").strip()
