from sessions_catalogue.models.material import Resource, ResourceAddress, Tool
from sessions_catalogue.models.programme_session import BlockItem, ProgrammeSession, SessionBlock
from sessions_catalogue.models.schedule import ScheduledSession, SessionPlan

__all__ = [
    "BlockItem",
    "ProgrammeSession",
    "Resource",
    "ResourceAddress",
    "ScheduledSession",
    "SessionBlock",
    "SessionPlan",
    "Tool",
]
