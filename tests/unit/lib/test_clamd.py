"""The talk with the scanner, against a small one of our own."""

import socket
import struct
import threading

import pytest

from pqs_portal.lib.clamd import ScannerAway, is_harmless

pytestmark = pytest.mark.enable_socket


def heard(talk):
    """(the command, the bytes of the stream)"""
    file = talk.makefile("rb")
    command = file.read(10)
    stream = b""
    while size := struct.unpack("!I", file.read(4))[0]:
        stream += file.read(size)
    return command, stream


@pytest.fixture
def scanner():
    """``scanner(answer)`` gives (address, what it heard)."""
    threads = []

    def start(answer):
        listening = socket.create_server(("127.0.0.1", 0))
        received = []

        def serve():
            talk, _ = listening.accept()
            with talk, listening:
                received.append(heard(talk))
                talk.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        threads.append(thread)
        return f"127.0.0.1:{listening.getsockname()[1]}", received

    yield start
    for thread in threads:
        thread.join(5)


@pytest.mark.parametrize(
    ("answer", "harmless"), [(b"stream: OK\0", True), (b"stream: Eicar-Test-Signature FOUND\0", False)]
)
def test_its_verdict(scanner, answer, harmless):
    address, received = scanner(answer)
    assert is_harmless([b"some ", b"", b"bytes"][::2], address) is harmless
    assert received == [(b"zINSTREAM\0", b"some bytes")]


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"nonsense"])
def test_an_answer_that_is_none_is_no_verdict(scanner, answer):
    address, _ = scanner(answer)
    with pytest.raises(ScannerAway):
        is_harmless([b"bytes"], address)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "nonsense", "127.0.0.1:x"])
def test_no_scanner_there(address):
    with pytest.raises(ScannerAway):
        is_harmless([b"bytes"], address)
