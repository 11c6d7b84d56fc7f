"""A mail server that takes its time, so that many kills fall between its taking a mail and our hearing of it."""

import asyncio
import random
from email import message_from_bytes

from aiosmtpd.smtp import SMTP, Envelope, Session


class SlowSink:
    """``taken`` holds (recipient, Message-ID) in the order in which responsibility for each mail was taken."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        await asyncio.sleep(random.uniform(0.01, 0.05))
        content = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        message_id = str(message_from_bytes(content)["Message-ID"])
        self.taken.extend((person, message_id) for person in envelope.rcpt_tos)
        await asyncio.sleep(random.uniform(0.01, 0.05))
        return "250 OK"
