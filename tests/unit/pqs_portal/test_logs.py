"""Log lines are JSON and hold nothing that a person wrote, was sent or is called."""

import json
import logging
import sys

import pytest
from django.test import RequestFactory

from pqs_portal.logs import JsonFormatter

pytestmark = pytest.mark.unit


def line(message, *args, **more):
    info = more.pop("exc_info", None)
    record = logging.LogRecord("portal.test", logging.WARNING, __file__, 1, message, args, info)
    vars(record).update(more)
    return json.loads(JsonFormatter().format(record))


def test_is_one_json_object():
    found = line("account mail not sent: %s", "SMTPException")
    assert set(found) == {"at", "level", "logger", "message"}
    assert (found["level"], found["logger"]) == ("WARNING", "portal.test")
    assert found["message"] == "account mail not sent: SMTPException"


def test_line_ends_cannot_forge_a_second_line():
    record = logging.LogRecord("x", logging.INFO, __file__, 1, "one\ntwo", (), None)
    assert "\n" not in JsonFormatter().format(record)


def test_an_address_is_left_out_since_it_may_be_a_key():
    request = RequestFactory().post("/invitation/secret-token/", {"story": "canary"})
    found = line("Gone: %s", request.path, request=request)
    assert found["message"] == "Gone: %s"
    assert "secret-token" not in json.dumps(found)
    assert "canary" not in json.dumps(found)


def test_an_error_is_told_by_kind_and_place():
    try:
        raise ValueError("Ruth wrote this canary")
    except ValueError:
        found = line("Internal Server Error", exc_info=sys.exc_info())
    assert found["exception"] == "ValueError"
    assert found["where"][-1].endswith("test_an_error_is_told_by_kind_and_place")
    assert "canary" not in json.dumps(found)
