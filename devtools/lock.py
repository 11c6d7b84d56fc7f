"""Write the hashed requirements*.txt anew from pyproject.toml (`make lock`): run after changing a dependency."""

import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from home import ROOT
from install import NODE_REQUIREMENTS, REQUIREMENTS, uv

# One file for every platform, and nothing in it that depends on this machine.
OPTIONS = "--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet"
RUNTIME = ROOT / "requirements.txt"


def compile_to(target: Path, *arguments: str) -> None:
    command = [str(uv()), "pip", "compile", *arguments, *OPTIONS.split(), *sys.argv[1:], "-o", target.name]
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    compile_to(RUNTIME, "pyproject.toml")
    compile_to(REQUIREMENTS, "pyproject.toml", "--group", "embedded", "--group", "dev", "-c", RUNTIME.name)
    compile_to(NODE_REQUIREMENTS, "--group", "node")
