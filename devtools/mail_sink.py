"""Takes every mail the portal sends and writes it as a file: nothing leaves the machine.

usage: mail_sink.py FILE_DESCRIPTOR FOLDER   (the listening socket is handed down already bound)
"""

import asyncio
import os
import signal
import socket
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

_number = count(1)


class ToFolder:
    """One .eml per message; names sort by arrival, and a reader never sees half a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        arrived = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
        path = self.folder / f"{arrived}-{os.getpid()}-{next(_number):06}.eml"
        unfinished = path.with_suffix(".part")
        # The envelope says who really gets it, whatever the headers claim.
        to = ", ".join(envelope.rcpt_tos)
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        unfinished.write_bytes(f"X-Envelope-To: {to}\r\n".encode() + content)
        unfinished.replace(path)
        return "250 OK"


async def serve(descriptor: int, folder: Path) -> None:
    loop = asyncio.get_running_loop()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    listening = socket.socket(fileno=descriptor)
    handler = ToFolder(folder)
    server = await loop.create_server(lambda: SMTP(handler, hostname="localhost", enable_SMTPUTF8=True), sock=listening)
    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    async with server:
        await stopped.wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
