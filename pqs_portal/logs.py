"""Log lines as JSON, without personal text: a message template's words and a request's route, never its body."""

from __future__ import annotations

import json
import logging
from typing import Any


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            # Django fills in the address here, and addresses hold invitations and reset links.
            "message": record.getMessage() if request is None else str(record.msg),
        }
        match = getattr(request, "resolver_match", None)
        if match is not None:
            line["view"] = match.view_name
        if record.exc_info:
            # The exception's own text may quote what somebody typed, so only its type and place are kept.
            kind, _, trace = record.exc_info
            line["exception"] = kind.__name__ if kind else ""
            line["where"] = _place(trace)
        return json.dumps(line)


def _place(trace: Any) -> list[str]:
    """File, line and function of the innermost frames."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-8:]
