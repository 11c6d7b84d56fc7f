"""What the pages at the end of a session and after it have in common: one's own year, and the session."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property

from accounts.views.base import GuardedForm
from pathway.models import Area, Enrolment
from portfolio import queries
from portfolio.permissions import Perm
from portfolio.queries.later import session_url
from portfolio.views.whose_year import own_year
from sessions_catalogue.models import ProgrammeSession


class OwnSession(GuardedForm):
    """A form about one session of one's own year. ``page`` is the name of its address.

    A supplied session is addressed by its number, an organisation's own (``own_`` before the name) by its id.
    """

    permission_required = Perm.WRITE_EVIDENCE
    page = ""
    session: ProgrammeSession

    def load(self) -> Enrolment:
        enrolment = own_year(self)
        sessions = ProgrammeSession.objects.select_related("area")
        if "number" in self.kwargs:
            self.session = self.visible(sessions.supplied(), number=self.kwargs["number"])
        else:
            self.session = self.visible(sessions, pk=self.kwargs["pk"], organisation=enrolment.organisation_id)
        return enrolment

    @property
    def enrolment(self) -> Enrolment:
        found: Enrolment = self.target
        return found

    @cached_property
    def areas(self) -> list[Area]:
        return queries.areas_of(self.enrolment)

    def url_of(self, page: str) -> str:
        """The address of a page about this session."""
        return session_url(page, self.session)

    def get_success_url(self) -> str:
        return self.url_of(self.page)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(
            session=self.session,
            session_url=self.session.get_absolute_url(),
            session_name=f"Session {self.session.number}",
            last_fifteen_url=self.url_of("last_fifteen"),
            evidence_url=evidence_url(self.session),
            **kwargs,
        )
        return context


def evidence_url(session: ProgrammeSession) -> str:
    """Where a new piece from the session is written."""
    named = session.pk if session.organisation_id else session.number
    return f"{reverse('portfolio:evidence_new')}?session={named}"
