"""Writing a piece: its files one by one, areas suggested for it, the writer's own tags."""

from typing import Any

from tests.architecture.permissions.personas import a, both
from tests.architecture.permissions.posted import upload
from tests.architecture.permissions.rule import Rule, page, thing

UNSAVED = "7c1de0a5-3f52-4a0f-9c0e-5b6d1d0f2a11"


def of(name: str) -> dict[str, Any]:
    return {"pk": f"evidence_{name}"}


ROWS: dict[str, Rule] = {
    # A file of a piece while it is written, and areas for it: of one's own, or of one that is not there yet.
    "portfolio:attachment_new": page(
        "", "supervisor other_supervisor", others=404, url={"pk": UNSAVED}, data=lambda ids: {"attachments": upload()},
        post_status=201,
    ),
    "portfolio:attachment_new private": thing(
        of("private"), "", "supervisor", data=lambda ids: {"attachments": upload()}, post_status=201
    ),
    "portfolio:attachment_new mentored": thing(
        of("mentored"), "", "supervisor", "mentor", data=lambda ids: {"attachments": upload()}, post_status=201
    ),
    "portfolio:attachment_new binned": thing(of("binned"), data=lambda ids: {"attachments": upload()}),
    "portfolio:areas_suggested": page(
        "", "supervisor other_supervisor", others=404, url={"pk": UNSAVED}, data={"body": "Values and ethics"},
        post_status=200, writes_nothing=both("supervisor other_supervisor"),
    ),
    "portfolio:areas_suggested private": thing(
        of("private"), "", "supervisor", data={"body": "Values"}, post_status=200, writes_nothing=a("supervisor")
    ),
    "portfolio:areas_suggested mentored": thing(
        of("mentored"), "", "supervisor", "mentor", data={"body": "Values"}, post_status=200,
        writes_nothing=a("supervisor"),
    ),
    # Another file in the place of one of a piece; one of no piece is put into its form.
    "portfolio:attachment_replace": thing(
        {"pk": "file_mentoredfile"}, "supervisor", "supervisor", "mentor", data=lambda ids: {"file": upload()}
    ),
    "portfolio:attachment_replace private": thing(
        {"pk": "file_privatefile"}, "supervisor", "supervisor", data=lambda ids: {"file": upload()}
    ),
    "portfolio:attachment_replace waiting": thing({"pk": "file_waitingfile"}, data=lambda ids: {"file": upload()}),
    "portfolio:attachment_remove waiting": thing({"pk": "file_waitingfile"}, "supervisor", "supervisor"),
}  # fmt: skip

# Words to find a piece again: nobody else's, whatever is shared.
TEXTS: dict[str, str] = {f"{name}tag": "supervisor" for name in ("private", "mentored", "portfolio", "formerly")}
PUBLIC: dict[str, dict[str, str]] = {}
