"""Write the pages of docs/ that are drawn from the code: permissions, states and mails."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import rules.permissions
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models

from accounts.models import Role
from accounts.transitions import Transition

DOCS = settings.BASE_DIR / "docs"
NOTE = "<!-- Drawn from the code by `python manage.py generate_docs`; a test fails when it differs. -->\n"

# What a predicate's name says to a reader; one that is missing here is shown by its name.
WORDS = {
    "always_true": "everybody who is signed in",
    "is_supervisor_of": "the practice supervisor whose year it is",
    "is_mentor_of": "the current mentor",
    "is_line_manager_of": "the current line manager",
    "is_panel_member_of": "a panel member of the cohort",
    "waits_on": "whoever the step waits on",
    "recorded_it": "whoever recorded it",
    "has_people_in": "whoever has their own year, a mentee or a report in the cohort",
    "is_member_there": "a member of the organisation",
    "is_nominated": "whoever is nominated",
    "is_line_manager_to_be": "the line manager who is asked",
    "made_nomination": "whoever nominated them",
    "owns_item": "whoever the item was given to",
    "runs_delivery": "whoever runs the delivery",
    "is_opened_to": "whoever it was opened to by name",
    "has_a_year_in": "whoever has a year of their own in the organisation",
    "is_observer": "the observer",
    "is_named_reader": "whoever it was opened to by name",
    "is_uploader": "whoever uploaded the file",
    "reads_its_piece": "whoever its piece was opened to by name",
    "asked_for_it": "whoever asked for the export",
    "is_recipient": "whoever the notice is for",
}
# Predicates that ask about the row and not about the person.
ABOUT_THE_ROW = {
    "is_shared_step": "for a step of the cohort or the organisation",
    "not is_shared_step": "for a step of one person",
    "is_recorded_by_hand": "for a step without a screen of its own",
}
ALSO = " who is also "
HOLDS = re.compile(r"holds:(\w+(?:\|\w+)*)")

WHEN = {
    "emails/accounts/invitation": "An organisation admin invites somebody, or sends the invitation again",
    "emails/accounts/second_factor_reset": "An organisation admin has reset a lost second factor",
    "emails/reminders/day": "Something is due or has happened: everything of one day in one mail",
    "account/email/password_changed": "Somebody has changed their password while signed in",
    "account/email/password_reset": "A password was changed through a reset link",
    "account/email/password_reset_key": "A new password was asked for, and the address has an account",
    "account/email/password_set": "A first password was set",
    "account/email/unknown_account": "A new password was asked for, and the address has no account",
    "mfa/email/recovery_codes_generated": "Somebody has made new recovery codes",
    "mfa/email/totp_activated": "Somebody has set up their second factor",
    "mfa/email/totp_deactivated": "Somebody has switched their second factor off",
}


class Command(BaseCommand):
    help = "Writes docs/permissions.md, docs/states.md and docs/emails.md from the code."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail if a page would change")

    def handle(self, *args: Any, **options: Any) -> None:
        stale = [path for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]
        names = ", ".join(path.name for path in stale) or "nothing"
        if options["check"] and stale:
            raise CommandError(f"{names} would change: run python manage.py generate_docs")
        for path in stale:
            path.write_text(pages()[path], "utf-8")
        self.stdout.write(f"Written: {names}")


def pages() -> dict[Path, str]:
    """Each generated page with the text it should have."""
    return {
        DOCS / "permissions.md": permissions_page(),
        DOCS / "states.md": states_page(),
        DOCS / "emails.md": emails_page(),
    }


# --- permissions -------------------------------------------------------------------------------------------
def permissions_page() -> str:
    lines = [
        "# Who may do what",
        "",
        NOTE,
        "Seeing comes first: a row that `visible_to(user)` does not give is answered with 404. Of what somebody sees,",
        "this page says what they may do; everything else is answered with 403. An ended role, pairing or membership",
        "ends the right, and nobody has any who may not sign in.",
        "",
        "Roles that are given: organisation admin, L&D lead, senior leader (of the organisation the row belongs to).",
        "The others follow from rows: an enrolment, a pairing, a place on a panel.",
    ]
    for app in own_apps():
        perms = list(getattr(part_of(app, "permissions"), "Perm", ()))
        if perms:
            lines += ["", f"## {app.label}", "", "| Permission | Who |", "|---|---|"]
            lines += [f"| `{perm}` | {in_words(rules.permissions.permissions[perm].name)} |" for perm in perms]
    return "\n".join(lines) + "\n"


def in_words(expression: str) -> str:
    """A predicate's name, such as ``(a | ~b)``, as a sentence."""
    # Predicates combine by Python's own operators, so Python can read their names.
    tree = ast.parse(HOLDS.sub(lambda held: "holds__" + held[1].replace("|", "__"), expression), mode="eval").body
    found = _said(tree)
    return found[0].upper() + found[1:]


def _said(node: ast.expr) -> str:
    parts = _parts_of(node, ast.BitOr)
    if len(parts) > 1:
        said = [words if _is_plain(words := _said(part)) else f"({words})" for part in parts]
        return f"{', '.join(said[:-1])} or {said[-1]}"
    parts = _parts_of(node, ast.BitAnd)
    conditions = [ABOUT_THE_ROW[_name_of(part)] for part in parts if _name_of(part) in ABOUT_THE_ROW]
    people = [_person(part) for part in parts if _name_of(part) not in ABOUT_THE_ROW]
    return ", ".join(conditions) + (": " if conditions and people else "") + ALSO.join(people)


def _is_plain(words: str) -> bool:
    return ":" not in words and ALSO not in words


def _parts_of(node: ast.expr, operator: type[ast.operator]) -> list[ast.expr]:
    """The operands of a chain of one operator, however it is nested."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, operator):
        return _parts_of(node.left, operator) + _parts_of(node.right, operator)
    return [node]


def _name_of(node: ast.expr) -> str:
    if isinstance(node, ast.UnaryOp):
        return f"not {_name_of(node.operand)}"
    return node.id if isinstance(node, ast.Name) else ""


def _person(node: ast.expr) -> str:
    name = _name_of(node)
    if not name:
        return _said(node)
    if name.startswith("holds__"):
        return " or ".join(_role(role) for role in name.removeprefix("holds__").split("__"))
    return WORDS.get(name, name.replace("_", " "))


def _role(value: str) -> str:
    label = Role(value).label
    return f"an {label}" if label.startswith("L&D") else f"{'an' if label[0] in 'AEIOU' else 'a'} {label.lower()}"


# --- states ------------------------------------------------------------------------------------------------
def states_page() -> str:
    lines = [
        "# States and moves",
        "",
        NOTE,
        "Each move asks for its permission, then its guard, then changes the row only if it still has the status that",
        "the move starts from, and writes an audit row (`accounts.transitions.move`).",
    ]
    for app in own_apps():
        for model, moves in tables_of(app):
            lines += ["", f"## {model.__name__} ({app.label})", "", *_diagram(model, moves), "", *_table(model, moves)]
    return "\n".join(lines) + "\n"


def tables_of(app: AppConfig) -> Iterator[tuple[type[models.Model], list[Transition]]]:
    """The app's ``TRANSITIONS``: by model name, or one list for the model that has these statuses."""
    table = getattr(part_of(app, "transitions"), "TRANSITIONS", {})
    if isinstance(table, Mapping):
        for name, moves in table.items():
            yield app.get_model(name), list(moves)
    else:
        yield _model_with(app, table), list(table)


def _model_with(app: AppConfig, moves: Iterable[Transition]) -> type[models.Model]:
    wanted = {status for move in moves for status in (*move.source, move.target)}
    return next(model for model in app.get_models() if hasattr(model, "Status") and wanted <= set(model.Status.values))


def _diagram(model: Any, moves: list[Transition]) -> list[str]:
    field = model._meta.get_field("status")
    lines = ["```mermaid", "stateDiagram-v2"]
    # Without a default each way in sets its own first status.
    lines += [f"    [*] --> {field.default}"] if field.has_default() else []
    lines += [f"    {value}: {label}" for value, label in model.Status.choices]
    lines += [f"    {source} --> {move.target}: {_name(move)}" for move in moves for source in sorted(move.source)]
    return [*lines, "```"]


def _table(model: Any, moves: list[Transition]) -> list[str]:
    labels = dict(model.Status.choices)
    lines = ["| Move | From | To | Permission | Guard | Stamps |", "|---|---|---|---|---|---|"]
    for move in moves:
        sources = ", ".join(labels[source] for source in sorted(move.source))
        guard = f"`{move.guard.__name__}`" if move.guard else ""
        stamps = f"`{move.stamp}_at`, `{move.stamp}_by`" if move.stamp else ""
        cells = (_name(move), sources, labels[move.target], f"`{move.permission}`", guard, stamps)
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _name(move: Transition) -> str:
    return move.name.replace("_", " ")


# --- mails -------------------------------------------------------------------------------------------------
def emails_page() -> str:
    lines = [
        "# Mails",
        "",
        NOTE,
        "Every mail that leaves the portal. None holds text of a portfolio; links begin with `SITE_URL`.",
        "",
        "| Templates | When | Subject | Parts |",
        "|---|---|---|---|",
    ]
    for subject in sorted((settings.BASE_DIR / "templates").glob("**/*_subject.txt")):
        stem = subject.relative_to(settings.BASE_DIR / "templates").as_posix().removesuffix("_subject.txt")
        words = re.sub(r"\{% (end)?autoescape( off)? %\}", "", subject.read_text("utf-8")).strip().replace("|", "\\|")
        lines.append(f"| `{stem}` | {WHEN.get(stem, '')} | `{words}` | {_parts(subject)} |")
    return "\n".join(lines) + "\n"


def _parts(subject: Path) -> str:
    stem = subject.name.removesuffix("_subject.txt")
    kinds = {".txt": "text", ".html": "HTML", "_message.txt": "text", "_message.html": "HTML"}
    return ", ".join(name for end, name in kinds.items() if subject.with_name(stem + end).exists())


# --- the apps ----------------------------------------------------------------------------------------------
def own_apps() -> list[AppConfig]:
    return [app for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]


def part_of(app: AppConfig, name: str) -> Any:
    """A module of the app, or None where it has none."""
    found = (Path(app.path) / f"{name}.py").exists()
    return import_module(f"{app.name}.{name}") if found else None
