"""Registration numbers of Social Work England."""

import pytest

from accounts.registration import social_work_england_number, without_spaces

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("SW12345", "SW12345"),
        (" sw 00123 ", "SW123"),
        ("Sw1", "SW1"),
        ("SW0001234567", "SW1234567"),
    ],
)
def test_is_stored_in_one_form(typed, stored):
    assert social_work_england_number(typed) == stored


@pytest.mark.parametrize(
    "typed", ["", "SW", "SW0", "12345", "SW12345678", "SW12A", "SW-12", "SW١٢٣", "XSW1", "SW1\n2x"]
)
def test_refuses_other_forms(typed):
    with pytest.raises(ValueError):  # noqa: PT011 -- the field says how to mend it
        social_work_england_number(typed)


def test_other_bodies_keep_their_form_without_spaces():
    assert without_spaces(" 12a 3456 e ") == "12A3456E"
