"""The folder that belongs to one running portal: who holds it, what it started, and what a killed one left behind."""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import IO, Any

from processes import Child, ProcessRecord, Trouble, stop_recorded

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
THROW_AWAY_PREFIX = "pqs-t-"
LOCK = "run.lock"
STATE = "run.json"


class AlreadyRunning(Trouble):
    """Another process holds the folder; ``state`` is what it wrote about itself."""

    def __init__(self, state: dict[str, Any]) -> None:
        super().__init__(f"The portal is running already: {state.get('site_url') or 'it is still starting'}")
        self.state = state


class Home:
    """Claimed by a file lock, which the kernel gives back however the holder ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.state: dict[str, Any] = {}
        self._lock: IO[bytes] | None = None

    @classmethod
    def throw_away(cls) -> "Home":
        """A new claimed folder, after removing those whose holder was killed."""
        sweep_throw_aways()
        home = cls(Path(tempfile.mkdtemp(prefix=THROW_AWAY_PREFIX)))
        home.claim()
        return home

    def claim(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # PostgreSQL's own user (when we are root) has to pass through, and only that.
        self.folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        self._lock = _locked(self.folder / LOCK)
        if self._lock is None:
            raise AlreadyRunning(self._read())
        self._end_leftovers(self._read())
        self.note(pid=os.getpid(), children={}, sockets="", site_url="")

    def release(self) -> None:
        (self.folder / STATE).unlink(missing_ok=True)
        if self._lock:
            self._lock.close()

    def remove(self) -> None:
        """Everything in it, also where PostgreSQL's folder is a link to somewhere else."""
        data = self.folder / "postgres"
        if data.is_symlink():
            shutil.rmtree(data.resolve(), ignore_errors=True)
        shutil.rmtree(self.folder)

    def note(self, **facts: Any) -> None:
        """Written before anything depends on it, by a rename, so that a kill never leaves half a file."""
        self.state |= facts
        unfinished = self.folder / f"{STATE}.new"
        unfinished.write_text(json.dumps(self.state, indent=1))
        unfinished.replace(self.folder / STATE)

    def note_child(self, child: Child) -> None:
        record = child.record
        self.note(children=self.state["children"] | {child.name: [record.pid, record.started, child.ending]})

    def secret(self) -> str:
        """Kept, so that a restart signs nobody out."""
        path = self.folder / "secret_key"
        with contextlib.suppress(FileNotFoundError):
            if kept := path.read_text().strip():
                return kept
        made = secrets.token_urlsafe(64)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(made)
        return made

    def _read(self) -> dict[str, Any]:
        try:
            state = json.loads((self.folder / STATE).read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return state if isinstance(state, dict) else {}

    def _end_leftovers(self, state: dict[str, Any]) -> None:
        # The servers come first in the record and go last, so that the others can still finish their work.
        for pid, started, ending in reversed(list(state.get("children", {}).values())):
            stop_recorded(ProcessRecord(pid, started), ending=ending)
        if state.get("sockets"):
            shutil.rmtree(state["sockets"], ignore_errors=True)


def _locked(path: Path) -> IO[bytes] | None:
    file = path.open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        return None
    return file


def is_running(folder: Path) -> bool:
    if not (folder / LOCK).exists():
        return False
    lock = _locked(folder / LOCK)
    if lock is None:
        return True
    lock.close()
    return False


def sweep_throw_aways() -> None:
    """Servers and folders of throw-away homes whose holder was killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{THROW_AWAY_PREFIX}*"):
        with contextlib.suppress(OSError, Trouble):
            # Without a record it may be one that is being made at this moment.
            if folder.stat().st_uid == os.geteuid() and (folder / STATE).exists():
                left = Home(folder)
                left.claim()
                left.remove()
