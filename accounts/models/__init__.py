from accounts.models.account_mail import AccountMail
from accounts.models.audit_event import AuditEvent
from accounts.models.base import TenantModel
from accounts.models.membership import Membership, Role, RoleGrant
from accounts.models.organisation import Organisation
from accounts.models.said_fine import SaidFine
from accounts.models.user import User
from accounts.models.working_copy import WorkingCopy

__all__ = [
    "AccountMail",
    "AuditEvent",
    "Membership",
    "Organisation",
    "Role",
    "RoleGrant",
    "SaidFine",
    "TenantModel",
    "User",
    "WorkingCopy",
]
