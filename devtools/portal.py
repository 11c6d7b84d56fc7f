#!/usr/bin/env python3
"""The one entry to running, testing and resetting the portal on this machine; the Makefile only gives it names."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the system's python3 may be older, and must be told so in plain words
    sys.exit("The portal needs Python 3.11 or newer. Try: make PYTHON=python3.12 run")

import argparse
import os
import shutil
import subprocess
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import install
from home import ROOT, VAR, AlreadyRunning, Home, is_running
from processes import Trouble, say


def in_the_projects_python(**environment: str) -> None:
    """The same command again inside .venv, unless we are there."""
    python = install.venv_python()
    if Path(sys.prefix).resolve() != install.VENV.resolve():
        sys.stdout.flush()
        os.execve(python, [str(python), *sys.argv], {**os.environ, **environment})


def command_setup(arguments: argparse.Namespace) -> int:
    install.everything(for_tests=arguments.tests)
    return 0


def command_run(arguments: argparse.Namespace) -> int:
    """Everything up, until Ctrl-C. ``start`` is the same with its own folder, for the journeys in the browser."""
    # The environment carries it over the change of Python below; it is taken out, or children would inherit it.
    began = float(os.environ.pop("PORTAL_BEGAN", time.time()))
    arguments.install()
    in_the_projects_python(PORTAL_BEGAN=str(began))
    import interrupts
    from stack import Stack, announce, write_ready_file

    os.umask(0o077)  # the data are nobody else's business
    home = Home(arguments.data)
    try:
        home.claim()
    except AlreadyRunning as running:
        say("\n".join([str(running), *running.state.get("facts", {}).get("sign_ins", [])]))
        return int(arguments.code_if_running)
    stack = Stack(home, durable=arguments.durable)
    interrupts.listen()
    try:
        say("Starting PostgreSQL and Valkey …")
        stack.start_servers()
        stack.start_mail_sink()
        say("Bringing the database up to date …")
        stack.prepare(demo=arguments.demo)
        say("Starting web, worker and beat …")
        stack.start_portal(arguments.port)
        home.note(facts=stack.facts())
        announce(stack, wanted_port=arguments.port, seconds=time.time() - began)
        if arguments.ready_file:
            write_ready_file(arguments.ready_file, stack.facts())
        stack.watch()
    except interrupts.Stopped as stopped:
        say(f"\nStopping ({stopped}) …")
    finally:
        stack.stop()
        home.release()
    say("Everything has ended.")
    return 0


def command_with(arguments: argparse.Namespace) -> int:
    """One command with servers of its own, or with those of the data folder, also while the portal runs there."""
    install.project()
    in_the_projects_python()
    import interrupts
    from stack import Stack

    command = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command
    if not command:
        raise Trouble("Which command? Like: devtools/portal.py with -- python manage.py shell")
    os.umask(0o077)
    try:
        home = _claimed(arguments.data)
    except AlreadyRunning as running:
        if "facts" not in running.state:
            raise
        return _foreground(command, {**os.environ, **running.state["facts"]["env"]})
    stack = Stack(home, durable=bool(arguments.data))
    interrupts.listen()
    try:
        stack.start_servers()
        stack.start_mail_sink()
        return _foreground(command, stack.env)
    except interrupts.Stopped:
        return 130
    finally:
        stack.stop()
        if not arguments.data:
            home.remove()
        home.release()


def _claimed(data: Path | None) -> Home:
    if data is None:
        return Home.throw_away()
    home = Home(data)
    home.claim()
    return home


def _foreground(command: list[str], env: dict[str, str]) -> int:
    """Run in our own process group, so that the terminal's Ctrl-C reaches it; we wait until it has ended."""
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    process = subprocess.Popen(command, env=env, cwd=ROOT if command[0] in ("python", "pytest") else None)
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        raise


def command_reset(arguments: argparse.Namespace) -> int:
    if is_running(VAR):
        raise Trouble("The portal is running: end it with Ctrl-C first, then `make reset`.")
    if not VAR.exists():
        say("There is nothing to remove.")
        return 0
    if not arguments.yes:
        say(f"This removes {VAR}: the database, uploaded files, mails and logs of this copy.")
        if input("Type yes to go on: ").strip().lower() != "yes":
            say("Nothing was removed.")
            return 1
    home = Home(VAR)
    home.claim()  # ends what a killed run left behind
    home.remove()
    home.release()
    say("Removed. `make run` begins anew.")
    return 0


def command_clean(_arguments: argparse.Namespace) -> int:
    """Everything that the two commands installed and built, except the data."""
    for folder in (install.VENV, install.TOOLS, ROOT / "build", ROOT / "node_modules"):
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)

    def add(name: str, function: object, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(function=function)
        return made

    setup = add("setup", command_setup, "install what is missing and build the static files")
    setup.add_argument("--tests", action="store_true", help="also what only the tests need")
    run = add("run", command_run, "the whole portal with its data in var/, until Ctrl-C")
    run.set_defaults(data=VAR, ready_file=None, demo=True, durable=True, code_if_running=0, install=install.everything)
    run.add_argument("--port", type=int, default=8000, help="8000 unless taken")
    start = add("start", command_run, "the same on a data folder and port of its own (used by the browser tests)")
    start.set_defaults(durable=False, code_if_running=1, install=install.project)
    start.add_argument("--data", type=Path, required=True)
    start.add_argument("--port", type=int, default=0, help="0 takes any free one")
    start.add_argument("--ready-file", type=Path, help="written as JSON when everything answers")
    start.add_argument("--no-demo", dest="demo", action="store_false", help="supplied data only")
    start.add_argument("--durable", action="store_true", help="survive a kill as `run` does (slower)")
    within = add("with", command_with, "run one command with PostgreSQL, Valkey and a mail sink up")
    within.add_argument("--data", type=Path, help="keep the data there (var for those of `run`)")
    within.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND")
    reset = add("reset", command_reset, "remove var/: database, files, mails, logs")
    reset.add_argument("--yes", action="store_true", help="do not ask")
    add("clean", command_clean, "remove what was installed and built")
    return parser.parse_args()


def main() -> int:
    arguments = parsed()
    try:
        code: int = arguments.function(arguments)
    except Trouble as trouble:
        say(f"\n{trouble}")
        return 1
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
