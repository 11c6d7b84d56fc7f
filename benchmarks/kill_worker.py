"""Kills the Celery worker again and again while reminders are planned and sent, and counts what came of it.

usage: python devtools/portal.py with -- python benchmarks/kill_worker.py --reminders 500 --kills 50

Real PostgreSQL, Valkey, worker, beat and SMTP, on this machine only. Ends with 1 if a reminder was lost or stands
twice among somebody's notices, or if the worker could not be killed as often as asked.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import django
from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pqs_portal.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
django.setup()

from django.db.models import Count  # noqa: E402 -- needs django.setup
from django.utils import timezone  # noqa: E402

from benchmarks.rows import cohort_with_a_step_due  # noqa: E402
from benchmarks.sink import SlowSink  # noqa: E402
from reminders.models import Delivery, Notification  # noqa: E402

CELERY = [sys.executable, "-m", "celery", "-A"]
UNFINISHED = ("queued", "sending")


class Worker:
    """The portal's own worker in a process group of its own."""

    def __init__(self, env: dict[str, str], log: IO[bytes]) -> None:
        command = [*CELERY, "pqs_portal", "worker", "--concurrency", "2", "--loglevel", "warning"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
        )

    def check(self) -> None:
        if self.process.poll() is not None:
            raise SystemExit("The worker ended by itself; its log says why.")

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def beat(env: dict[str, str], log: IO[bytes]) -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        files = ["--schedule", f"{folder}/schedule", "--pidfile", f"{folder}/pid"]
        process = subprocess.Popen(
            [*CELERY, "benchmarks.every_second", "beat", *files], cwd=ROOT, env=env, stdout=log, stderr=log
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait()


def make_due() -> None:
    """Reminders planned in the night would wait for the morning."""
    now = timezone.now()
    Delivery.objects.filter(state="queued", attempts=0, due_at__gt=now).update(due_at=now)


def wait_for_work(sink: SlowSink, worker: Worker, *, until: float) -> None:
    """Until notifications begin to be written (the first time), later until some more mails have been taken."""
    early = not Notification.objects.exists()
    wanted = len(sink.taken) + random.randint(1, 8)
    while time.monotonic() < until and not finished():
        worker.check()
        make_due()
        if Notification.objects.exists() if early else len(sink.taken) >= wanted:
            return
        time.sleep(0.01)


def run(sink: SlowSink, env: dict[str, str], log: IO[bytes], *, kills: int, seconds: float) -> int:
    """Kill while there is work, then let the last worker finish; returns how many kills there were."""
    end = time.monotonic() + seconds
    done = 0
    worker = Worker(env, log)
    try:
        while done < kills and time.monotonic() < end and not finished():
            wait_for_work(sink, worker, until=end)
            time.sleep(random.uniform(0, 0.15))
            worker.kill()
            done += 1
            print(f"kill {done}: {len(sink.taken)} mails taken", flush=True)
            worker = Worker(env, log)
        while time.monotonic() < end and not finished():
            worker.check()
            make_due()
            time.sleep(0.5)
    finally:
        worker.kill()
    return done


def finished() -> bool:
    return Notification.objects.exists() and not (
        Delivery.objects.filter(state__in=UNFINISHED).exists() or Notification.objects.filter(delivery=None).exists()
    )


def figures(sink: SlowSink, *, reminders: int, kills: int, seconds: float) -> dict[str, int]:
    reminded = Notification.objects.exclude(due_on=None).values("recipient").distinct().count()
    taken = {message_id for _, message_id in sink.taken}
    unheard = Notification.objects.exclude(delivery__message_id__in=taken).count()
    fact = ("organisation", "recipient", "kind", "key")
    doubles = Notification.objects.order_by().values(*fact).annotate(rows=Count("pk")).filter(rows__gt=1)
    by_mail = Counter(message_id for _, message_id in sink.taken)
    by_person = Counter(person for person, _ in set(sink.taken))
    states = Counter(Delivery.objects.values_list("state", flat=True))
    return {
        "reminders": reminders,
        "kills": kills,
        "seconds": round(seconds),
        "notices written": Notification.objects.count(),
        "deliveries": Delivery.objects.count(),
        "mails sent (our record)": states["sent"],
        "mails failed or cancelled": states["failed"] + states["cancelled"],
        "mails taken by the server": len(sink.taken),
        "lost": reminders - reminded + unheard,
        "in-app doubles": doubles.count(),
        "mails repeated (same Message-ID)": sum(times - 1 for times in by_mail.values()),
        "Message-IDs per person, at most": max(by_person.values(), default=0),
        "attempts, at most": max(Delivery.objects.values_list("attempts", flat=True), default=0),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reminders", type=int, default=500)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=1800, help="give up after so long")
    asked = parser.parse_args()
    cohort_with_a_step_due(asked.reminders)
    sink = SlowSink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(sink, hostname="127.0.0.1", port=port)
    server.start()
    env = {**os.environ, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)}
    began = time.monotonic()
    try:
        with tempfile.NamedTemporaryFile(prefix="kill-worker-", suffix=".log", delete=False) as log, beat(env, log):
            print(f"The worker's log is {log.name}", flush=True)
            kills = run(sink, env, log, kills=asked.kills, seconds=asked.seconds)
    finally:
        server.stop()
    result = figures(sink, reminders=asked.reminders, kills=kills, seconds=time.monotonic() - began)
    for name, number in result.items():
        print(f"{name:<36}{number:>6}")
    return int(bool(result["lost"] or result["in-app doubles"] or kills < asked.kills))


if __name__ == "__main__":
    sys.exit(main())
