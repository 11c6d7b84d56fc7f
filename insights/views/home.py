"""One home with a section for each role a person holds."""

from __future__ import annotations

from accounts.permissions import Perm
from accounts.views.base import GuardedPage


class Home(GuardedPage):
    permission_required = Perm.SIGNED_IN
    template_name = "insights/home.html"
