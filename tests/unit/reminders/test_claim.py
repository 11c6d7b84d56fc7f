import datetime as dt
import smtplib

import pytest

from reminders.services import claim, send


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 60), (20, 60)])
def test_pauses_double_up_to_an_hour(attempts, minutes):
    for _ in range(20):
        pause = claim.pause_after(attempts)
        assert dt.timedelta(minutes=minutes) <= pause <= dt.timedelta(minutes=minutes * 1.2)


@pytest.mark.parametrize(
    ("error", "permanent"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"")}), True),
        (smtplib.SMTPRecipientsRefused({"a@b": (450, b"")}), False),
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b""), "c@d": (421, b"")}), False),
        (smtplib.SMTPDataError(554, b""), True),
        (smtplib.SMTPDataError(451, b""), False),
        (smtplib.SMTPSenderRefused(550, b"", "p@b"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (TimeoutError(), False),
        (ValueError("template"), False),
    ],
    ids=repr,
)
def test_which_errors_are_for_good(error, permanent):
    assert claim.is_permanent(error) is permanent


def test_the_lease_outlasts_a_slow_conversation():
    """Connect, greet twice, encrypt, sign in, sender, recipient, data, the final dot."""
    assert dt.timedelta(seconds=9 * send.TIMEOUT) < claim.LEASE
