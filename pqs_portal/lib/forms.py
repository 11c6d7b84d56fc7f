"""Forms in the design system's clothes: one helper factory, and the few fields Django lacks.

Pages render ``{% crispy form %}`` with the template pack "gds"; the pack's own templates are mended in
``templates/gds/``. Nothing here saves or authorises.
"""

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import HTML, Button, Div, Field, Fieldset, Fixed, Fluid, Layout, Size
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from pqs_portal.lib.drafts import Draft, DraftPart
from pqs_portal.lib.text import as_typed

__all__ = [
    "HTML",
    "Button",
    "Choice",
    "DateInput",
    "Div",
    "Field",
    "Fieldset",
    "FilesField",
    "Fixed",
    "Fluid",
    "GovDateField",
    "GovFormHelper",
    "GovTimeField",
    "Layout",
    "LongText",
    "PersonShown",
    "Size",
    "first_input_id",
    "gov_helper",
]

DAY, MONTH, YEAR = "day", "month", "year"
PARTS = (DAY, MONTH, YEAR)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Limit = dt.date | Callable[[], dt.date] | None


class GovFormHelper(FormHelper):
    """The pack's helper with our defaults: bold labels, no validation by the browser, a way out beside the button."""

    label_size = Size.SMALL
    legend_size = Size.SMALL
    layout: Any

    def __init__(self, form: forms.BaseForm | None = None) -> None:
        super().__init__(form)
        self.attrs: dict[str, Any] = {"novalidate": True}
        self.cancel_url = ""
        self.cancel_label = "Cancel"

    def render_layout(self, form: forms.BaseForm, context: Any, template_pack: Any = "gds") -> str:
        if self.layout is None:
            self.layout = Layout(*form.fields)
        html: str = super().render_layout(form, context, template_pack=template_pack)
        return html


def gov_helper(
    *layout: Any,
    button: str | None = "Save",
    button_name: str = "",
    secondary: str | tuple[str, str] | None = None,
    cancel_url: str | None = None,
    cancel_label: str = "Cancel",
    warning: bool = False,
    form_tag: bool = True,
    action: str = "",
    method: str = "post",
    form_id: str = "",
    draft: Draft | None = None,
    **attrs: str,
) -> GovFormHelper:
    """The one way a form of ours is laid out.

    ``layout`` are field names or layout objects (none: every field in order). ``secondary`` is a second,
    grey button: a label (sent as ``action``) or ``(name, label)``. ``button=None`` leaves the buttons to the page.
    With ``draft`` what is typed is kept (static/js/drafts.js); without JavaScript a grey button does it.
    """
    helper = GovFormHelper()
    if draft:
        layout = (DraftPart("components/draft_top.html", draft), *layout, DraftPart("components/draft.html", draft))
    if layout:
        helper.layout = Layout(*layout)
    helper.form_tag = form_tag
    helper.form_action = action
    helper.form_method = method
    helper.form_id = form_id
    helper.disable_csrf = not form_tag
    helper.attrs.update({name.replace("_", "-"): value for name, value in attrs.items()})
    helper.cancel_url = cancel_url or ""
    helper.cancel_label = cancel_label
    if button is not None:
        # What only searches leaves the green button to what changes something.
        first = Button.warning if warning else Button.secondary if method == "get" else Button.primary
        helper.add_input(first(button_name, button))
    if secondary is not None:
        name, label = ("action", secondary) if isinstance(secondary, str) else secondary
        helper.add_input(Button.secondary(name, label))
    if draft:
        helper.attrs["data-draft"] = draft.url
        helper.add_input(Button.secondary("save_draft", "Save draft", formaction=draft.url, data_draft_button="true"))
    return helper


def first_input_id(field: forms.BoundField) -> str:
    """The id a link in the error summary must point to: the first input that is wrong."""
    if isinstance(field.field, GovDateField):
        wrong = date_parts_in_error(field)
        return f"{field.auto_id}_{PARTS.index(wrong[0]) if wrong else 0}"
    return field.auto_id


def date_parts_in_error(field: forms.BoundField) -> list[str]:
    """Which of day, month and year to mark; all of them when the date as a whole is wrong."""
    codes = [error.code for error in field.errors.as_data()] if field.errors else []
    named = [part for part in PARTS if part in codes]
    return named or (list(PARTS) if codes else [])


def field_kind(field: forms.BoundField) -> str:
    """Which markup a field needs: date, checkboxes, radios, checkbox or single."""
    widget = field.field.widget
    if isinstance(field.field, GovDateField):
        return "date"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "single"


def flat_forms(*given: Any) -> Iterable[Any]:
    for item in given:
        if not item:
            continue
        if isinstance(item, forms.BaseForm | forms.BaseFormSet):
            yield item
        else:
            yield from flat_forms(*item)


def problems_of(item: Any) -> Iterable[tuple[str, str]]:
    """(address within the page, message) of each error, in the order of the fields."""
    if isinstance(item, forms.BaseFormSet):
        for message in item.non_form_errors():
            yield "#main", str(message)
        for form in item.forms:
            yield from problems_of(form)
        return
    visible = item.visible_fields()
    top = f"#{first_input_id(visible[0])}" if visible else "#main"
    for message in item.non_field_errors():
        yield top, str(message)
    for field in item.hidden_fields():
        for message in said_errors(field):
            yield top, message
    for field in visible:
        for message in said_errors(field):
            yield f"#{first_input_id(field)}", message


NAMED = {
    "Email": "your e-mail address",
    "Password": "your password",
    "Current Password": "your current password",
    "New Password": "a new password",
    "New Password (again)": "the new password again",
    "Code": "the code",
    "Authenticator code": "the code from your app",
}


def said_errors(field: forms.BoundField) -> list[str]:
    """The messages of a field; where a form says no more than "required", in words that say how to mend it."""
    plain = str(forms.Field.default_error_messages["required"])
    return [mended(field) if str(message) == plain else str(message) for message in field.errors]


def mended(field: forms.BoundField) -> str:
    label, kind = str(field.label), field_kind(field)
    if kind == "checkbox":
        return f"Tick “{label}”"
    if label.endswith("?"):
        return f"Choose an answer to “{label}”" if kind in ("radios", "checkboxes") else f"Answer “{label}”"
    chosen = kind in ("radios", "checkboxes") or isinstance(field.field.widget, forms.Select | forms.FileInput)
    name = NAMED.get(label) or f"{label[:1].lower()}{label[1:]}"
    return f"{'Choose' if chosen else 'Enter'} {name}"


class DateInput(forms.MultiWidget):
    """Day, month and year, posted as ``<name>_day``, ``<name>_month`` and ``<name>_year``."""

    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, dt.date):
            return [value.day, value.month, value.year]
        return [None, None, None]


class GovDateField(forms.MultiValueField):
    """A date in three boxes that answers in words that say how to mend it.

    ``what`` names the date in the messages ("the date of the supervision"). ``earliest`` and ``latest`` are
    dates, or callables that give one, so that "today" is the day of the request.
    """

    widget = DateInput

    def __init__(self, *, what: str = "the date", earliest: Limit = None, latest: Limit = None, **kwargs: Any) -> None:
        self.what = what
        self.earliest = earliest
        self.latest = latest
        kwargs.setdefault("error_messages", {}).setdefault("required", f"Enter {what}, like 12 2 2027")
        super().__init__([forms.CharField(required=False) for _ in PARTS], require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> dt.date | None:
        if self.disabled and isinstance(value, dt.date):
            return value
        typed = [str(part or "").strip() for part in (value or ["", "", ""])]
        if not any(typed):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        result = self.compress(typed)
        self.validate(result)
        self.run_validators(result)
        return result

    def compress(self, data_list: Sequence[str]) -> dt.date:
        what = self.what[:1].upper() + self.what[1:]
        missing = [name for name, typed in zip(PARTS, data_list, strict=True) if not typed]
        if missing:
            raise ValidationError([ValidationError(f"{what} must include a {name}", code=name) for name in missing[:1]])
        day, month, year = data_list
        if not re.fullmatch(r"\d{4}", year):
            raise ValidationError("The year must have 4 figures, like 2027", code=YEAR)
        try:
            found = dt.date(int(year), month_number(month), int(day))
        except ValueError:
            raise ValidationError(f"{what} must be a real date, like 12 2 2027", code="invalid") from None
        earliest, latest = resolved(self.earliest), resolved(self.latest)
        if earliest and found < earliest:
            raise ValidationError(f"{what} must be {in_words(earliest)} or later", code="too_early")
        if latest and found > latest:
            raise ValidationError(f"{what} must be {in_words(latest)} or earlier", code="too_late")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = initial if isinstance(initial, list) else DateInput().decompress(initial)
        return [str(part or "") for part in before] != [str(part or "").strip() for part in (data or ["", "", ""])]


def month_number(typed: str) -> int:
    """2, 02, Feb or February. ValueError if it is none of them."""
    return int(typed) if typed.isdecimal() else MONTHS.index(typed[:3].lower()) + 1


def resolved(limit: Limit) -> dt.date | None:
    return limit() if callable(limit) else limit


def in_words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap]m)?", re.IGNORECASE)


class GovTimeField(forms.TimeField):
    """A time as people write it: 10:00, 10.30, 2pm, 14."""

    def __init__(self, *, what: str = "the time", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-5"}))
        messages = kwargs.setdefault("error_messages", {})
        messages.setdefault("required", f"Enter {what}, like 10:00 or 2pm")
        messages.setdefault("invalid", f"Enter {what} like 10:00 or 2pm")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.time | None:
        if value in self.empty_values or isinstance(value, dt.time):
            return value or None
        match = TIME.fullmatch(str(value).strip())
        if not match:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "").lower()
        if half and not 1 <= hour <= 12:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        try:
            return dt.time(hour, minute)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, dt.time) else value


class LongText(forms.CharField):
    """What people write: stored as typed; only spaces and line ends count as nothing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **{"widget": forms.Textarea, **kwargs})

    def to_python(self, value: Any) -> str:
        return as_typed(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value if value.strip() else "")


class PersonShown(forms.UUIDField):
    """The id of the person whom the page names, hidden; None if it says nobody's. Shown again, it is today's."""

    def __init__(self, person_id: uuid.UUID | None) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, initial=person_id)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial

    def clean(self, value: Any) -> uuid.UUID | None:
        try:
            found: uuid.UUID | None = super().clean(value)
        except ValidationError:
            return None
        return found


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if isinstance(files, MultiValueDict) else files.get(name) or []


class FilesField(forms.FileField):
    """Any number of files; the cleaned value is a list. What is in them is checked by ``lib.uploads``."""

    def __init__(self, *, most: int = 10, **kwargs: Any) -> None:
        self.most = most
        kwargs.setdefault("widget", FilesInput())
        messages = kwargs.setdefault("error_messages", {})
        messages.setdefault("required", "Choose a file")
        messages.setdefault("empty", "This file is empty. Choose another one")
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen: Iterable[UploadedFile[Any]] = data or []
        found = [super(FilesField, self).clean(file, None) for file in chosen]
        if self.required and not found and not initial:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(found) > self.most:
            raise ValidationError(f"Choose no more than {self.most} files at once", code="too_many")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)
