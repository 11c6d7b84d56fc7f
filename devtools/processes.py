"""Child processes that can be found and ended, also by a later run after a kill -9 of the first."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STOP_SECONDS = 15
LAST_LINES = 15
LONGEST_LINE = 400


class Trouble(Exception):
    """Something the person at the keyboard has to know; printed without a traceback."""


def say(text: str) -> None:
    print(text, flush=True)


@dataclass(frozen=True)
class ProcessRecord:
    """A process number with the moment it started: numbers are used again, the pair is not."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> "ProcessRecord":
        return cls(pid, _started(pid))

    def alive(self) -> bool:
        return bool(self.started) and _started(self.pid) == self.started


def _started(pid: int) -> str:
    """A mark of when a process began; empty when there is none (a zombie counts as none)."""
    if not sys.platform.startswith("linux"):
        return _ps(pid, "lstart=")
    try:
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except (OSError, ValueError):
        return ""
    return "" if state in "ZX" else f"{boot}:{fields[18]}"


def _ps(pid: int, field: str) -> str:
    return subprocess.run(
        ["ps", "-o", field, "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()


def _command_line(pid: int) -> str:
    if not sys.platform.startswith("linux"):
        return _ps(pid, "command=")
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def _signal_group(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def stop_recorded(record: ProcessRecord, *, only_if: str = "", ending: int = signal.SIGTERM) -> bool:
    """End a process of an earlier run if it is still the same one; True if there was something to end."""
    if not record.alive() or only_if not in _command_line(record.pid):
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(record.pid, ending)
    limit = time.monotonic() + STOP_SECONDS
    while record.alive() and time.monotonic() < limit:
        time.sleep(0.05)
    if record.alive():
        _signal_group(record.pid, signal.SIGKILL)
    return True


class Child:
    """One program in its own process group, so that Ctrl-C reaches us alone and we end the rest in order."""

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        ending: int = signal.SIGTERM,
        cwd: Path = Path("/"),
        popen: Mapping[str, Any] | None = None,
    ) -> None:
        self.name = name
        self.log = log
        self.ending = ending
        log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if log.exists():
            log.replace(log.with_suffix(".log.before"))  # one run a file; the one before is kept for a look
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=cwd,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **(popen or {}),
            )
        self.record = ProcessRecord.of(self.process.pid)

    def ended(self) -> bool:
        return self.process.poll() is not None

    def last_lines(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-LAST_LINES:]
        return "\n".join(line[:LONGEST_LINE] for line in lines)

    def ask_to_stop(self) -> None:
        if not self.ended():
            self.process.send_signal(self.ending)

    def wait(self, seconds: float = STOP_SECONDS) -> None:
        """Wait for the end; afterwards nothing of its process group is left."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        _signal_group(self.process.pid, signal.SIGKILL)  # also grandchildren that outlived their parent
        self.process.wait()

    def stop(self) -> None:
        self.ask_to_stop()
        self.wait()
