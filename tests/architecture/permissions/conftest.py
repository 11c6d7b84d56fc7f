"""The world of the permission matrix: made once for the folder, emptied afterwards."""

import datetime as dt
import logging

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from accounts import middleware
from pqs_portal import context_processors, navigation
from tests.architecture.permissions.calls import World

A_DAY = 24 * 60 * 60
IN_MEMORY = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@pytest.fixture
def _django_db_helper(django_db_setup, django_db_blocker):
    """Instead of pytest-django's: no transaction around the test, since each call is one of its own."""
    with django_db_blocker.unblock():
        yield


def _navigate_by_heart(patch):
    """The frame of every page asks what the person is: here once for each, which saves a third of the time."""
    asked, known = navigation.standing_of, {}

    def standing_of(user, organisation):
        key = (user.pk, organisation.pk)
        if key not in known:
            known[key] = asked(user, organisation)
        return known[key]

    for module in (navigation, context_processors):
        patch.setattr(module, "standing_of", standing_of)


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    as_here = override_settings(STORAGES=IN_MEMORY, ACCOUNT_RATE_LIMITS=False, ACCOUNT_REAUTHENTICATION_TIMEOUT=A_DAY)
    with django_db_blocker.unblock(), as_here:
        assert connection.settings_dict["NAME"].startswith("test_")
        logging.disable(logging.WARNING)  # a line for each refusal
        with pytest.MonkeyPatch.context() as patch:
            _navigate_by_heart(patch)
            # All of them signed in when the world was made, however long the proof takes.
            patch.setattr(middleware, "TOUCH_EVERY", dt.timedelta(seconds=A_DAY))
            yield World()
        logging.disable(logging.NOTSET)
        call_command("flush", interactive=False, verbosity=0)
