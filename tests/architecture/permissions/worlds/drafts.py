"""Rows and texts of the world: what the supervisor is typing, of a piece that others read and of a new one."""

import uuid

from accounts.models import WorkingCopy


def build(side):
    mine = {"author": side.people["supervisor"], "form": "evidence", "revision": 1}
    side.rows["working_copy"] = side.own(
        WorkingCopy,
        **mine,
        target_id=side.rows["evidence_portfolio"].pk,
        based_on=3,
        payload={"title": [side.canary("drafttitle")], "body": [side.canary("draftbody")], "version": ["3"]},
    )
    side.own(
        WorkingCopy,
        **mine,
        target_id=uuid.uuid5(uuid.NAMESPACE_OID, f"{side.mark} begun"),
        payload={"title": [side.canary("begun")]},
    )
