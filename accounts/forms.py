"""Forms about people, roles and the organisation: they parse and validate, nothing else."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import timezone

from accounts.models import AuditEvent, Membership, Role, User
from accounts.registration import social_work_england_number, without_spaces
from pqs_portal.lib.forms import Choice, Field, Fieldset, GovDateField, gov_helper

ROLE_HINTS = {
    Role.ORGANISATION_ADMIN: "Invites people, gives roles, exports portfolios, sees the records",
    Role.LD_LEAD: "Runs cohorts and programmes, sees progress, never anybody’s writing",
    Role.SENIOR_LEADER: "Sees numbers of ten and more",
}
ROLE_CHOICES = [Choice(role.value, role.label, hint=ROLE_HINTS[role]) for role in Role]
EMAIL_WRONG = "Enter an e-mail address in the right form, like name@example.gov.uk"


def name_field(label: str, **attrs: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": f"Enter the {label.lower()}", "max_length": "Use no more than 200 characters"},
    )


def comfort_field(label: str, choices: type[TextChoices]) -> forms.ChoiceField:
    wrong = {"invalid_choice": f"Choose one of the listed kinds under “{label}”"}
    return forms.ChoiceField(
        label=label, required=False, choices=choices.choices, widget=forms.RadioSelect, error_messages=wrong
    )


class ConfirmForm(forms.Form):
    """No fields: the page asks once more, the POST is the answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper(button=None, form_tag=False)


class InviteForm(forms.Form):
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = name_field("Name", autocomplete="off")
    email = forms.EmailField(
        label="E-mail address",
        help_text="The invitation goes there. They sign in with this address.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the e-mail address", "invalid": EMAIL_WRONG},
    )
    roles = forms.MultipleChoiceField(
        label="Roles",
        required=False,
        choices=ROLE_CHOICES,
        help_text="None for supervisors, mentors and line managers: they get theirs in a cohort.",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper("id", "name", "email", "roles", button="Send invitation", cancel_url=cancel_url)

    def clean_email(self) -> str:
        """Plain letters only: look-alike letters would make two people of one address."""
        email: str = self.cleaned_data["email"]
        if not email.isascii():
            raise ValidationError("Use only plain letters in the e-mail address. Type it again instead of pasting it")
        return email.lower()


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label="Role", choices=ROLE_CHOICES, widget=forms.RadioSelect, error_messages={"required": "Choose a role"}
    )
    starts_on = GovDateField(label="From", what="the first day of the role", earliest=timezone.localdate)

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper(Field.radios("role"), "starts_on", button="Give role", cancel_url=cancel_url)


class EndForm(forms.Form):
    """The first day without the role or membership."""

    ends_on = GovDateField(label="First day without it", what="the first day without it", earliest=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper("ends_on", button=None, form_tag=False)


class AccountForm(forms.Form):
    name = name_field("Your name", autocomplete="name")
    registration_body = forms.ChoiceField(
        label="Registered with",
        required=False,
        choices=[*Membership.Body.choices, ("", "Rather not say")],
        widget=forms.RadioSelect,
    )
    registration_number = forms.CharField(
        label="Registration number",
        required=False,
        max_length=20,
        help_text="Optional. For Social Work England it begins with SW, like SW12345.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"}),
        error_messages={"max_length": "Use no more than 20 characters"},
    )

    def __init__(self, *args: Any, with_registration: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_registration:
            del self.fields["registration_body"], self.fields["registration_number"]
        self.helper = gov_helper()

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        body, typed = cleaned.get("registration_body", ""), cleaned.get("registration_number", "")
        if typed and body in ("", Membership.Body.NONE):
            self.add_error("registration_body", "Choose who you are registered with, or take the number out")
        elif typed and body == Membership.Body.SOCIAL_WORK_ENGLAND:
            try:
                cleaned["registration_number"] = social_work_england_number(typed)
            except ValueError:
                self.add_error("registration_number", "Enter SW followed by up to 7 figures, like SW12345")
        else:
            cleaned["registration_number"] = without_spaces(typed)
        return cleaned


class ComfortForm(forms.Form):
    """Letters, size, spacing and tint, as one person reads best."""

    font = comfort_field("Letters", User.Font)
    text_size = comfort_field("Size", User.Size)
    spacing = comfort_field("Space between letters, words and lines", User.Spacing)
    tint = comfort_field("Colour of the page", User.Tint)

    def __init__(self, *args: Any, cancel_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper(secondary=("show", "Show me first"), cancel_url=cancel_url, data_comfort="true")


class OrganisationForm(forms.Form):
    name = name_field("Name of the organisation")
    help_name = forms.CharField(label="Name or team", required=False, max_length=200)
    help_email = forms.EmailField(label="E-mail address", required=False, error_messages={"invalid": EMAIL_WRONG})
    help_phone = forms.CharField(label="Telephone number", required=False, max_length=50)
    safeguarding_contact = forms.CharField(
        label="Safeguarding contact",
        required=False,
        max_length=300,
        help_text="Shown wherever people write: whom to tell when somebody may be at risk.",
    )
    data_protection_contact = forms.CharField(
        label="Data protection contact", required=False, max_length=300, help_text="Shown in the privacy notice."
    )
    second_factor_required = forms.BooleanField(
        label="Everybody must use a second step at sign-in",
        required=False,
        help_text="Whoever has none yet, you included, sets it up before anything else.",
    )
    part_time_pro_rata = forms.BooleanField(
        label="Whoever works part time has more time for the year",
        required=False,
        help_text="The dates of the steps stretch with the hours: at half the hours the year takes twice as long.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact = ("help_name", "help_email", "help_phone")
        self.helper = gov_helper(
            "name",
            Fieldset(*contact, legend="Whom your people ask for help", legend_size="m"),
            Fieldset("safeguarding_contact", "data_protection_contact", legend="Other contacts", legend_size="m"),
            Fieldset("part_time_pro_rata", legend="Part-time hours", legend_size="m"),
            Fieldset("second_factor_required", legend="Signing in", legend_size="m"),
        )


class NewPersonForm(forms.Form):
    """What a new person sets when accepting an invitation."""

    name = name_field("Your name", autocomplete="name")
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password", "max_length": "Use no more than 500 characters"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = " ".join(password_validators_help_texts())
        self.helper = gov_helper(button="Join")

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        candidate = User(email=self.user.email, name=self.cleaned_data.get("name", ""))
        validate_password(password, candidate)
        return password


class PeopleFilter(forms.Form):
    """The search above the list; what is not understood is not searched for."""

    SHOWN = [("", "Now"), ("invited", "Invited"), ("ended", "Ended")]
    q = forms.CharField(label="Name", required=False, max_length=200)
    show = forms.ChoiceField(label="Which people", required=False, choices=SHOWN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper("q", "show", button="Search", method="get")
        self.helper.disable_csrf = True


class RecordFilter(forms.Form):
    SHOWN = [
        ("", "Everything"),
        *[choice for choice in AuditEvent.Category.choices if choice[0] != AuditEvent.Category.PORTFOLIO],
    ]
    category = forms.ChoiceField(label="What about", required=False, choices=SHOWN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = gov_helper("category", button="Show", method="get")
        self.helper.disable_csrf = True
