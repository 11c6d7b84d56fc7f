"""How much is read of one document."""

from __future__ import annotations

import time

MOST_BYTES = 30 * 1024 * 1024  # the file itself
MOST_UNPACKED = 60 * 1024 * 1024  # of an archive's parts that hold text
MOST_PARTS = 3_000
MOST_CHARACTERS = 1_000_000  # a book has half as many
SECONDS = 10.0


class TooMuch(Exception):
    """A limit was met; what was read until then stands."""


class Budget:
    """Counts down bytes, characters and time over one document."""

    def __init__(self) -> None:
        self.unpacked = MOST_UNPACKED
        self.characters = MOST_CHARACTERS
        self.ends = time.monotonic() + SECONDS

    def spend_bytes(self, count: int) -> None:
        self.unpacked -= count
        if self.unpacked < 0 or time.monotonic() > self.ends:
            raise TooMuch

    def spend_characters(self, count: int) -> None:
        self.characters -= count
        if self.characters < 0:
            raise TooMuch
