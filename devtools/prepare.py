"""Bring the database up to date in one process (each start of Django costs more than a second).

usage: prepare.py [--demo MARKER]   prints the demo's sign-ins, one a line, after a line "sign-ins:"
"""

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIGN_INS = "sign-ins:"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--demo", type=Path, help="load the demo unless this file exists, then write it")
    arguments = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pqs_portal.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    for command in ("createcachetable", "load_standards", "load_catalogue"):
        call_command(command)
    marker = arguments.demo
    if marker and not marker.exists():
        call_command("load_demo")
        marker.touch()  # from now on the data belong to whoever uses them
    if marker:
        print(SIGN_INS, flush=True)
        call_command("demo_sign_ins")


if __name__ == "__main__":
    main()
