"""Rows and texts of the world: records for a regulator, and somebody who is asked to talk."""

from django.utils import timezone

from accounts.models import Membership
from portfolio.models import CpdRecord, Evidence, PeerInvitation
from tests.architecture.permissions.rows.later import source_id


def build(side):
    now, mine = timezone.now(), {"enrolment": side.rows["enrolment"]}
    Membership.objects.filter(user=side.people["supervisor"]).update(registration_body="swe")
    piece = side.own(
        Evidence, pk=source_id(side.mark, "cpdpiece"), **mine, title=side.canary("cpdpiece"),
        body=side.canary("cpdpiece"), version=1,
    )  # fmt: skip
    record = side.own(
        CpdRecord,
        **mine,
        title=side.canary("cpdtitle"),
        made_from="evidence",
        made_from_id=piece.pk,
        activity="reading",
        what_and_why=side.canary("cpdwhat"),
        learnt=side.canary("cpdlearnt"),
        impact=side.canary("cpdimpact"),
        with_peer=True,
        peer_learnt=side.canary("cpdpeer"),
    )
    away = side.own(CpdRecord, **mine, title=side.canary("cpdaway"), discarded_at=now)
    asked = {"record": record, "peer": side.people["facilitator"]}
    side.rows |= {
        "cpd_record": record,
        "cpd_away": away,
        "peer_invitation": side.own(PeerInvitation, **asked),
        "peer_withdrawn": side.own(PeerInvitation, **asked, withdrawn_at=now),
    }
