"""What import-linter cannot see: strings are imports too, and so are foreign keys and includes."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from pqs_portal import settings as settings_module
from pqs_portal.celery import app as celery

ROOT = Path(settings.BASE_DIR)
RANK = {
    "accounts": 0,
    "pathway": 1,
    "sessions_catalogue": 2,
    "observations": 2,
    "portfolio": 3,
    "reminders": 4,
    "insights": 4,
}
LONGEST_MODULE = 400
MODELS = [model for model in apps.get_models() if model._meta.app_label in RANK]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Not shown by a browser: mail programs and the PDF know no content policy.
NOT_IN_A_BROWSER = ("emails/", "portfolio/pdf/")
SCOPED = {
    "visible_to",
    "of_supervisor",
    "mentored_by",
    "line_managed_by",
    "overseen_by",
    "owned_by",
    "told_to",
    "dates_visible_to",
    "none",
}


def modules(*folders):
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
    return sorted(found)


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def template_name(path):
    return path.relative_to(ROOT / "templates").as_posix()


# --- models ------------------------------------------------------------------------------------------------
def relations():
    for model in MODELS:
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                yield model._meta.app_label, field, field.related_model._meta.app_label


def test_relations_point_down_or_stay():
    wrong = [
        str(field)
        for app, field, target in relations()
        if target in RANK and target != app and not RANK[target] < RANK[app]
    ]

    assert wrong == []


def test_every_app_has_a_rank():
    own = {config.label for config in apps.get_app_configs() if Path(config.path).parent == ROOT}

    assert own - {"pqs_portal"} == set(RANK)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_model_leaves_save_alone(model):
    """What must happen with a save is a service's, where it can be seen and tested."""
    own = [cls for cls in model.__mro__ if cls.__module__.split(".")[0] in RANK]

    assert [cls.__name__ for cls in own if {"save", "delete"} & set(vars(cls))] == []


# --- strings that are imports ------------------------------------------------------------------------------
def strings_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings_of(part)
    elif isinstance(value, list | tuple | set):
        for part in value:
            yield from strings_of(part)


def dotted_paths():
    known = ("django", "allauth", "csp", "whitenoise", "rules", "logging", "pqs_portal", *RANK)
    values = {name: value for name, value in vars(settings_module).items() if name.isupper()}
    # Names of app and model, not of a module.
    values.pop("AUTH_USER_MODEL")
    found = {text for text in strings_of(values) if re.fullmatch(r"\w+(\.\w+)+", text)}
    return sorted(text for text in found if text.split(".")[0] in known)


@pytest.mark.parametrize("path", dotted_paths())
def test_dotted_path_of_settings_exists(path):
    try:
        import_module(path)
    except ModuleNotFoundError:
        assert import_string(path)


def test_dotted_paths_are_found():
    paths = dotted_paths()

    assert {"accounts.middleware.SecondFactorMiddleware", "pqs_portal.context_processors.page"} <= set(paths)
    assert set(settings.TIMELINE_MODULES) <= set(paths)
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(paths)


def test_beat_calls_tasks_that_exist():
    celery.loader.import_default_modules()

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(celery.tasks)


# --- code --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", modules(*RANK, "pqs_portal", "devtools"), ids=name_of)
def test_module_is_not_too_long(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


def test_admin_is_not_installed():
    assert not apps.is_installed("django.contrib.admin")
    assert [name_of(path) for path in modules(*RANK, "pqs_portal") if "contrib.admin" in path.read_text("utf-8")] == []


def is_for_readers(path):
    """Views and forms, as a module or as a package."""
    inside = path.relative_to(ROOT).parts[1]
    return inside in ("views", "forms", "views.py", "forms.py")


def chain(node):
    """``a`` and ``a.b`` of ``a.b.c(d)``: what an expression is called on, from the inside out."""
    while isinstance(node, ast.Attribute | ast.Call):
        yield node
        node = node.func if isinstance(node, ast.Call) else node.value


def named_scopes(tree):
    """Nodes that are part of a queryset which names who is looking."""
    ends = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in SCOPED]
    return {id(part) for end in ends for part in chain(end)}


def handed_over(function):
    """Nodes that are part of what a function hands to ``self.visible``, directly or by a name."""
    found, names = set(), set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "visible":
            found.update(id(part) for argument in node.args for part in chain(argument))
            names.update(argument.id for argument in node.args if isinstance(argument, ast.Name))
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and names & {target.id for target in node.targets if hasattr(target, "id")}:
            found.update(map(id, chain(node.value)))
    return found


def bare_managers(source):
    """Line numbers of ``.objects`` that nobody's eyes are asked about."""
    tree = ast.parse(source)
    managers = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager", "_base_manager")
    ]
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    scoped = named_scopes(tree).union(*map(handed_over, functions))
    return [node.lineno for node in managers if id(node) not in scoped]


@pytest.mark.parametrize("path", [path for path in modules(*RANK) if is_for_readers(path)], ids=name_of)
def test_views_and_forms_ask_who_is_looking(path):
    assert bare_managers(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("Evidence.objects.visible_to(user).filter(a=1)", []),
        ("Evidence.objects.filter(a=1).visible_to(user)", []),
        ("self.visible(Evidence.objects)", []),
        ("self.visible(Evidence.objects.kept().with_people())", []),
        ("self.visible(rows := rows, pk=Evidence.objects.get().pk)", [2]),
        ("rows = Evidence.objects.kept(); self.visible(rows)", []),
        ("rows = Evidence.objects.kept(); show(rows)", [2]),
        ("Evidence.objects.get(pk=1)", [2]),
        ("User.objects.none()", []),
        ("Evidence._default_manager.all()", [2]),
    ],
)
def test_bare_managers_are_noticed(source, lines):
    assert bare_managers(f"def load(self):\n    {source}") == lines


# --- templates ---------------------------------------------------------------------------------------------
DRAWN_IN = re.compile(r"\{%\s*(?:include|extends)\s+(\S+)")


def allowed_in(folder):
    shared = ("components/", "layouts/", "base.html", "gds/")
    return (*shared, f"{folder}/")


@pytest.mark.parametrize("path", [path for path in TEMPLATES if template_name(path).split("/")[0] in RANK],
                         ids=template_name)  # fmt: skip
def test_template_draws_in_only_its_own_and_shared_ones(path):
    names = [name.strip("\"'") for name in DRAWN_IN.findall(path.read_text("utf-8"))]

    assert [name for name in names if not name.startswith(allowed_in(template_name(path).split("/")[0]))] == []


INLINE = re.compile(r"<style|\sstyle\s*=|<script(?![^>]*\ssrc=)|<\w[^>]*\son\w+\s*=|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("path", [path for path in TEMPLATES if not template_name(path).startswith(NOT_IN_A_BROWSER)],
                         ids=template_name)  # fmt: skip
def test_template_has_nothing_inline(path):
    """The content policy would block it, and the page would look or work differently than meant."""
    assert INLINE.findall(path.read_text("utf-8")) == []
