"""What no wheel brings: Pango for the PDF, a metric-compatible Arial, and a browser for the journeys.

Installs by the machine's own package manager where it may, else prints the one line to type.
"""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from processes import Trouble, say

PANGO = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
FONT = "LiberationSans-Regular.ttf"
FONT_PACKAGE = "fonts-liberation"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
BROWSERS = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
# Those that work in a container and as root, and keep the browser from calling home.
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
MAC_APPLICATION = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
OTHER_SYSTEMS = {
    "dnf": "dnf install pango harfbuzz liberation-sans-fonts",
    "pacman": "pacman -S pango ttf-liberation",
}


def libraries(*, required: bool) -> None:
    """Without them everything runs but the PDF, so only the tests insist."""
    missing = _missing_on_mac() if sys.platform == "darwin" else _missing_on_linux()
    if not missing:
        return
    try:
        package("for the portfolio's PDF", *missing)
    except Trouble as trouble:
        if required:
            raise
        say(f"{trouble}\nGoing on without: everything works except making PDFs.")


def browser(python: Path) -> None:
    """A Chromium: the machine's, the distribution's, or the one that Playwright brings."""
    if find_browser():
        return
    if shutil.which("apt-get"):
        try:
            package("a browser for the journeys", "chromium")
        except Trouble as trouble:  # Ubuntu's package is a snap, which does not install everywhere
            say(str(trouble))
    if find_browser():
        return
    say("Installing Playwright's own Chromium …")
    done = subprocess.run([str(python), "-m", "playwright", "install", "chromium"], check=False)
    if done.returncode:
        raise Trouble(
            "The tests need Chromium, and it could not be installed. Install it, or set CHROMIUM to its path."
        )


def find_browser() -> str | None:
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found
    if MAC_APPLICATION.exists():
        return str(MAC_APPLICATION)
    cache = Path("~/Library/Caches" if sys.platform == "darwin" else "~/.cache").expanduser() / "ms-playwright"
    return next((str(path) for path in cache.glob("chromium-*/*/*") if path.name in ("chrome", "Chromium")), None)


def package(why: str, *names: str) -> None:
    """Install by the package manager, or say what to type."""
    install, line = _installer(list(names))
    if install is None:
        raise Trouble(f"Missing {why}. Please type:\n  {line}\nand then the same make command again.")
    say(f"Installing {why}: {line}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if _quietly(install, env):
        return
    if "apt-get" in install:  # its list of packages may be old or missing
        _quietly([*install[: install.index("apt-get") + 1], "update", "-q"], env)
        if _quietly(install, env):
            return
    raise Trouble(f"Installing {why} failed. Please type it and look at what it says:\n  {line}")


def _installer(names: list[str]) -> tuple[list[str] | None, str]:
    if sys.platform == "darwin":
        command = ["brew", "install", *names]
        return (command if shutil.which("brew") else None), " ".join(command)
    if shutil.which("apt-get"):
        command = ["apt-get", "install", "-y", "--no-install-recommends", *names]
        line = " ".join(command)
        if os.geteuid() == 0:
            return command, line
        may = shutil.which("sudo") and _quietly(["sudo", "-n", "true"], dict(os.environ))
        return (["sudo", "-n", *command] if may else None), f"sudo {line}"
    for manager, line in OTHER_SYSTEMS.items():
        if shutil.which(manager):
            return None, f"sudo {line}"
    return None, f"(your package manager) install {' '.join(names)}"


def _quietly(command: list[str], env: dict[str, str]) -> bool:
    return subprocess.run(command, env=env, capture_output=True, check=False).returncode == 0


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(f"lib{name}.so.0")
    except OSError:
        return ctypes.util.find_library(name) is not None
    return True


def _missing_on_linux() -> list[str]:
    missing = [debian for library, debian in PANGO.items() if not _loads(library)]
    if not any(_has_font(Path(folder).expanduser()) for folder in FONT_FOLDERS):
        missing.append(FONT_PACKAGE)
    return missing


def _has_font(folder: Path) -> bool:
    return next(folder.rglob(FONT), None) is not None if folder.exists() else False


def _missing_on_mac() -> list[str]:
    brews = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"))
    return [] if any((folder / "libpango-1.0.dylib").exists() for folder in brews) else ["pango"]
