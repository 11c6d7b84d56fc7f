from pathway.models.cohort import Cohort
from pathway.models.enrolment import Enrolment
from pathway.models.milestone_record import MilestoneCompletion, MilestoneDate
from pathway.models.programme import Milestone, Programme
from pathway.models.relations import LineManagement, Mentoring, PanelMember
from pathway.models.standard import Area, Standard, Statement

__all__ = [
    "Area",
    "Cohort",
    "Enrolment",
    "LineManagement",
    "Mentoring",
    "Milestone",
    "MilestoneCompletion",
    "MilestoneDate",
    "PanelMember",
    "Programme",
    "Standard",
    "Statement",
]
