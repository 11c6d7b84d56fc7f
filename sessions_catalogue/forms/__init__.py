from sessions_catalogue.forms.address import ResourceAddressForm
from sessions_catalogue.forms.lay_out import LayOutForm
from sessions_catalogue.forms.scheduled_session import ScheduledSessionForm

__all__ = ["LayOutForm", "ResourceAddressForm", "ScheduledSessionForm"]
