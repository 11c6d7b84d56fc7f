"""Every check that needs no test, each with its seconds; all of them run, so that one round shows all that is wrong.

Runs inside `devtools/portal.py with`, because settings and the check for missing migrations want a database.
usage: lint.py [--fix]
"""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("ruff check", ["ruff", "check", "--quiet", "."]),
    ("ruff format", ["ruff", "format", "--quiet", "--check", "."]),
    ("mypy", ["mypy", "--no-error-summary", "."]),
    ("djlint format", ["djlint", "--check", "--quiet", "templates"]),
    ("djlint mistakes", ["djlint", "--lint", "--quiet", "templates"]),
    ("import-linter", ["lint-imports", "--no-cache"]),
    ("migrations", ["python", "manage.py", "makemigrations", "--check", "--dry-run"]),
)
FIXES = (
    ("ruff check", ["ruff", "check", "--fix", "."]),
    ("ruff format", ["ruff", "format", "."]),
    ("djlint format", ["djlint", "--reformat", "--quiet", "templates"]),
)


def passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    good = done.returncode == 0
    print(f"  {'ok  ' if good else 'FAIL'}  {name} ({time.monotonic() - began:.1f} s)", flush=True)
    if not good:
        print(done.stdout + done.stderr, flush=True)
    return good


def main() -> int:
    fixing = "--fix" in sys.argv
    results = [passes(name, command) for name, command in (FIXES if fixing else CHECKS)]
    # What cannot be mended by itself is for `make lint` to say.
    return 0 if fixing or all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
