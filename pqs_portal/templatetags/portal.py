"""Tags and filters of every page. They format and mark up; they never query."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from pqs_portal.lib import charts, words_found
from pqs_portal.lib.forms import date_parts_in_error, field_kind, flat_forms, problems_of, said_errors
from pqs_portal.lib.icons import ICONS, MARK
from pqs_portal.lib.text import render_text

register = template.Library()

# ---------------------------------------------------------------- dates and words


def local_day(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def clock(value: dt.datetime) -> str:
    return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%H:%M}"


@register.filter
def short_date(value: dt.date | None) -> str:
    """3 March 2027"""
    if not value:
        return ""
    day = local_day(value)
    return f"{day.day} {day:%B %Y}"


@register.filter
def long_date(value: dt.date | None) -> str:
    """Tuesday 3 March 2027"""
    return f"{local_day(value):%A} {short_date(value)}" if value else ""


@register.filter
def day_month(value: dt.date | None) -> str:
    """3 March"""
    return f"{local_day(value).day} {local_day(value):%B}" if value else ""


@register.filter
def date_and_time(start: dt.datetime | None, end: dt.datetime | None = None) -> str:
    """Tuesday 3 March 2027, 10:00 to 11:30"""
    if not start:
        return ""
    words = f"{long_date(start)}, {clock(start)}"
    if not end:
        return words
    if local_day(end) != local_day(start):
        return f"{words} to {long_date(end)}, {clock(end)}"
    return f"{words} to {clock(end)}"


@register.filter
def ago(value: dt.date | dt.datetime | None, today: dt.date | None = None) -> str:
    """today, yesterday, 3 days ago, in 4 days; the date itself beyond two weeks"""
    if not value:
        return ""
    days = (local_day(value) - (today or timezone.localdate())).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    if abs(days) > 14:
        return short_date(value)
    return f"in {days} days" if days > 0 else f"{-days} days ago"


@register.filter
def text(value: str | None) -> SafeString:
    """What somebody wrote, as safe HTML with the few marks we allow."""
    return render_text(value or "")


@register.filter
def marked(value: str | None, words: Any) -> SafeString:
    """``text`` with the words marked that the writer has still to look at (``words`` of ChecksWords)."""
    return words_found.marked(value or "", words.to_mark if words else ())


@register.filter
def marked_line(value: str | None, words: Any) -> SafeString:
    """The same for a title or another line without markup of its own."""
    return words_found.marked_line(value or "", words.to_mark if words else ())


@register.filter
def plural(count: int, words: str) -> str:
    """2|plural:"piece,pieces" is "2 pieces" """
    return f"{count} {plural_word(count, words)}"


@register.filter
def plural_word(count: int, words: str) -> str:
    one, _, many = words.partition(",")
    return one if int(count) == 1 else (many or f"{one}s")


@register.filter
def and_list(values: Iterable[Any]) -> str:
    """a, b and c"""
    found = [str(value) for value in values]
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


# The first that is named counts: browsers also name those that they resemble.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "a Mac",
    "Linux": "Linux",
}


@register.filter
def browser_words(user_agent: str) -> str:
    """Chrome on Windows; what names no browser we know stays as it is."""
    browser = next((word for sign, word in BROWSERS.items() if sign in user_agent), "")
    system = next((word for sign, word in SYSTEMS.items() if sign in user_agent), "")
    return " on ".join(filter(None, [browser, system])) if browser else user_agent


@register.filter
def file_size(size: int | None) -> str:
    if not size:
        return ""
    for unit, step in (("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000)):
        if size >= step:
            return f"{size / step:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"


# ---------------------------------------------------------------- small marks


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small picture beside words that say the same, so hidden from screen readers."""
    if name == "mark":
        return mark_safe(MARK)  # noqa: S308 - a constant
    return format_html(
        '<svg class="pp-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">'
        '<path fill="currentColor" fill-rule="evenodd" d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
def area_tag(area: Any) -> SafeString:
    return format_html(
        '<span class="pp-area"><span class="pp-area__number">{}</span> {}</span>', area.number, area.title
    )


@register.simple_tag
def year_strip(states: Iterable[charts.State | str], label: str = "") -> SafeString:
    return charts.strip(list(states), label)


@register.simple_tag
def coverage_mark(level: str) -> SafeString:
    return charts.coverage_mark(level)


@register.simple_tag
def year_line(
    points: Iterable[charts.YearPoint], today: dt.date, start: dt.date, months: int, whose: str = ""
) -> SafeString:
    """Both ways round; the style sheet shows the one that fits. ``whose``: the name, if it is somebody else's year."""
    found, here = list(points), f"{whose} is here" if whose else "You are here"
    return format_html(
        '<div class="pp-year__wide">{}</div><div class="pp-year__tall">{}</div>',
        charts.year_line(found, today=today, start=start, months=months, here=here),
        charts.year_line(found, today=today, start=start, months=months, here=here, vertical=True),
    )


@register.simple_tag
def legend_mark(kind: charts.Kind, state: charts.State) -> SafeString:
    return charts.legend_mark(kind, state)


@register.filter
def level_words(level: str) -> str:
    """The word beside a coverage mark; a word given by the page stays as it is."""
    return charts.LEVEL_WORDS.get(level, level or charts.LEVEL_WORDS["none"])


@register.filter
def in_order(points: Iterable[charts.YearPoint]) -> list[tuple[charts.YearPoint, str]]:
    """The points by date, each with what its mark in the picture says."""
    ordered = sorted(points, key=lambda point: point.on)
    return list(zip(ordered, charts.marks(ordered), strict=True))


@register.filter
def state_words(point: charts.YearPoint) -> str:
    return charts.STATE_WORDS[point.state]


@register.filter
def kind_words(point: charts.YearPoint) -> str:
    return charts.KIND_WORDS[point.kind]


@register.filter
def beside(names: Iterable[Any], cells: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each cell of a row with the name of its column."""
    return list(zip(names, cells, strict=True))


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


# ---------------------------------------------------------------- errors, fields


@register.inclusion_tag("components/error_summary.html")
def error_summary(*given: Any) -> dict[str, Any]:
    """Forms, formsets or lists of them; nothing is shown when all is well."""
    return {"problems": [problem for item in flat_forms(*given) for problem in problems_of(item)]}


@register.simple_tag(takes_context=True)
def error_prefix(context: template.Context) -> str:
    """ "Error: " for the title when a form of this page was not accepted."""
    given = flat_forms(*(context.get(name) for name in ("form", "forms", "formset", "verify_form")))
    return "Error: " if any(next(iter(problems_of(item)), None) for item in given if item.is_bound) else ""


@register.inclusion_tag("gds/field.html")
def gov_field(
    field: forms.BoundField, label: str = "", hint: str = "", size: str = "s", no_hint: bool = False
) -> dict[str, Any]:
    """One field in our markup, outside crispy (the account pages)."""
    return {
        "field": field,
        "pp_label": label,
        "pp_hint": False if no_hint else hint,
        "label_size": f"govuk-label--{size}",
        "legend_size": f"govuk-fieldset__legend--{size}",
        "form_show_errors": True,
        "form_show_labels": True,
    }


@register.inclusion_tag("components/fields.html")
def gov_fields(form: forms.BaseForm) -> dict[str, Any]:
    return {"form": form}


@register.filter
def or_help(hint: Any, field: forms.BoundField) -> Any:
    """The hint the page gives, else the field's own; False means none."""
    return "" if hint is False else hint or field.help_text


register.filter("field_kind", field_kind)
register.filter("said_errors", said_errors)

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Widget, "govuk-input"),
)


@register.simple_tag
def gov_widget(field: forms.BoundField, hint: Any = "", counted: bool = False) -> SafeString:
    """A single input with the right class, its error class, and what describes it."""
    widget = field.field.widget
    base = next(name for kind, name in CLASSES if isinstance(widget, kind))
    classes = [base, *(name for name in widget.attrs.get("class", "").split() if name != base)]
    if field.errors and base != "govuk-checkboxes__input":
        classes.append(f"{base}--error")
    attrs: dict[str, Any] = {"class": " ".join(classes), "placeholder": False, "required": False, "aria-invalid": False}
    described = described_by(field, hint)
    attrs["aria-describedby"] = f"{described} {field.auto_id}-info".strip() if counted else described or False
    if widget.attrs.get("autocomplete") == "one-time-code":
        attrs |= {"class": f"{attrs['class']} govuk-input--width-10", "inputmode": "numeric", "spellcheck": "false"}
    if getattr(widget, "input_type", "") in {"email", "password"}:
        attrs["spellcheck"] = "false"
    return field.as_widget(attrs=attrs)


@register.simple_tag
def described_by(field: forms.BoundField, hint: Any = "") -> str:
    ids = [f"{field.auto_id}_hint"] if hint else []
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    return " ".join(ids)


@register.filter
def choice_items(field: forms.BoundField) -> list[dict[str, Any]]:
    """The radios or checkboxes of a field: the first has the field's own id, so every link finds it."""
    chosen = field.value()
    values = {str(value) for value in (chosen if isinstance(chosen, list | tuple | set) else [chosen])}
    items = []
    for number, choice in enumerate(field.field.choices, start=1):  # type: ignore[attr-defined]
        value, label = choice
        hint = getattr(choice, "hint", "") or getattr(value, "hint", "")
        plain = "" if value is None else str(value)
        ident = field.auto_id if number == 1 else f"{field.auto_id}_{number}"
        items.append(
            {
                "id": ident,
                "value": plain,
                "label": label,
                "hint": hint,
                "divider": getattr(choice, "divider", ""),
                "checked": plain in values or (plain == "" and values == {"None"}),
            }
        )
    return items


@register.simple_tag
def date_boxes(field: forms.BoundField) -> list[dict[str, Any]]:
    """Day, month and year of a date field, with what was typed."""
    widget = field.field.widget
    typed = field.value()
    values = typed if isinstance(typed, list | tuple) else widget.decompress(typed)
    wrong = date_parts_in_error(field)
    return [
        {
            "id": f"{field.auto_id}_{number}",
            "name": f"{field.html_name}_{part}",
            "label": part.capitalize(),
            "value": "" if value is None else value,
            "width": 4 if part == "year" else 2,
            "wrong": part in wrong,
        }
        for number, (part, value) in enumerate(zip(("day", "month", "year"), values, strict=True))
    ]


# ---------------------------------------------------------------- a POST sent again


@register.filter
def is_kept_field(name: str) -> bool:
    """Whether to send a field again: never a password, nor the token of the old page."""
    return name != "csrfmiddlewaretoken" and "password" not in name.lower()
