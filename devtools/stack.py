"""The whole portal in one process tree: servers, web, worker, beat and mail sink, started and ended together."""

import contextlib
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from embedded import Postgres, Valkey, new_socket_folder
from home import ROOT, Home
from interrupts import held_back
from prepare import SIGN_INS
from processes import Child, Trouble, say

WEB_SECONDS = 60
HOST = "127.0.0.1"
LAST_PORT_TRIED = 50  # after the preferred one


def listening_socket(preferred: int) -> socket.socket:
    """Bound here and handed down, so that nobody can take the port in between; 0 means any."""
    for port in [preferred, *range(preferred + 1, preferred + LAST_PORT_TRIED)] if preferred else [0]:
        if port and _answers_on_ipv6(port):
            continue  # a browser may try ::1 first for localhost and would land in the other program
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError:
            listener.close()
            continue
        listener.listen(128)
        return listener
    raise Trouble(f"No free port between {preferred} and {preferred + LAST_PORT_TRIED - 1}.")


def _answers_on_ipv6(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("::1", port), timeout=0.5):
        return True
    return False


class Stack:
    """Started step by step; ``stop`` ends whatever has been started, in the reverse order."""

    def __init__(self, home: Home, *, durable: bool) -> None:
        self.home = home
        self.durable = durable
        self.logs = home.folder / "logs"
        self.children: list[Child] = []
        self.sockets: Path | None = None
        self.env: dict[str, str] = dict(os.environ)
        self.mail = home.folder / "mail"
        self.sign_ins: list[str] = []

    def start_servers(self) -> None:
        self.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.sockets = new_socket_folder()
        self.home.note(sockets=str(self.sockets))
        places: dict[str, Any] = {"sockets": self.sockets, "durable": self.durable}
        postgres = Postgres(data=self.home.folder / "postgres", **places)
        postgres.start(self._spawn)
        valkey = Valkey(data=self.home.folder / "valkey", **places)
        valkey.start(self._spawn)
        self.env = {
            **os.environ,
            "PORTAL_ENV": "development",
            "SECRET_KEY": self.home.secret(),
            "SITE_URL": "http://localhost:8000",
            "DATABASE_URL": postgres.url,
            "REDIS_URL": valkey.url,
            "EMAIL_HOST": HOST,
            "EMAIL_PORT": "9",  # nobody listens until start_mail_sink
            "MEDIA_ROOT": str(self.home.folder / "media"),
            "MAIL_SINK_DIR": str(self.mail),
            "PYTHONUNBUFFERED": "1",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        if sys.platform == "darwin":  # where Homebrew keeps Pango, which WeasyPrint looks for
            self.env.setdefault("DYLD_FALLBACK_LIBRARY_PATH", "/opt/homebrew/lib:/usr/local/lib")

    def start_mail_sink(self) -> None:
        with listening_socket(0) as listener:
            self.env["EMAIL_PORT"] = str(listener.getsockname()[1])
            descriptor = listener.fileno()
            command = [
                sys.executable,
                str(ROOT / "devtools" / "mail_sink.py"),
                str(descriptor),
                str(self.mail),
            ]
            self._spawn("mail", command, popen={"pass_fds": (descriptor,)})

    def start_portal(self, port: int) -> None:
        """Web, worker and beat; ``port`` 0 means any free one."""
        with listening_socket(port) as listener:
            taken = listener.getsockname()[1]
            self.env["SITE_URL"] = f"http://localhost:{taken}"
            descriptor = listener.fileno()
            web = [
                "gunicorn",
                "pqs_portal.wsgi:application",
                "--bind",
                f"fd://{descriptor}",
                "--threads",
                "8",
            ]
            web += ["--no-control-socket", "--graceful-timeout", "5", "--timeout", "120"]
            self._spawn("web", [sys.executable, "-m", *web], popen={"pass_fds": (descriptor,)})
        celery = [sys.executable, "-m", "celery", "-A", "pqs_portal"]
        self._spawn("worker", [*celery, "worker", "--concurrency", "2", "--loglevel", "info"])
        schedule = str(self.home.folder / "beat-schedule")
        beat_pid = self.home.folder / "beat.pid"
        beat_pid.unlink(missing_ok=True)  # we know that the former one is gone; its own check would trip over a kill -9
        self._spawn(
            "beat",
            [*celery, "beat", "--schedule", schedule, "--pidfile", str(beat_pid), "--loglevel", "info"],
        )
        self._wait_for_web(taken)
        self.home.note(site_url=self.env["SITE_URL"])

    def prepare(self, *, demo: bool) -> None:
        """Migrations and supplied data, and for a new database the demo."""
        command = [sys.executable, str(ROOT / "devtools" / "prepare.py")]
        command += ["--demo", str(self.home.folder / "demo-loaded")] if demo else []
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        (self.logs / "prepare.log").write_text(done.stdout + done.stderr)
        if done.returncode:
            raise Trouble(f"Preparing the database failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        _, mark, after = done.stdout.partition(SIGN_INS)
        self.sign_ins = after.strip().splitlines() if mark else []

    def facts(self) -> dict[str, Any]:
        """What a test or another command needs to use the running portal."""
        names = {"SITE_URL", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "EMAIL_HOST", "EMAIL_PORT"}
        return {
            "site_url": self.env["SITE_URL"],
            "database_url": self.env["DATABASE_URL"],
            "redis_url": self.env["REDIS_URL"],
            "mail_dir": str(self.mail),
            "media_root": self.env["MEDIA_ROOT"],
            "log_dir": str(self.logs),
            "sign_ins": self.sign_ins,
            "env": {name: self.env[name] for name in (*sorted(names), "PORTAL_ENV", "MEDIA_ROOT", "MAIL_SINK_DIR")},
            "pids": {"all": os.getpid(), **{child.name: child.process.pid for child in self.children}},
        }

    def watch(self) -> None:
        """Until a signal comes; a child that ends by itself is trouble."""
        while True:
            for child in self.children:
                if child.ended():
                    code = child.process.returncode
                    raise Trouble(f"{child.name} ended (code {code}). The end of {child.log}:\n{child.last_lines()}")
            time.sleep(0.3)

    def stop(self) -> None:
        """The portal's own processes all at once, then the servers they use."""
        servers = [child for child in self.children if child.name in ("postgres", "valkey")]
        others = [child for child in self.children if child not in servers]
        for child in others:
            child.ask_to_stop()
        for child in others:
            child.wait()
        for child in reversed(servers):
            child.stop()
        if self.sockets:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def _spawn(self, name: str, command: list[str], **more: Any) -> Child:
        """Started and noted, as one step for any signal; a second one of the same name takes the first one's place."""
        with held_back():
            options = {"env": self.env, "cwd": ROOT, **more}
            child = Child(name, command, log=self.logs / f"{name}.log", **options)
            self.children = [other for other in self.children if other.name != name] + [child]
            self.home.note_child(child)
        return child

    def _wait_for_web(self, port: int) -> None:
        limit = time.monotonic() + WEB_SECONDS
        web = next(child for child in self.children if child.name == "web")
        status = 0
        while time.monotonic() < limit and not web.ended():
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection(HOST, port, timeout=30)
                connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
                status = connection.getresponse().status
                if status == http.client.OK:
                    return
                break  # it answers, and not well: waiting mends nothing
            time.sleep(0.1)
        raise Trouble(f"The web server gave no answer at /healthz (status {status}):\n{web.last_lines()}")


def announce(stack: Stack, *, wanted_port: int, seconds: float) -> None:
    address = stack.env["SITE_URL"]
    if wanted_port and not address.endswith(f":{wanted_port}"):
        say(f"Port {wanted_port} is taken by another program, so this run uses the next free one.")
    say(f"\nThe portal is ready after {seconds:.0f} seconds: {address}\n")
    for line in stack.sign_ins:
        say(f"  {line}")
    say(f"\nMails are kept in {stack.mail}, logs in {stack.logs}. Ctrl-C ends everything.")


def write_ready_file(path: Path, facts: dict[str, Any]) -> None:
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.write_text(json.dumps(facts, indent=1))
    unfinished.replace(path)
