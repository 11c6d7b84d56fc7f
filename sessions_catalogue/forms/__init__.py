from sessions_catalogue.forms.address import ResourceAddressForm
from sessions_catalogue.forms.schedule import LayOutForm, ScheduledSessionForm

__all__ = ["LayOutForm", "ResourceAddressForm", "ScheduledSessionForm"]
