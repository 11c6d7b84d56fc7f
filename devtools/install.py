"""Brings a fresh machine to where the portal runs: Python packages, the design system's files, system libraries.

Works with the system's python3 alone. Each step is skipped when its stamp says that nothing has changed since.
Package addresses come from the tools' own configuration; none is named here.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import system
from home import ROOT
from processes import Trouble, say

VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
STATIC = ROOT / "build" / "static"
REQUIREMENTS = ROOT / "requirements-dev.txt"
NODE_REQUIREMENTS = ROOT / "requirements-node.txt"


def venv_python() -> Path:
    return VENV / "bin" / "python"


def everything(*, for_tests: bool = False) -> None:
    project()
    system.libraries(required=for_tests)
    if for_tests:
        system.browser(venv_python())


def project() -> None:
    """What lies inside the project's own folder."""
    _once(VENV / "stamp", [REQUIREMENTS], _python_packages, venv_python())
    assets = [ROOT / "package-lock.json", ROOT / "devtools" / "build_assets.py"]
    _once(STATIC.with_name("static.stamp"), assets, _static_files, STATIC / "govuk")


def _once(stamp: Path, sources: list[Path], step: Callable[[], None], result: Path) -> None:
    """Run a step unless its stamp holds the sources' checksum; the stamp is written when the step is done."""
    content = b"".join(source.read_bytes() for source in sources)
    wanted = hashlib.sha256(content).hexdigest()
    if _is_stamped(stamp, wanted, result):
        return
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "install.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two at once would spoil each other's .venv
        if _is_stamped(stamp, wanted, result):
            return
        stamp.unlink(missing_ok=True)
        began = time.monotonic()
        step()
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(wanted)
    say(f"  done in {time.monotonic() - began:.0f} s")


def _is_stamped(stamp: Path, wanted: str, result: Path) -> bool:
    return result.exists() and stamp.exists() and stamp.read_text() == wanted


def _run(command: list[str | Path], *, may_fail: bool = False, env: dict[str, str] | None = None) -> bool:
    text = " ".join(str(part) for part in command)
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(env or {})}, capture_output=True, text=True, check=False
    )
    if done.returncode and not may_fail:
        raise Trouble(f"This failed:\n  {text}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.returncode == 0


def _python_packages() -> None:
    say(f"Installing the Python packages of {REQUIREMENTS.name} into .venv …")
    uv_program = uv()
    python = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    python = python if python.exists() else Path(sys.executable)
    never = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "VIRTUAL_ENV": ""}
    if not venv_python().exists():
        _run([uv_program, "venv", "--clear", "--python", python, VENV], env=never)
    sync: list[str | Path] = [
        uv_program,
        "pip",
        "sync",
        "--python",
        venv_python(),
        "--require-hashes",
        REQUIREMENTS,
    ]
    if _run(sync, env=never, may_fail=True):
        return
    # uv does not read pip's configuration; where only pip knows its way to the packages, pip does it.
    say("  uv could not; trying pip …")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", venv_python(), "install", "--quiet"]
    if not _run([*pip, "--require-hashes", "-r", REQUIREMENTS], may_fail=True):
        _run(sync, env=never)  # once more, for its message


def uv() -> Path:
    found = shutil.which("uv")
    if found:
        return Path(found)
    ours = TOOLS / "bin" / "uv"
    if not ours.exists():
        if not _run([sys.executable, "-m", "pip", "--version"], may_fail=True):
            system.package("pip for python3", "python3-pip")
        # --target leaves the system's Python alone, so it works where that is "externally managed".
        _run([sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", TOOLS, "uv"])
    return ours


def _static_files() -> None:
    say("Fetching and building the design system's files into build/static …")
    npm, env = _npm()
    # No scripts of third parties run; the lock file's checksums are verified.
    _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], env=env)
    builder = ROOT / "devtools" / "build_assets.py"
    _run([venv_python(), builder, ROOT / "node_modules", STATIC])
    # STATIC_ROOT: filled by collectstatic in production; whitenoise warns where it is missing.
    (ROOT / "build" / "collected").mkdir(exist_ok=True)


def _npm() -> tuple[str | Path, dict[str, str]]:
    """The command and what its environment needs: the machine's, else the one of a wheel under .tools/node."""
    npm = shutil.which("npm")
    if npm and shutil.which("node"):
        return npm, {}
    folder = TOOLS / "node"
    if not (folder / "bin" / "npm").exists():
        say("  there is no npm on this machine: using the one in a Python wheel")
        target: list[str | Path] = ["--python", venv_python(), "--target", folder]
        _run([uv(), "pip", "install", *target, "--require-hashes", "-r", NODE_REQUIREMENTS])
    # Its npm is a Python script that looks for its package, and its node has to be found by npm.
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return folder / "bin" / "npm", {"PATH": path, "PYTHONPATH": str(folder)}
