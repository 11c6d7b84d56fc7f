"""The run-sheet: a printable sheet, and one block at a time for the big screen."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.views.generic import TemplateView

from sessions_catalogue.run_sheet import run_sheet, timed
from sessions_catalogue.views.delivery import GuestsDelivery, MembersDelivery

LATEST = 240


class ShowsRunSheet:
    """``?block=2`` is the second block large; ``?late=10`` moves the clock where the meeting began later."""

    def get_template_names(self) -> list[str]:
        page = "run_sheet_block" if "block" in self.view.request.GET else "run_sheet"
        return [f"sessions_catalogue/{page}.html"]

    @property
    def view(self) -> Any:
        return self

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.view.request.GET
        late = _whole(asked.get("late")) or 0
        late = late if late <= LATEST else 0
        blocks = run_sheet(self.view.scheduled, late)
        context = {**super().get_context_data(**kwargs), **self.view.about(), "blocks": blocks, "late": late}  # type: ignore[misc]  # a page's
        if "block" in asked:
            numbered = {block.number: block for block in timed(blocks)}
            number = _whole(asked["block"]) or 0
            if number not in numbered:
                raise Http404
            context |= {
                "line": numbered[number],
                "previous": numbered.get(number - 1),
                "next": numbered.get(number + 1),
                "last": len(numbered),
            }
        return context


def _whole(typed: str | None) -> int | None:
    """A whole number that somebody may have typed into the address; None if it is none."""
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) <= 4 else None


class RunSheet(ShowsRunSheet, MembersDelivery, TemplateView):  # type: ignore[misc]  # the middleware adds to the request
    http_method_names = ["get", "head", "options"]


class GuestRunSheet(ShowsRunSheet, GuestsDelivery, TemplateView):
    http_method_names = ["get", "head", "options"]
