from sessions_catalogue.models.attendance import Attendance, Facilitation, Place
from sessions_catalogue.models.calendar import CalendarFeed, CalendarPeriod
from sessions_catalogue.models.material import LinkCheck, Resource, ResourceAddress, Tool
from sessions_catalogue.models.programme_session import BlockItem, ProgrammeSession, SessionBlock
from sessions_catalogue.models.schedule import PlannedSession, ScheduledSession, SessionPlan
from sessions_catalogue.models.voices import Moment, PulseTally, PulseTurn, Suggestion
from sessions_catalogue.models.workspace import Worksheet, WorksheetTemplate, WorkspaceEntry

__all__ = [
    "Attendance",
    "BlockItem",
    "CalendarFeed",
    "CalendarPeriod",
    "Facilitation",
    "LinkCheck",
    "Moment",
    "Place",
    "PlannedSession",
    "ProgrammeSession",
    "PulseTally",
    "PulseTurn",
    "Resource",
    "ResourceAddress",
    "ScheduledSession",
    "SessionBlock",
    "SessionPlan",
    "Suggestion",
    "Tool",
    "Worksheet",
    "WorksheetTemplate",
    "WorkspaceEntry",
]
